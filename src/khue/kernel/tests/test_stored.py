"""A stored file is read alike from this machine and from a storage elsewhere."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile

from khue.kernel.stored import on_disk


class Elsewhere(Storage):
    """As a storage over the network: what it keeps has no path here."""

    def _save(self, name: str, content: File) -> str:
        self.held = content.read()
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        return ContentFile(self.held, name)

    def exists(self, name: str) -> bool:
        return False


def kept(storage: Storage) -> FieldFile:
    name = storage.save("bao-cao.txt", ContentFile(b"Ha Giang"))
    return FieldFile(None, FileField(storage=storage), name)  # type: ignore[arg-type]


def test_a_file_of_this_machine_is_read_where_it_lies(tmp_path: Path) -> None:
    with on_disk(kept(FileSystemStorage(tmp_path)), ".txt") as path:
        assert path == tmp_path / "bao-cao.txt" and path.read_bytes() == b"Ha Giang"
    assert path.exists()


def test_one_from_elsewhere_is_copied_and_the_copy_goes() -> None:
    with on_disk(kept(Elsewhere()), ".txt") as path:
        assert path.suffix == ".txt" and path.read_bytes() == b"Ha Giang"
    assert not path.exists()


def test_a_fault_of_the_reader_is_no_fault_of_the_storage(tmp_path: Path) -> None:
    with pytest.raises(NotImplementedError, match="this compression"), on_disk(kept(FileSystemStorage(tmp_path))):
        raise NotImplementedError("this compression")
