"""Stored files, wherever the storage keeps them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.models.fields.files import FieldFile


@contextmanager
def on_disk(file: FieldFile, suffix: str = "") -> Iterator[Path]:
    """A file of this machine: the stored one itself, or a copy for the while where the storage is elsewhere."""
    try:
        path: Path | None = Path(file.path)
    except NotImplementedError:
        path = None
    if path is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile(suffix=suffix) as copy, file.open("rb") as stored:
        shutil.copyfileobj(stored, copy)
        copy.flush()
        yield Path(copy.name)
