"""The text of one draft, part by part: cells and sentences of the brief by ordinary code, the model for what is no
sentence yet."""

from collections.abc import Sequence
from typing import Any

from khue.domains.drafting.actions import filling, phrasing
from khue.domains.drafting.actions.phrasing import Pen, Said
from khue.domains.drafting.nd30 import wording
from khue.domains.drafting.planning import incoming, inviting, parts, stating, support
from khue.domains.drafting.planning.ideas import Brief
from khue.domains.drafting.planning.incoming import Incoming
from khue.domains.drafting.planning.parts import Part
from khue.domains.drafting.planning.stating import polished
from khue.domains.drafting.queries import citing
from khue.domains.drafting.rules import short_citations
from khue.domains.knowledge import api as knowledge

LONGEST_POSITION = 3


class Writer:
    """The text of one draft, part by part."""

    def __init__(self, pen: Pen, brief: Brief, sources: Sequence[dict[str, Any]], language: str) -> None:
        self.pen, self.brief, self.sources, self.language = pen, brief, sources, language
        draft = pen.draft
        self.kind, self.filled = draft.kind, dict(draft.content)
        self.incoming = incoming.read(draft.incoming) if draft.incoming else None
        self.parts = parts.outline(self.kind.key, language, reply=self.incoming is not None)
        self.said: dict[int, Said] = {}
        self.is_foreign = _is_foreign(draft.brief, language)
        self.requests = self._requests()
        self._cells()

    @property
    def has_begun(self) -> bool:
        return bool(self.said) or bool(self.filled.get("particulars"))

    def _requests(self) -> dict[int, str]:
        """What the letter asks for, by the number of its idea."""
        if self.is_foreign or not any(part.request for part in self.parts):
            return {}
        found: dict[int, str] = {}
        for number, idea in enumerate(self.brief.ideas):
            if asked := stating.asked_for(idea, self.language, asking=bool(found)):
                found[number] = asked
        return found

    def _cells(self) -> None:
        """To whom, what it is about, legal bases, who decides: said by the brief, so nobody needs a model for it."""
        fields, signature = self.kind.fields, self.filled.get("signature") or {}
        to = list(self.brief.to) or ([self.incoming.sender] if self.incoming and self.incoming.sender else [])
        if "to" in fields and not self.filled.get("to"):
            self.filled["to"] = to
        if "subject" in fields and not self.filled.get("subject"):
            self.filled["subject"] = self._subject()
        if "bases" in fields and not self.filled.get("bases"):
            self.filled["bases"] = [one.rstrip(" .;") for one in self.brief.ideas if _is_basis(one)]
        if "authority" in fields and not self.filled.get("authority") and not signature.get("authority"):
            self.filled["authority"] = _authority(signature.get("position", ""), self.filled.get("agency", ""))

    def _subject(self) -> str:
        if self.incoming and self.incoming.about:
            return _reply_to(self.incoming, self.language)
        told = [one for number, one in enumerate(self.brief.ideas) if number not in self.bases]
        if not told or self.is_foreign:
            return ""
        if event := inviting.particulars(told).get("event", "") if self.kind.key == "giay-moi" else "":
            return event
        asked = next(iter(self.requests), None)
        return stating.subject(told[0] if asked is None else self.brief.ideas[asked], self.language)

    @property
    def bases(self) -> set[int]:
        held = "bases" in self.kind.fields
        return {number for number, one in enumerate(self.brief.ideas) if held and _is_basis(one)}

    @property
    def _todo(self) -> list[int]:
        """Ideas that become sentences; not what the title says whole."""
        if self.kind.particulars and self.kind.form == "sheet":
            return []
        told = [number for number in range(len(self.brief.ideas)) if number not in self.bases]
        said = str(self.filled.get("subject", ""))
        is_title = self.brief.titled and len(told) > 1 and self.kind.key != "to-trinh" and not self.is_foreign
        return told[1:] if is_title and support.is_same(said, self.brief.ideas[told[0]], self.language) else told

    def work(self) -> None:
        """The brief's own sentences first; the model then words what is not one yet. Raises Stopped, gateway errors."""
        todo, own = self._todo, self._own_words()
        self.said = {number: own[number][0] for number in todo}
        open_ = [number for number in todo if not own[number][1]]
        self.pen.told = [self.said[number].text for number in todo]
        self.pen.of = len(open_) + bool(self.kind.particulars)
        self.pen.show(at_once=True)
        if self.kind.particulars:
            notes = self.brief.ideas
            self.filled["particulars"] = filling.particulars(self.pen, self.filled, self.kind, notes, self.language)
            self.pen.done += 1
        for number in open_:
            self.said[number] = self._one(self.brief.ideas[number])
            self.pen.told = [self.said[one].text for one in todo]
            self.pen.done += 1
            self.pen.show(at_once=True)
        if not self.filled.get("subject") and "subject" in self.kind.fields and self.is_foreign:
            told = [one.text for one in self.said.values() if one.kind != "gap"]
            self.filled["subject"] = phrasing.subject(self.pen, told, self.language) if told else ""

    def _own_words(self) -> dict[int, tuple[Said, bool]]:
        """Each idea without a model, and whether that is all there is to say."""
        found: dict[int, tuple[Said, bool]] = {}
        for number, idea in enumerate(self.brief.ideas):
            if self.is_foreign:
                found[number] = phrasing.untranslated(idea, self.language), False
            elif phrasing.LOOKS_UP.match(idea):
                found[number] = phrasing.missing(idea, self.language), False
            else:
                own = stating.stated(idea, self.language, asking=number in self.requests)
                whole = own.whole or self._has_form(number)
                found[number] = Said(own.text, said=idea), whole or len(idea) > phrasing.LONGEST_IDEA
        return found

    def _has_form(self, number: int) -> bool:
        """The part that it stands in says it in its own way."""
        idea = self.brief.ideas[number]
        return any(
            number in numbers and parts.said(part, idea) != idea and part.says
            for part, numbers in zip(self.parts, parts.placed(self.brief, self.parts, self.requests), strict=True)
        )

    def _one(self, idea: str) -> Said:
        if phrasing.LOOKS_UP.match(idea):
            return phrasing.looked_up(self.pen, idea, self.sources, self.language)
        names = [*(self.filled.get("to") or []), str(self.filled.get("agency", ""))]
        held = [*self.brief.ideas, *names, self.pen.draft.incoming]
        return phrasing.sentence(self.pen, idea, held, self.language, names=names, translate=self.is_foreign)

    # What stands in the end -----------------------------------------------------------------------

    def content(self) -> dict[str, Any]:
        self.filled.setdefault("subject", "")
        blocks = [block for part, numbers in self._placed() for block in self._part(part, numbers)]
        texts = short_citations([block["text"] for block in blocks])
        for block, text in zip(blocks, texts, strict=True):
            block["text"] = text
        if self.kind.form == "sheet":
            return self.filled
        return self.filled | {"body": blocks}

    def marks(self) -> list[dict[str, Any]]:
        return [one.as_mark() for _number, one in sorted(self.said.items()) if one.kind != "gap"]

    def _placed(self) -> list[tuple[Part, list[int]]]:
        found = parts.placed(self.brief, self.parts, self.requests)
        return [
            (part, [number for number in numbers if number in self.said])
            for part, numbers in zip(self.parts, found, strict=True)
        ]

    def _part(self, part: Part, numbers: Sequence[int]) -> list[dict[str, Any]]:
        if part.request:
            return self._asked(part, numbers)
        told = [self._cited(parts.said(part, self.said[number].text)) for number in numbers]
        if not told and part.alone:
            told = [] if self.requests else [wording.gap(part.gap, self.language)]
        if not told and (part.optional or part.alone):
            return []
        if not told and part.gap and not self._is_answering(part):
            told = [wording.gap(part.gap, self.language)]
        if part.article:
            return [_block("article", text) for text in (told or [self._form(part.close)])]
        if part.clause:
            return [
                _block("clause", f"{part.lead} {text}".strip() if at == 0 else text) for at, text in enumerate(told)
            ]
        numbered = "roman" if self.kind.key in {"bao-cao", "ke-hoach"} else "clause"
        head = [_block(numbered, "") | {"title": part.title}] if part.title else []
        first = "" if part.alone and self.requests else part.open
        lines = [first, *told, *(self._unanswered() if self._is_answering(part) else []), part.close]
        return [*head, *(_block("text", self._form(line)) for line in lines if line)]

    def _asked(self, part: Part, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """One request in a sentence, several as numbered clauses."""
        asked = [self.requests[number] for number in numbers]
        if len(asked) < 2:
            return [_block("text", polished(f"{self._form(part.one)} {self._cited(one)}")) for one in asked]
        return [_block("text", self._form(part.many)), *(_block("clause", self._cited(polished(one))) for one in asked)]

    def _is_answering(self, part: Part) -> bool:
        return part.main and self.incoming is not None

    def _unanswered(self) -> list[str]:
        """What was asked and nothing is said to: a gap each."""
        if self.incoming is None:
            return []
        open_ = [one for one in self.incoming.asked if not incoming.is_answered(one, self.brief.ideas, self.language)]
        words = {"vi": "trả lời", "en": "answer to", "fr": "réponse à"}[self.language]
        return [wording.gap(f"{words} “{phrasing.bare(one)[:140]}”", self.language) for one in open_]

    def _form(self, text: str) -> str:
        """Words of the form with what they name."""
        gap = wording.gap
        agency, subject, addressee = _NAMES[self.language]
        to = ", ".join(self.filled.get("to") or []) or gap(addressee, self.language)
        known = {
            "{agency}": self.filled.get("agency") or gap(agency, self.language),
            "{to}": to,
            "{subject}": _about(self.filled.get("subject") or gap(subject, self.language)),
            "{incoming}": self.incoming.cited(self.language, wording.words(self.language)) if self.incoming else "",
        }
        for name, value in known.items():
            text = text.replace(name, value)
        return text

    def _cited(self, text: str) -> str:
        return citing.in_full(text, by=self.pen.by) if self.language == "vi" else text


_NAMES = {
    "vi": ("cơ quan ban hành", "nội dung", "nơi nhận"),
    "en": ("agency", "subject", "addressee"),
    "fr": ("organisme", "objet", "destinataire"),
}


def _block(kind: str, text: str) -> dict[str, Any]:
    return {"kind": kind, "title": "", "text": text, "rows": []}


def _about(subject: str) -> str:
    return subject.removeprefix("về việc ").removeprefix("Về việc ").removeprefix("về ")


def _is_basis(idea: str) -> bool:
    return idea.lower().startswith("căn cứ ")


def _authority(position: str, agency: str) -> str:
    """Who decides, where one person heads the agency (form 1.2): "Giám đốc Sở Nội vụ"; no deputy does."""
    heads = bool(position) and len(position.split()) <= LONGEST_POSITION and not position.lower().startswith("phó")
    return f"{position} {agency}" if heads and agency else ""


def _is_foreign(text: str, language: str) -> bool:
    return bool(text.strip()) and knowledge.detect_language(text) != language


def _reply_to(given: Incoming, language: str) -> str:
    start = {"vi": "trả lời về việc ", "en": "Reply: ", "fr": "Réponse : "}[language]
    return start + _about(given.about)
