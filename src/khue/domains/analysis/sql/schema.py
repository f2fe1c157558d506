"""Tables as a question sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from khue.domains.analysis.profile.columns import ColumnProfile, TableProfile
from khue.domains.analysis.provinces.matching import plain

# what a prompt shows of a column
SHOWN_VALUES = 8
LONGEST_VALUE = 40


@dataclass(frozen=True)
class SchemaTable:
    name: str
    title: str
    profile: TableProfile

    def column(self, name: str) -> ColumnProfile | None:
        return next((one for one in self.profile.columns if one.name.casefold() == name.casefold()), None)


@dataclass(frozen=True)
class Schema:
    tables: tuple[SchemaTable, ...]

    @classmethod
    def of(cls, tables: Iterable[tuple[str, str, Mapping[str, Any]]]) -> "Schema":
        """From (name in SQL, title, profile as JSON)."""
        return cls(tuple(SchemaTable(name, title, TableProfile.of_json(profile)) for name, title, profile in tables))

    def columns(self) -> list[tuple[SchemaTable, ColumnProfile]]:
        return [(table, column) for table in self.tables for column in table.profile.columns]

    def as_sqlglot(self) -> dict[str, object]:
        return {
            table.name: {column.name: TYPES[column.type] for column in table.profile.columns} for table in self.tables
        }


TYPES = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "time": "TIME",
    "other": "VARCHAR",
}


def described(schema: Schema) -> str:
    """CREATE TABLE with, for each column, its title where it says more than the name, and what it holds."""
    return "\n".join(_table(table) for table in schema.tables)


def _table(table: SchemaTable) -> str:
    lines = []
    for column in table.profile.columns:
        about = "; ".join(part for part in (_title(column), _holds(column)) if part)
        lines.append(f"  {name_in_sql(column.name)} {TYPES[column.type]},{f' -- {about}' if about else ''}")
    heading = f" -- {_clean(table.title)[:80]}" if plain(table.title) != plain(table.name) else ""
    return f"CREATE TABLE {name_in_sql(table.name)} ({heading}\n" + "\n".join(lines) + "\n);"


def name_in_sql(name: str) -> str:
    is_plain = name.isidentifier() and name.isascii() and name == name.lower()
    return name if is_plain else '"' + name.replace('"', '""') + '"'


def _title(column: ColumnProfile) -> str:
    same = plain(column.title).replace(" ", "_") == column.name.lower().strip("_")
    has_signs = any(ord(letter) > 127 for letter in column.title) or bool(column.unit)
    return "" if same and not has_signs else _clean(column.title)[:70]


def _holds(column: ColumnProfile) -> str:
    if column.personal:
        return "personal data"
    if column.type == "text" and column.values:
        most = 2 if column.role == "identifier" else SHOWN_VALUES
        shown = [f"'{_clean(str(value))[:LONGEST_VALUE]}'" for value, _ in column.values[:most]]
        return ", ".join(shown) + (", …" if column.distinct > len(shown) else "")
    if column.type in {"date", "datetime"}:
        return _dates(column)
    if column.role == "time":
        return f"{column.minimum} to {column.maximum}"
    if column.type == "integer" and column.distinct <= 2:
        return ", ".join(str(value) for value, _ in column.values)
    return ""


def _dates(column: ColumnProfile) -> str:
    """How far they reach, how fine they are, and how a year of them is asked for: else a small model compares with the
    first day of one."""
    name, year = name_in_sql(column.name), str(column.maximum)[:4]
    reach = f"{str(column.minimum)[:10]} to {str(column.maximum)[:10]}"
    fine = f", one date a {column.every}" if column.every else ""
    return f"{reach}{fine}; all of {year}: year({name}) = {year}; by month: month({name})"


def _clean(text: str) -> str:
    """One line, without what could end a comment or a quotation: cells are data, never words to the model."""
    return " ".join(text.replace("'", "’").replace("--", "–").split())
