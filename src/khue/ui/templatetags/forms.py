"""Dressing of form fields: class, description and validity for screen readers."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_choice(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def dressed(field: BoundField) -> SafeString:
    attributes: dict[str, str | bool] = {} if is_choice(field) else {"class": "input"}
    if field.errors or field.help_text:
        attributes["aria-describedby"] = f"{field.auto_id}_notes"
    if field.errors:
        attributes["aria-invalid"] = "true"
    return SafeString(field.as_widget(attrs=attributes))
