"""Icons and the components that hold other content; leaf components are includes in ui/components/."""

from functools import cache
from pathlib import Path

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
ICONS = Path(__file__).resolve().parent.parent / "static" / "ui" / "vendor" / "lucide"


class UnknownIcon(template.TemplateSyntaxError):
    def __init__(self, name: str) -> None:
        super().__init__(f"No icon {name!r} among the vendored ones; add it from lucide-static with its digest.")


@cache
def _drawing(name: str) -> str:
    """What stands inside the <svg> of the vendored file."""
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        raise UnknownIcon(name)
    svg = path.read_text()
    return " ".join(svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")].split())


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """{% icon "search" %} beside words; {% icon "search" label=_("Search") %} alone."""
    says = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')  # noqa: S308
    return format_html(
        '<svg class="icon" {} focusable="false" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{}</svg>',
        says,
        mark_safe(_drawing(name)),  # noqa: S308 -- a vendored file under digest
    )


@register.simple_tag
def mark() -> SafeString:
    return mark_safe(render_to_string("ui/_mark.svg"))  # noqa: S308 -- our own drawing


@register.simple_block_tag
def card(content: str, title: str = "", extra: str = "", id: str = "") -> SafeString:
    """{% card title=_("Files") %} … {% endcard %}"""
    return SafeString(
        render_to_string("ui/components/_card.html", {"content": content, "title": title, "class": extra, "id": id})
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """{% dialog id="delete" title=_("Delete?") %} … {% enddialog %}, opened by any button with data-opens="delete"."""
    return SafeString(render_to_string("ui/components/_dialog.html", {"content": content, "id": id, "title": title}))


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", role: str = "") -> SafeString:
    """{% alert kind="failed" title=_("Not read") %} … {% endalert %}; kinds: info, done, waiting, failed."""
    context = {"content": content, "kind": kind, "title": title, "role": role}
    return SafeString(render_to_string("ui/components/_alert.html", context))


@register.simple_block_tag
def menu(content: str, label: str, icon: str = "ellipsis", extra: str = "", show_label: bool = False) -> SafeString:
    """{% menu label=_("More") %}<li>…</li>{% endmenu %}; items carry class menu-item."""
    context = {"content": content, "label": label, "icon": icon, "class": extra, "show_label": show_label}
    return SafeString(render_to_string("ui/components/_menu.html", context))


class RegionNode(template.Node):
    """A part of the frame around a block, left out when the page puts nothing in that block."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: FilterExpression) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: template.Context) -> SafeString:
        content = self.nodelist.render(context)
        if not content.strip():
            return SafeString("")
        with context.push(region=content):
            frame = context.template.engine.get_template(self.name.resolve(context))  # type: ignore[union-attr]
            return SafeString(frame.render(context))


@register.tag
def region(parser: Parser, token: Token) -> RegionNode:
    """{% region "ui/_aside.html" %}{% block aside %}{% endblock %}{% endregion %}"""
    _name, path = token.split_contents()
    nodelist = parser.parse(("endregion",))
    parser.delete_first_token()
    return RegionNode(nodelist, parser.compile_filter(path))
