"""Markdown: unsupported sentences say so in words, sources are listed under each answer."""

import re

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.domains.knowledge.exporting import classes
from khue.domains.knowledge.exporting.transcript import Answer, Citation, Sentence, Transcript

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
_SPACE = re.compile(r"\s+")
# what programs make a link of by themselves: the colon of an address, the point after www, the sign of a mailbox
_SELF_MADE_LINK = re.compile(r"(?i):(?=//)|(?<=www)\.|@")


def markdown(transcript: Transcript) -> str:
    head = f"---\ndata-class: {classes.mark(transcript.data_class)}\n---"
    stamp = f"**{classes.stamp(transcript.data_class)}**"
    parts = [head, f"# {_escaped(transcript.title)}", f"{stamp}. {classes.rule(transcript.data_class)}"]
    parts += [*(_answer(answer) for answer in transcript.answers), f"---\n\n{stamp}"]
    return "\n\n".join(parts) + "\n"


def _answer(answer: Answer) -> str:
    lines = [f"## {_escaped(answer.question)}", f"*{date_format(localtime(answer.asked_at), 'SHORT_DATETIME_FORMAT')}*"]
    lines.append(" ".join(_sentence(s) for s in answer.sentences) or _escaped(answer.note))
    if answer.citations:
        lines.append("\n".join([_("Sources:"), "", *(_citation(c) for c in answer.citations)]))
    if answer.model:
        lines.append(f"*{_('Model: %(name)s') % {'name': answer.model}}*")
    return "\n\n".join(lines)


def _sentence(sentence: Sentence) -> str:
    marks = "".join(f"[{number}]" for number in sentence.numbers)
    warning = "" if sentence.supported else f" **({_('not backed by a source')})**"
    text = "".join(f"<{piece}>" if is_address else _escaped(piece, trim=False) for piece, is_address in sentence.pieces)
    return f"{text.strip()}{marks}{warning}"


def _citation(citation: Citation) -> str:
    page = ", " + _("page %(page)s") % {"page": citation.page} if citation.page else ""
    return f"- [{citation.number}] {_escaped(citation.title)}{page}: “{_escaped(citation.quote)}”"


def _escaped(text: str, *, trim: bool = True) -> str:
    """Text that stays text: no heading, picture or link can be made by what a document or a model wrote."""
    line = " ".join(text.split()) if trim else _SPACE.sub(" ", text)
    return _SELF_MADE_LINK.sub(lambda match: f"\\{match.group()}", _SPECIAL.sub(r"\\\1", line))
