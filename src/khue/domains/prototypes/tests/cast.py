"""A tool for tests that only need one: Bình's, with a version, by a link."""

from typing import Any

from khue.domains.prototypes.actions import tools
from khue.domains.prototypes.models import Feedback, Review, Tool, Turn, Version
from khue.domains.prototypes.patterns import catalogue

LINK = "abcdefghijklmnopqrstuvwx"


def stored_tool(people: Any) -> Tool:
    facts = {"organisation": people.academy, "title": "Công cụ thử", "language": "vi"}
    tool, is_new = Tool.objects.get_or_create(owner=people.binh, idea="Tính phí bản sao", defaults=facts)
    if is_new:
        one = catalogue()[0]
        source = {"pattern": one.key, "parameters": dict(one.example["vi"])}
        tools.keep(tool=tool, source=source, reason="thử", by_id=people.binh.pk)
    return Tool.objects.select_related("head").get(pk=tool.pk)


def tool_version(people: Any) -> Version:
    head = stored_tool(people).head
    assert head
    return head


def stored_turn(people: Any) -> Turn:
    tool = stored_tool(people)
    facts = {"asked": "Đổi tên", "kind": "change", "state": "done", "said": "Đã đổi.", "version": tool.head}
    return Turn.objects.get_or_create(tool=tool, by=people.binh, defaults=facts)[0]


def stored_review(people: Any) -> Review:
    return Review.objects.get_or_create(version=tool_version(people), defaults={"asked_by": people.binh})[0]


def stored_feedback(people: Any) -> Feedback:
    return Feedback.objects.get_or_create(tool=stored_tool(people), defaults={"rating": 1, "words": "Tốt"})[0]


def linked_tool(people: Any) -> Tool:
    tool = stored_tool(people)
    tool.link = LINK
    tool.save(update_fields=["link"])
    return tool
