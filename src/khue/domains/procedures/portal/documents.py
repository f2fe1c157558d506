"""`thanh_phan_ho_so`: tables of papers, one for each case, flattened.

A table reads "<case>Tên giấy tờMẫu đơn, tờ khaiSố lượng" and then rows of name, form files and quantity; "--" stands
for "no case". The name of a case follows the last quantity of the table before it.
"""

import re

from khue.domains.procedures.portal.letters import LOWER, UPPER
from khue.domains.procedures.portal.loss import leaves, lost_characters
from khue.domains.procedures.portal.shapes import Paper, PaperCase, Parsed

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
NO_CASE = "--"
_COUNT = r"(?:\d+ bản chính(?:,\d+ bản sao)?|\d+ bản sao)"
# A quantity is glued to what follows. "01 bản chính văn bản …" inside a name is followed by a space or a stop, and
# "…: 01 bản chính1 bản chính" ends a name with a count of its own.
_QUANTITY = re.compile(rf"(?P<count>\d) bản (?:chính(?:,\d+ bản sao)?|sao)(?![\s,;:.)/”\"]|{_COUNT})")
_FILE = re.compile(r"(?i:\.(?:docx?|xlsx?|pdf|rar|zip|jpe?g|png|odt|rtf|pptx?))(?![a-z])")
_LONGEST_FILE = 150
# A file's name is glued to the name of its paper: "…theo quy địnhMẫu số 02.docx", "…;1.don.doc". How form files are
# called gives the surest place; else any glue that no word or code has inside ("09.QLT", "NĐ-CP").
_USUAL_START = re.compile(
    r"(?<=[\w.;:,)”\"\]])(?<![(/_-])"
    r"(?:[Mm][ẫaâ]u|MẪU|MAU|Mus?\d|Phlc|[Pp]hụ lục|PHỤ LỤC|[Pp]hu ?luc|PL|TK[ \d]|BM[ .\d]|[Bb]iểu|BIỂU|[Bb]ieu"
    r"|[Đđ]ơn |ĐƠN|Don |[Tt]ờ |TỜ |To khai|[Gg]iấy |[Bb]ản |[Bb]áo cáo|[Vv]ăn bản|[Tt]huyết minh|ds |TTHC|TP-)"
)
_GLUE = re.compile(
    rf"(?<=[{LOWER};:,)”\"\]])(?=[{UPPER}])|(?<=[{LOWER})”]\.)(?=[{UPPER}])|(?<=\d{{4}})(?=[{UPPER}])"
    rf"|(?<=[{LOWER};)”])(?=\d)|(?<=[{LOWER})”]\.)(?=\d)|(?<=[;)”])(?=[{LOWER}])"
)
SEPARATORS = re.compile(rf"{re.escape(HEADER)}|--")


def documents(source: str) -> Parsed[tuple[PaperCase, ...]]:
    first, *tables = source.split(HEADER)
    cases: list[PaperCase] = []
    case = first
    for table in tables:
        papers, rest = _papers(table)
        cases.append(PaperCase(_case(case), papers))
        case = rest
    remains = tuple(filter(None, [_case(case)]))
    return Parsed(tuple(cases), remains, lost_characters(source, leaves(cases), SEPARATORS))


def _case(text: str) -> str:
    text = text.strip()
    return "" if text == NO_CASE else text.removesuffix(NO_CASE).strip()


def _papers(table: str) -> tuple[tuple[Paper, ...], str]:
    """The rows of one table and the text after its last quantity."""
    papers, position = [], 0
    for match in _QUANTITY.finditer(table):
        papers.append(_paper(table[position : match.start()], match.group()))
        position = match.end()
    return tuple(papers), table[position:]


def _paper(text: str, quantity: str) -> Paper:
    """The portal's count is one digit: digits before it end the name ("Mẫu số 18" + "1 bản chính")."""
    name, forms = _forms(text.strip())
    originals = re.match(r"(\d) bản chính", quantity)
    copies = re.search(r"(\d+) bản sao", quantity)
    return Paper(name, forms, quantity, int(originals[1]) if originals else 0, int(copies[1]) if copies else 0)


def _forms(text: str) -> tuple[str, tuple[str, ...]]:
    """Splits the names of form files off the end of a paper's name; where no glue shows, they stay in the name."""
    ends = [match.end() for match in _FILE.finditer(text)]
    if not ends or ends[-1] != len(text):
        return text, ()
    start = _file_start(text[: ends[0]])
    if start is None:
        return text, ()
    edges = [start, *ends]
    return text[:start].strip(), tuple(text[a:b].strip() for a, b in zip(edges, edges[1:], strict=False))


def _file_start(text: str) -> int | None:
    earliest = max(0, len(text) - _LONGEST_FILE)
    for pattern in (_USUAL_START, _GLUE):
        if found := pattern.search(text, earliest):
            return found.start()
    return None
