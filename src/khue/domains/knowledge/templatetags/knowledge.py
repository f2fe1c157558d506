"""How the stored parts of an answer are shown: where a quotation stands, and what card goes with it."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khue.domains.knowledge.answering import links

register = template.Library()


def _fields(item: Any) -> Mapping[str, Any]:
    return asdict(item) if is_dataclass(item) and not isinstance(item, type) else item


@register.filter
def place(item: Any) -> str:
    """The address of the document at the quoted words; `item` has document, start and end."""
    fields = _fields(item)
    address = reverse("knowledge:document", args=[fields["document"]])
    return f"{address}?start={fields['start']}&end={fields['end']}#quote"


@register.filter
def source(item: Any) -> str:
    """Heading and page: "Chương II › Điều 5 · page 3"; the title is not said twice."""
    fields = _fields(item)
    heading = str(fields.get("heading", "")).removeprefix(str(fields.get("title", ""))).removeprefix(" › ")
    page = _("page %(page)s") % {"page": fields["page"]} if fields.get("page") else ""
    return " · ".join(part for part in (heading, page) if part)


@register.filter
def linked(sentence: Any) -> SafeString:
    """The words of an answer. An address can be followed only where it stands in the cited passages."""
    fields = _fields(sentence)
    pieces = links.split(fields["text"], fields["citations"] if fields["supported"] else ())
    return format_html_join("", "{}", ((_followed(piece) if is_address else piece,) for piece, is_address in pieces))


def _followed(address: str) -> SafeString:
    return format_html('<a class="outside" href="{}" rel="noopener noreferrer nofollow">{}</a>', address, address)


@register.filter
def quoted(segment: Any, span: tuple[int | None, int | None]) -> SafeString:
    """The segment's text with the part between the two code points marked."""
    start, end = span
    if start is None or end is None:
        return conditional_escape(segment.text)
    first, last = max(0, start - segment.start), min(len(segment.text), end - segment.start)
    if first >= last:
        return conditional_escape(segment.text)
    anchor = mark_safe(' id="quote"') if start >= segment.start else ""  # noqa: S308 -- a constant
    text = segment.text
    return format_html("{}<mark{}>{}</mark>{}", text[:first], anchor, text[first:last], text[last:])
