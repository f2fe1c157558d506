"""What a visitor takes along, and the line for other web sites."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.domains.assistants.models import Visit
from khue.ui.formats import moment

WIDGET = Path(__file__).resolve().parent.parent / "static" / "assistants" / "widget.js"


def transcript(visit: Visit) -> str:
    """Markdown: questions, cards, answers with their sources, answers of people."""
    shape = visit.version.shape
    parts = [f"# {shape.name.said(visit.language)}", moment(visit.created_at), shape.notice.said(visit.language)]
    for message in visit.messages.select_related("hand_over"):
        parts.append(f"## {message.question}")
        if message.card:
            parts.append(f"**{message.card['code']} {message.card['name']}** ({message.card['shown_date']})")
            parts += [f"- {row['label']}: {row['text']}" for row in message.card["rows"]]
        if sentences := message.answer.get("sentences"):
            parts.append(" ".join(one["text"] for one in sentences))
            titles = dict.fromkeys(cited["title"] for one in sentences for cited in one["citations"])
            parts.append(_("Sources: %(titles)s") % {"titles": "; ".join(titles)})
        elif not message.card:
            parts.append(message.answer.get("answer", ""))
        parts += [f"- {choice['code']} {choice['name']}" for choice in message.choices]
        reply = getattr(message, "hand_over", None)
        if reply and reply.reply:
            parts.append(_("Answer of the office: %(text)s") % {"text": reply.reply})
    return "\n\n".join(part for part in parts if part) + "\n"


@cache
def _script() -> str:
    return WIDGET.read_text()


def widget(facts: Mapping[str, Any]) -> str:
    """The script with its facts; `facts` are data of ours, written as JSON that cannot end the script."""
    said = {**facts, "open": _("Ask the assistant"), "close": _("Close"), "language": get_language()}
    text = json.dumps(said, ensure_ascii=True).replace("<", "\\u003c")
    return f"const KHUE = {text};\n{_script()}"
