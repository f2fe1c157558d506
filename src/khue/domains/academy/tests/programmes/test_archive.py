"""A course in a box: the same bytes everywhere; hostile boxes are refused before anything is kept."""

import io
import json
import stat
import struct
import zipfile

import pytest

from khue.domains.academy.course import archive
from khue.domains.academy.course.course import parse
from khue.domains.academy.course.faults import FaultyCourse


def zipped(entries, compression=zipfile.ZIP_DEFLATED):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", compression) as file:
        for name, octets in entries:
            file.writestr(name, octets)
    return box.getvalue()


def refused(octets):
    with pytest.raises(FaultyCourse) as caught:
        archive.read(io.BytesIO(octets))
    return str(caught.value)


def test_a_box_is_the_same_bytes_whatever_the_order_and_reads_back_the_same(files):
    box = archive.write(files, programme="nho", version="1.0")
    assert archive.write(dict(reversed(files.items())), programme="nho", version="1.0") == box
    assert archive.read(io.BytesIO(box)) == files


def test_the_manifest_tells_programme_version_and_digest(files):
    with zipfile.ZipFile(io.BytesIO(archive.write(files, programme="nho", version="1.0"))) as box:
        manifest = json.loads(box.read("manifest.json"))
    assert (manifest["programme"], manifest["version"]) == ("nho", "1.0")
    assert manifest["digest"] == parse(files).digest
    assert set(manifest["files"]) == set(files)


def test_a_folder_zipped_by_hand_under_its_own_name_is_read(files):
    box = zipped([(f"nho/{path}", octets) for path, octets in files.items()] + [("__MACOSX/nho/._a", b"x")])
    assert archive.read(io.BytesIO(box)) == files


@pytest.mark.parametrize(
    "name",
    [
        "../programme.yaml",
        "a/../../b",
        "/etc/passwd",
        "C:/a",
        "..\\a",
        "a//b",
        "./a",
        "a\x1b[2Jb",
        "x" * 300,
        "a/\x00b",
    ],
)
def test_a_name_that_climbs_out_or_cannot_be_used_is_refused(name):
    entry = zipfile.ZipInfo("a")
    entry.filename = entry.orig_filename = name
    assert "leads out" in refused(zipped([("programme.yaml", b"x"), (entry, b"x")]))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(kind):
    entry = zipfile.ZipInfo("images/a.svg")
    entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16
    assert "A link or a device" in refused(zipped([(entry, b"/etc/passwd")]))


def test_a_file_that_grows_a_thousandfold_is_refused():
    assert "grow" in refused(zipped([("materials/a.txt", b"\0" * 5_000_000)]))


def test_a_lie_about_the_size_is_found_while_reading(files):
    octets = bytearray(zipped([("materials/a.bin", bytes(range(256)) * 400)]))
    central = octets.index(b"PK\x01\x02")
    struct.pack_into("<I", octets, central + 24, 5_000)
    assert refused(bytes(octets))


def test_too_large_a_file_is_refused_by_what_the_directory_says():
    entry = zipped([("materials/a.bin", b"x")], zipfile.ZIP_STORED)
    octets = bytearray(entry)
    struct.pack_into("<I", octets, octets.index(b"PK\x01\x02") + 24, archive.LARGEST_FILE + 1)
    assert "too large" in refused(bytes(octets))


def test_too_many_files_are_refused():
    assert "too many files" in refused(zipped([(f"images/{n}.svg", b"") for n in range(archive.MOST_FILES + 1)]))


def test_all_together_too_large_is_refused(monkeypatch, files):
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 100)
    assert "together" in refused(zipped(files.items()))


def test_two_files_of_one_name_are_refused():
    with pytest.warns(UserWarning):
        box = zipped([("programme.yaml", b"a"), ("programme.yaml", b"b")])
    assert "Two files" in refused(box)
    assert "Two files" in refused(zipped([("images/a.svg", b"a"), ("images/A.svg", b"b")]))


@pytest.mark.parametrize("octets", [b"", b"PK\x03\x04 nonsense", b"%PDF-1.7"])
def test_what_is_no_zip_is_refused_in_words(octets):
    assert "not a ZIP" in refused(octets)


def test_a_damaged_box_is_refused(files):
    box = bytearray(archive.write(files, programme="nho", version="1.0"))
    box[box.index(b"format: 1") + 3] ^= 0xFF
    assert "damaged" in refused(bytes(box))


def test_a_changed_file_is_named(files):
    box = archive.write(files, programme="nho", version="1.0")
    entries = [
        (name, zipfile.ZipFile(io.BytesIO(box)).read(name)) for name in zipfile.ZipFile(io.BytesIO(box)).namelist()
    ]
    forged = [(name, octets.replace(b"Because", b"Why not")) for name, octets in entries]
    assert refused(zipped(forged)).startswith("topics/mo-dau/quiz.yaml: This is not what the manifest says")
    assert "materials/more.txt" in refused(zipped([*entries, ("materials/more.txt", b"x")]))
    assert "labs/hoi.yaml" in refused(zipped([entry for entry in entries if entry[0] != "labs/hoi.yaml"]))


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"files": 3}', b'{"files": {"a": 1}}', b"[" * 100_000])
def test_a_manifest_that_cannot_be_read_is_refused(files, manifest):
    assert "manifest" in refused(zipped([*files.items(), ("manifest.json", manifest)]))


def test_a_link_in_a_folder_is_refused(tmp_path, files):
    (tmp_path / "secret").write_text("x")
    folder = tmp_path / "nho"
    folder.mkdir()
    (folder / "programme.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(FaultyCourse, match="A link is not allowed"):
        archive.read_folder(folder)
