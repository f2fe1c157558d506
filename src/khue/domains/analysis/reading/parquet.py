"""Parquet: its types are taken as they are."""

from pathlib import Path

from khue.domains.analysis.reading import typing
from khue.domains.analysis.reading.names import column_names
from khue.domains.analysis.reading.refusals import Unreadable
from khue.domains.analysis.reading.sandbox import Read, ReadTable


def read(path: Path, name: str, into: Path) -> Read:
    connection, source = typing.connect(), str(path).replace("'", "''")
    described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{source}')").fetchall()
    if len(described) > typing.WIDEST:
        raise Unreadable("wide", str(len(described)))
    titles = [row[0] for row in described]
    names = column_names(titles)
    chosen = ", ".join(
        f'"{title.replace(chr(34), chr(34) * 2)}" AS "{column}"' for title, column in zip(titles, names, strict=True)
    )
    target = into / "0.parquet"
    written = str(target).replace("'", "''")
    connection.execute(
        f"COPY (SELECT {chosen} FROM read_parquet('{source}')) TO '{written}' (FORMAT parquet, COMPRESSION zstd)"
    )
    rows = connection.execute(f"SELECT count(*) FROM read_parquet('{written}')").fetchone()
    assert rows
    return Read((ReadTable(Path(name).stem, target, rows[0], dict(zip(names, titles, strict=True))),))
