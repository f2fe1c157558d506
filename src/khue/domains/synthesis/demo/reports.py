"""34 provinces, each with a report of so many pages: figures in tables and in words, contradictions, gaps."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from khue.domains.synthesis.demo import files
from khue.domains.synthesis.figures.places import provinces

Wording = Literal["tune", "report"]
NOW, THEN = "2026-H1", "2025-H1"
PAGE = 2450
SECTIONS = 8
# indicators that stand in the table; the others only in words
IN_TABLE = ("received", "online", "on_time", "share", "services", "accounts", "given", "spent", "days")
IN_WORDS = ("received", "share", "services", "teams", "trained", "spent", "posts")
GIVEN_IN = (("tỷ đồng", 1e9), ("triệu đồng", 1e6))


@dataclass(frozen=True)
class Planted:
    """`where`: "table", "text" or both; the value in base units (đồng)."""

    place: str
    indicator: str
    period: str
    unit: str
    value: float
    where: str


@dataclass
class Made:
    """One report and what was planted in it. `contradictions`: (indicator, period, between); `silent`: points."""

    place: str
    name: str
    octets: bytes
    figures: list[Planted] = field(default_factory=list)
    contradictions: list[tuple[str, str, str]] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)


@lru_cache(maxsize=1)
def wordings() -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wording.yaml").read_text(encoding="utf-8"))
    return held


def outline() -> str:
    return "\n".join(f"{at}. {title}" for at, title in enumerate(wordings()["outline"], 1))


def made(wording: Wording, *, seed: int = 5, pages: int = 10, count: int = 34, last: int = 6) -> Iterator[Made]:
    """One report a province; `last` of them also of a year before, short, one figure of each another than the report
    of this year says."""
    names = sorted(provinces().values())[:count]
    for at, place in enumerate(names):
        chance = random.Random(f"{wording} {seed} {place}")  # noqa: S311 -- no secret
        writer = Writer(wording, place, chance, at)
        yield writer.report(pages, with_last=at < last)
        if at < last:
            yield writer.last_report()


class Writer:
    def __init__(self, wording: Wording, place: str, chance: random.Random, at: int) -> None:
        self.words, self.place, self.chance, self.at = wordings()[wording], place, chance, at
        self.now = {key: self._value(key) for key in wordings()["indicators"]}
        self.then = {key: self._before(key) for key in self.now}
        self.unit, self.times = GIVEN_IN[at % 5 == 3]
        self.made = Made(place, f"{at + 1:02d} {place}.{'pdf' if at % 6 == 5 else 'docx'}", b"")

    def _value(self, key: str) -> float:
        _unit, low, high, places = wordings()["indicators"][key]
        return float(round(self.chance.uniform(low, high), places))

    def _before(self, key: str) -> float:
        _unit, _low, _high, places = wordings()["indicators"][key]
        return float(round(self.now[key] * self.chance.uniform(0.8, 0.97), places))

    # What is planted

    def report(self, pages: int, *, with_last: bool) -> Made:
        kinds = self._kinds(with_last)
        said = dict(self.now)
        if "text" in kinds:
            said["services"] = self._other("services", self.now["services"])
            self.made.contradictions.append(("services", NOW, "text and table"))
        if "money" in kinds:
            said["spent"] = self._other("spent", self.now["spent"])
            self.made.contradictions.append(("spent", NOW, "text and table"))
        if "change" in kinds:
            self.made.contradictions.append(("received", NOW, "change"))
        silent = {self.chance.choice([2, 3])} if self.at % 4 == 1 else set()
        self.made.silent = [wordings()["outline"][one] for one in sorted(silent)]
        parts = [self._section(n, said, "change" in kinds) for n in range(SECTIONS)]
        self._plant(said, silent)
        parts = [part for n, part in enumerate(parts) if n not in silent]
        self._fill(parts, pages)
        self.made.octets = files.written(self._head(self.words["title"]), parts, pages, self.made.name)
        return self.made

    def _kinds(self, with_last: bool) -> set[str]:
        found = {"text"} if self.at % 2 == 0 else set()
        found |= {"money"} if self.at % 3 == 0 else set()
        found |= {"change"} if self.at % 4 == 2 else set()
        return found | ({"last"} if with_last else set())

    def _other(self, key: str, value: float) -> float:
        _unit, _low, _high, places = wordings()["indicators"][key]
        return float(round(value * self.chance.choice([0.87, 1.09, 1.21]) + (1 if not places else 0.1), places))

    def last_report(self) -> Made:
        """Of a year before; its figure of what was received is not the one that this year's report compares with."""
        theirs = self._other("received", self.then["received"])
        made = Made(self.place, f"{self.at + 1:02d} {self.place} 2025.docx", b"")
        made.contradictions = [("received", THEN, "last period")]
        text = self.words["sentences"]["received"][2].format(v=self._written("received", theirs))
        part = files.Part(self.words["headings"][0][0], [text])
        made.octets = files.written(self._head(self.words["last_title"]), [part], 1, made.name)
        return made

    def _plant(self, said: dict[str, float], silent: set[int]) -> None:
        for key, now in self.now.items():
            section, *_ = self.words["sentences"][key]
            in_words = key in IN_WORDS and section not in silent
            where = " ".join([*(["table"] if key in IN_TABLE else []), *(["text"] if in_words else [])])
            if where:
                value = now if key in IN_TABLE else said[key]
                self.made.figures.append(self._planted(key, NOW, value, where))
            if key in IN_TABLE:
                self.made.figures.append(self._planted(key, THEN, self.then[key], "table"))

    def _planted(self, key: str, period: str, value: float, where: str) -> Planted:
        unit = wordings()["indicators"][key][0]
        return Planted(
            self.place, key, period, unit.replace("tỷ ", ""), value * (1e9 if unit == "tỷ đồng" else 1), where
        )

    # How it is written

    def _head(self, title: str) -> list[str]:
        return [f"ỦY BAN NHÂN DÂN TỈNH {self.place.upper()}", "BÁO CÁO", title]

    def _section(self, n: int, said: dict[str, float], wrong_change: bool) -> files.Part:
        part = files.Part(self.chance.choice(self.words["headings"][n]), [])
        for key in IN_WORDS:
            section, *forms = self.words["sentences"][key]
            if section == n:
                part.sentences.append(self._sentence(key, said[key], forms, wrong_change))
        if n == 0:
            part.table = [self.words["columns"], *self._rows()]
            part.caption = self.words["caption"].format(n=1)
        shared = self.words["shared"].get(n, [])
        part.sentences += self.chance.sample(shared, k=max(1, int(len(shared) * 0.6))) if shared else []
        if n == 2:
            day = f"{self.chance.randint(1, 28):02d}/{self.chance.randint(1, 6):02d}/2026"
            part.sentences.append(self.words["event"].format(d=day))
        if n == 7:
            asks = self.chance.sample(self.words["asks"], k=2)
            self.made.asks = [whom for whom, _ in asks]
            part.sentences += [self.words["ask"].format(whom=whom, what=what) for whom, what in asks]
        return part

    def _sentence(self, key: str, value: float, forms: list[str], wrong_change: bool) -> str:
        change = (self.now["received"] / self.then["received"] - 1) * 100
        change = change * 0.4 + 0.5 if wrong_change else change
        form = forms[0] if "{c}" in forms[0] and wrong_change else self.chance.choice(forms)
        return form.format(v=self._written(key, value), c=f"{_vi(round(change, 1))}%")

    def _written(self, key: str, value: float) -> str:
        if wordings()["indicators"][key][0] == "tỷ đồng":
            return f"{_vi(value)} tỷ đồng" if self.times == 1e9 else f"{_vi(value * 1000)} triệu đồng"
        return f"{_vi(value)}%" if key == "share" else _vi(value)

    def _rows(self) -> list[list[str]]:
        rows = []
        for number, key in enumerate(IN_TABLE, 1):
            unit = wordings()["indicators"][key][0]
            times = 1e9 / self.times if unit == "tỷ đồng" else 1
            unit = self.unit if unit == "tỷ đồng" else unit
            values = [_vi(round(one[key] * times, 4)) for one in (self.now, self.then)]
            rows.append([str(number), self.words["labels"][key], unit[:1].upper() + unit[1:], *values])
        return rows

    def _fill(self, parts: list[files.Part], pages: int) -> None:
        bank = wordings()["filler"]
        order = {id(part): n for n, part in enumerate(parts)}
        while sum(part.length for part in parts) < PAGE * pages:
            part = self.chance.choice(parts)
            n = order[id(part)]
            words = [self.chance.choice(bank["who"]), self.chance.choice(bank["did"][n])]
            words += [self.chance.choice(bank["what"][n]), self.chance.choice(bank["how"])]
            sentence = f"{' '.join(words)}."
            part.sentences.append(sentence)


def _vi(value: float) -> str:
    text = f"{value:,.4f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
