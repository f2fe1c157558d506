"""Test questions from CSV or XLSX: each good row is taken, each broken one is told by its number."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from khue.domains.assistants.definition.file import Question
from khue.domains.assistants.rules import plain

MOST_ROWS = 2000
MOST_OCTETS = 5_000_000
NAMES = {
    "question": {"question", "cau hoi", "cau", "questions"},
    "kind": {"kind", "loai", "type", "sorte"},
    "language": {"language", "ngon ngu", "tieng", "langue"},
    "source": {"source", "nguon", "ma thu tuc", "code"},
    "answer": {"answer", "expected", "cau tra loi", "dap an", "tra loi", "reponse"},
}
KINDS = {
    "answerable": {"", "answerable", "tra loi duoc", "co loi dap", "trong", "a repondre", "repondable"},
    "outside": {"outside", "ngoai pham vi", "ngoai", "khong co loi dap", "hors sujet", "hors champ"},
    "hostile": {"hostile", "gai", "tan cong", "cong kich", "pha", "piege", "trap"},
}
LANGUAGES = {
    "vi": {"", "vi", "tieng viet", "viet", "vietnamese", "vietnamien"},
    "en": {"en", "english", "tieng anh", "anh", "anglais"},
    "fr": {"fr", "french", "tieng phap", "phap", "francais"},
}


class UnreadableSheet(ValueError):
    """`code`: too large, no sheet, no heading."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fault:
    """`row` as the spreadsheet counts. `code`: kind, language, question, long, double, many; `value`: what is there."""

    row: int
    code: str
    value: str = ""


@dataclass(frozen=True)
class Read:
    questions: tuple[Question, ...]
    faults: tuple[Fault, ...]


def read(octets: bytes, name: str) -> Read:
    """Raises UnreadableSheet."""
    if len(octets) > MOST_OCTETS:
        raise UnreadableSheet("too large")
    lines = _lines(octets, name)
    columns: dict[int, str] = {}
    questions: dict[str, Question] = {}
    faults: list[Fault] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if not columns:
            columns = _columns(cells)
            if "question" not in columns.values():
                raise UnreadableSheet("no heading")
            continue
        if len(questions) >= MOST_ROWS:
            faults.append(Fault(number, "many"))
            break
        _take(number, {columns[at]: cell for at, cell in enumerate(cells) if at in columns}, questions, faults)
    if not columns:
        raise UnreadableSheet("no heading")
    return Read(tuple(questions.values()), tuple(faults))


def _take(number: int, row: dict[str, str], questions: dict[str, Question], faults: list[Fault]) -> None:
    said = {"kind": _known(row.get("kind", ""), KINDS), "language": _known(row.get("language", ""), LANGUAGES)}
    if missing := [name for name, value in said.items() if value is None]:
        faults.append(Fault(number, missing[0], row.get(missing[0], "")[:80]))
        return
    if not row.get("question"):
        faults.append(Fault(number, "question"))
        return
    try:
        question = Question.model_validate(row | said)
    except ValidationError:
        faults.append(Fault(number, "long"))
        return
    if plain(question.question) in questions:
        faults.append(Fault(number, "double", question.question[:80]))
        return
    questions[plain(question.question)] = question


def _known(text: str, names: dict[str, set[str]]) -> str | None:
    return next((name for name, words in names.items() if plain(text).strip() in words), None)


def _columns(cells: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, cell in enumerate(cells):
        name = next((name for name, words in NAMES.items() if plain(cell).strip() in words), "")
        if name and name not in found.values():
            found[at] = name
    return found


def _lines(octets: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    rows = _of_workbook(octets) if octets[:2] == b"PK" or name.lower().endswith(".xlsx") else _of_text(octets)
    return ((number, [_cell(cell) for cell in cells]) for number, cells in enumerate(rows, start=1))


def _cell(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _of_workbook(octets: bytes) -> Iterable[Iterable[object]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(octets), read_only=True, data_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 50))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError):
        raise UnreadableSheet("no sheet") from None


def _of_text(octets: bytes) -> Iterable[Iterable[object]]:
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableSheet("no sheet") from None
    if "\0" in text:
        raise UnreadableSheet("no sheet")
    head = text[:5000].split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        raise UnreadableSheet("no sheet") from None
