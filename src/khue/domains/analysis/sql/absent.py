"""Whether what is said to be missing is really not in the columns."""

from difflib import get_close_matches

from khue.domains.analysis.provinces.matching import plain
from khue.domains.analysis.sql.schema import Schema

# what can be taken from a date, or counted, is there without a column of its own
ALWAYS = frozenset(
    "nam year annee thang month mois quy quarter trimestre ngay day jour date tuan week semaine so luong count number "
    "nombre tong total sum avg trung binh average mean moyenne ty le share rate percent percentage part taux tinh "
    "province n cnt x y t correlation tuong quan median trung vi difference chenh lech ecart compare so sanh".split()
)


def _words(text: str) -> set[str]:
    return set(plain(text.replace("_", " ")).split())


def holding(absent: str, schema: Schema) -> str | None:
    """The column whose name or title, or one of whose values, has all words of what is said to be absent."""
    words = _words(absent)
    for table, column in schema.columns():
        held = _words(column.name) | _words(column.title)
        values = [_words(str(value)) for value, _ in column.values[:50]] if not column.personal else []
        if words and (words <= held | ALWAYS or any(words <= value for value in values)):
            return f"{table.name}.{column.name}"
    return None


def is_foreign(name: str, schema: Schema) -> bool:
    """Whether a name that the model made up shares no word with any column: it wanted something that is not there."""
    words = _words(name) - ALWAYS
    known = set().union(*(_words(column.name) | _words(column.title) for _, column in schema.columns()))
    known |= {word for table in schema.tables for word in _words(table.name) | _words(table.title)}
    names = [column.name.casefold() for _, column in schema.columns()]
    is_slip = bool(get_close_matches(name.casefold(), names, n=1, cutoff=0.75))
    return bool(words) and not words & known and not is_slip
