"""How much of what was planted in invented reports is found; knows nothing of the product's own checks."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Truth = Sequence[Mapping[str, Any]]
Found = Mapping[str, Any]
Row = tuple[str, str]
NEGATIONS = frozenset("không chưa chẳng thiếu hết".split())


@dataclass(frozen=True)
class Share:
    """`extra`: found, and planted by nobody."""

    found: int
    planted: int
    extra: int
    missed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.found} of {self.planted} ({100 * self.found / max(1, self.planted):.1f}%)"


@dataclass(frozen=True)
class Score:
    figures: Share
    contradictions: Share
    silences: Share
    recommendations: Share


def score(truth: Truth, found: Found) -> Score:
    rows = rows_of(truth, found["table"])
    return Score(
        _figures(truth, found["table"], rows),
        _contradictions(truth, found["contradictions"], rows),
        _shared(
            {(one["place"], point) for one in truth for point in one["silent"]},
            {(place, part["title"]) for part in found["sections"] for place in part["silent"]},
        ),
        _shared(
            {(one["place"], whom) for one in truth for whom in one["asks"]},
            {(place, one["whom"]) for one in found["recommendations"] for place in one["places"]},
        ),
    )


def rows_of(truth: Truth, table: Mapping[str, Any]) -> dict[str, Row]:
    """Planted indicator → the one row of the table (its name and unit) that holds most of its figures."""
    at: dict[tuple[str, str, str, float], set[Row]] = defaultdict(set)
    for row in table["rows"]:
        for place, said in row["cells"].items():
            for one in said:
                at[place, row["period"], one["unit"], _rounded(one["value"])].add((row["indicator"], row["unit"]))
    votes: dict[str, Counter[Row]] = defaultdict(Counter)
    for figure in _planted(truth):
        votes[figure["indicator"]].update(at[_key(figure)] | at[_key({**figure, "unit": ""})])
    return {name: counted.most_common(1)[0][0] for name, counted in votes.items() if counted}


def _planted(truth: Truth) -> Iterator[Mapping[str, Any]]:
    return (figure for one in truth for figure in one["figures"])


def _key(figure: Mapping[str, Any]) -> tuple[str, str, str, float]:
    return figure["place"], figure["period"], figure["unit"], _rounded(figure["value"])


def _rounded(value: float) -> float:
    return float(f"{value:.9g}")


def _figures(truth: Truth, table: Mapping[str, Any], rows: Mapping[str, Row]) -> Share:
    """A planted figure counts in the row of its indicator alone. Extra: other figures of these rows, but for those that
    were planted as contradictions."""
    held: dict[tuple[Row, str, str], set[float]] = defaultdict(set)
    for row in table["rows"]:
        for place, said in row["cells"].items():
            held[(row["indicator"], row["unit"]), place, row["period"]] |= {_rounded(one["value"]) for one in said}
    missed, explained = [], set()
    for figure in _planted(truth):
        cell = (rows.get(figure["indicator"], ("", "")), figure["place"], figure["period"])
        if _rounded(figure["value"]) not in held.get(cell, set()):
            missed.append(str(figure))
        explained.add((*cell, _rounded(figure["value"])))
    disputed = {
        (rows.get(name, ("", "")), one["place"], period) for one in truth for name, period, _ in one["contradictions"]
    }
    ours = set(rows.values())
    extra = sum(
        (*cell, value) not in explained
        for cell, values in held.items()
        for value in values
        if cell[0] in ours and cell not in disputed
    )
    planted = len(list(_planted(truth)))
    return Share(planted - len(missed), planted, extra, tuple(missed))


def _contradictions(truth: Truth, said: Sequence[Mapping[str, Any]], rows: Mapping[str, Row]) -> Share:
    """By unit of administration, indicator, period and kind."""
    named = {key: row[0] for key, row in rows.items()}
    wanted = {
        (one["place"], named.get(key, key), period, between)
        for one in truth
        for key, period, between in one["contradictions"]
    }
    return _shared(wanted, {(c["place"], c["indicator"], c["period"], c["between"]) for c in said})


def _shared(wanted: set[Any], got: set[Any]) -> Share:
    return Share(len(wanted & got), len(wanted), len(got - wanted), tuple(sorted(map(str, wanted - got))))


def sentences(found: Found) -> Iterator[Mapping[str, Any]]:
    yield from (one for section in found["sections"] for one in section["sentences"])


def unsupported(found: Found) -> list[str]:
    """Sentences shown as supported: merged ones whose figures, negations or words do not stand in what they cite, and
    quotations that are not word for word what they cite."""
    return [one["text"] for one in sentences(found) if not _is_borne_out(one)]


def _is_borne_out(one: Mapping[str, Any]) -> bool:
    if one["state"] == "counted":
        return _ends_stand(one)
    if one["state"] != "merged":
        return bool(one["citations"]) and one["text"] == one["citations"][0]["quote"]
    return bool(one["citations"]) and all(_states(citation["quote"], one["text"]) for citation in one["citations"])


def _ends_stand(one: Mapping[str, Any]) -> bool:
    """A line of figures: its lowest and its highest stand in the sentences cited first (triệu đồng as tỷ đồng)."""
    told = one["text"].partition(": ")[2].partition("; ")[0]
    there = {value for citation in one["citations"][:2] for value in _values(citation["quote"])}
    return all(
        any(abs(value - other / times) < 1e-6 for other in there for times in (1, 1000)) for value in _values(told)
    )


def _values(text: str) -> list[float]:
    return [float(found.replace(".", "").replace(",", ".")) for found in re.findall(r"\d[\d.]*(?:,\d+)?", text)]


def _states(quote: str, text: str) -> bool:
    said, there = re.findall(r"\w+", text.lower()), set(re.findall(r"\w+", quote.lower()))
    strange = [word for word in said if word not in there]
    exact = [word for word in said if word[0].isdigit() or word in NEGATIONS]
    return all(word in there for word in exact) and len(strange) <= 0.2 * len(said)


def misplaced(found: Found, paths: Sequence[Path]) -> tuple[int, int]:
    """Citations whose page of the file does not hold the quotation, of how many; the files read by other libraries."""
    pages = {path.name: _pages(path) for path in paths}
    cited = [citation for one in sentences(found) for citation in one["citations"]]
    wrong = sum(
        _bare(one["quote"]) not in pages[one["file"]].get(one["page"], "") and one["told"] is not False for one in cited
    )
    return wrong, len(cited)


def _pages(path: Path) -> dict[int, str]:
    return _of_pdf(path) if path.suffix == ".pdf" else _of_word(path)


def _of_pdf(path: Path) -> dict[int, str]:
    """A sentence may end on the next page."""
    import pypdf

    texts = [_bare(page.extract_text()) for page in pypdf.PdfReader(path).pages]
    return {at: text + (texts[at] if at < len(texts) else "") for at, text in enumerate(texts, 1)}


def _of_word(path: Path) -> dict[int, str]:
    import docx

    page = 1
    texts: dict[int, str] = defaultdict(str)
    for paragraph in docx.Document(str(path)).paragraphs:
        for run in paragraph.runs:
            texts[page] += _bare(run.text)
            page += 'w:br w:type="page"' in run._r.xml
    return texts


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
