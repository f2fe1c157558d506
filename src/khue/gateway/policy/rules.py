"""The rules in content/policies and what follows from them. Pure: dates and tightenings are given."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import yaml
from django.conf import settings
from django.utils.translation import get_language

from khue.gateway.classes import DataClass
from khue.gateway.zones import Zone

LANGUAGES = ("vi", "en", "fr")
NAME = "viet-nam"
Texts = Mapping[str, str]


class Ruling(StrEnum):
    """In the order of strictness."""

    ALLOW = "allow"
    PSEUDONYMISE = "pseudonymise"
    DENY = "deny"

    @property
    def strictness(self) -> int:
        return list(Ruling).index(self)


class PolicyUnusable(ValueError):
    """A policy file that cannot be used; says which rule and why."""


@dataclass(frozen=True)
class Rule:
    """`kind` "organisation" is a tightening; `source` "secondary": known through summaries only."""

    id: str
    kind: Literal["law", "house", "organisation"]
    classes: frozenset[DataClass]
    zones: frozenset[Zone]
    decision: Ruling
    effective: date
    until: date | None = None
    source: Literal["primary", "secondary", ""] = ""
    titles: Texts = field(default_factory=dict)
    reasons: Texts = field(default_factory=dict)
    remedies: Texts = field(default_factory=dict)
    citations: Texts = field(default_factory=dict)
    organisation_id: UUID | None = None

    def covers(self, data_class: DataClass, zone: Zone, on: date) -> bool:
        in_force = self.effective <= on and (self.until is None or on < self.until)
        return in_force and data_class in self.classes and zone in self.zones


@dataclass(frozen=True)
class Decision:
    """What is done with a text of one class in one zone, and by which rule. Texts come in the active language."""

    decision: Ruling
    by: Rule
    version: str

    @property
    def rule(self) -> str:
        return self.by.id

    @property
    def title(self) -> str:
        return _spoken(self.by.titles)

    @property
    def reason(self) -> str:
        return _spoken(self.by.reasons)

    @property
    def what_to_do(self) -> str:
        return _spoken(self.by.remedies)

    @property
    def citation(self) -> str:
        return _spoken(self.by.citations)


@dataclass(frozen=True)
class Policy:
    """The whole matrix of one day, as an organisation sees it."""

    version: str
    titles: Texts
    on: date
    cells: Mapping[tuple[DataClass, Zone], Decision]

    @property
    def title(self) -> str:
        return _spoken(self.titles)


@dataclass(frozen=True)
class Book:
    """One policy file."""

    version: str
    titles: Texts
    rules: tuple[Rule, ...]

    def decide(self, data_class: DataClass, zone: Zone, on: date, tightenings: Iterable[Rule] = ()) -> Decision:
        """The strictest rule in force; the general one where an organisation says the same."""
        found = [rule for rule in (*self.rules, *tightenings) if rule.covers(data_class, zone, on)]
        strictest = max(found or [NO_RULE], key=lambda rule: rule.decision.strictness)
        return Decision(strictest.decision, strictest, self.version)

    def policy(self, on: date, tightenings: Iterable[Rule] = ()) -> Policy:
        rules = tuple(tightenings)
        cells = {(c, zone): self.decide(c, zone, on, rules) for c in DataClass for zone in Zone}
        return Policy(self.version, self.titles, on, cells)


NO_RULE = Rule(
    id="no-rule",
    kind="house",
    classes=frozenset(),
    zones=frozenset(),
    decision=Ruling.DENY,
    effective=date.min,
    titles={
        "vi": "Không có quy tắc nào cho phép",
        "en": "No rule allows it",
        "fr": "Aucune règle ne le permet",
    },
    reasons={
        "vi": "Vào ngày này không có quy tắc nào cho phép gửi dữ liệu loại này tới đó.",
        "en": "On this day no rule allows data of this class to go there.",
        "fr": "À cette date, aucune règle ne permet d’y envoyer des données de cette classe.",
    },
    remedies={
        "vi": "Hãy hỏi cán bộ phụ trách dữ liệu của cơ quan.",
        "en": "Ask your institution’s data steward.",
        "fr": "Adressez-vous au responsable des données de votre institution.",
    },
)


def book() -> Book:
    return read(Path(settings.CONTENT) / "policies" / f"{NAME}.yaml")


@cache
def read(path: Path) -> Book:
    """The version ends in a digest of the file: what is on record names the very words that were in force."""
    raw = path.read_bytes()
    content = yaml.safe_load(raw)
    rules = tuple(_rule(row) for row in content["rules"])
    if len({rule.id for rule in rules}) < len(rules):
        raise PolicyUnusable(f"{path.name}: two rules have one id")
    version = f"{content['version']}+{hashlib.sha256(raw).hexdigest()[:12]}"
    return Book(version, _texts(content, "title", path.name), rules)


def _rule(row: dict[str, Any]) -> Rule:
    name = row.get("id", "a rule without id")
    try:
        rule = Rule(
            id=row["id"],
            kind=row["kind"],
            classes=frozenset(DataClass[word.upper()] for word in row["classes"]),
            zones=frozenset(Zone(word) for word in row["zones"]),
            decision=Ruling(row["decision"]),
            effective=row["effective"],
            until=row.get("until"),
            source=row.get("source", ""),
            titles=_texts(row, "title", name),
            reasons=_texts(row, "reason", name),
            remedies=_texts(row, "what_to_do", name),
            citations=_texts(row, "citation", name) if row["kind"] == "law" else {},
        )
    except (KeyError, ValueError) as error:
        raise PolicyUnusable(f"{name}: {error}") from error
    if DataClass.SECRET in rule.classes and rule.decision != Ruling.DENY:
        raise PolicyUnusable(f"{name}: state secrets go nowhere")
    if rule.kind == "law" and rule.source not in {"primary", "secondary"}:
        raise PolicyUnusable(f"{name}: a law says whether it was read itself (primary) or in a summary (secondary)")
    return rule


def _texts(row: dict[str, Any], field_name: str, name: str) -> Texts:
    texts: Texts = row[field_name]
    if missing := set(LANGUAGES) - set(texts):
        raise PolicyUnusable(f"{name}: {field_name} lacks {', '.join(sorted(missing))}")
    return texts


def _spoken(texts: Texts) -> str:
    return texts.get((get_language() or "vi")[:2]) or texts.get("vi", "")
