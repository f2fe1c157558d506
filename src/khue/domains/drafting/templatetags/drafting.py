"""Findings in words."""

from django import template

from khue.domains.drafting import words

register = template.Library()
register.filter("rule_name", words.rule)
register.filter("finding_value", words.value)
register.filter("cell_name", words.cell)


@register.filter
def severity_name(name: str) -> str:
    return str(words.SEVERITIES.get(name, name))
