"""Files from elsewhere, opened so that they can neither reach anything nor grow without end."""

import io
import zipfile
from pathlib import PurePosixPath

from lxml import etree

from khue.domains.academy.interchange.paper import Refused

MOST_OCTETS = 20_000_000
MOST_FILES = 5_000
MOST_UNPACKED = 100_000_000
# XML of quizzes packs to a tenth or a twentieth; a bomb to a thousandth
MOST_GROWTH = 200


def document(octets: bytes) -> "etree._Element":
    """The root of an XML document without a document type: so without entities, within or without."""
    if len(octets) > MOST_OCTETS:
        raise Refused("too_large")
    # no entity is resolved, nothing is loaded; nesting and text are limited by the parser itself
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(octets, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        if "<!DOCTYPE" in octets[:4096].decode("utf-8", "ignore"):
            raise Refused("doctype") from None
        raise Refused("broken", str(problem)[:200]) from None
    if root.getroottree().docinfo.internalDTD is not None or root.getroottree().docinfo.doctype:
        raise Refused("doctype")
    return root


def package(octets: bytes) -> dict[str, bytes]:
    """The files of a ZIP by their paths. Raises Refused for a path that climbs out, a link, or a bomb."""
    if len(octets) > MOST_OCTETS:
        raise Refused("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries, len(octets))
            return _unpacked(archive, entries)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as problem:
        raise Refused("broken", str(problem)[:200]) from None


def _check(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MOST_FILES:
        raise Refused("bomb")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or is_link:
            raise Refused("climbs_out", entry.filename[:100])
    if sum(entry.file_size for entry in entries) > min(MOST_UNPACKED, max(1_000_000, packed * MOST_GROWTH)):
        raise Refused("bomb")


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """No more is read of a file than its entry announces, which was counted."""
    found: dict[str, bytes] = {}
    for entry in entries:
        with archive.open(entry) as stream:
            octets = stream.read(entry.file_size + 1)
        if len(octets) > entry.file_size:
            raise Refused("bomb")
        found[str(PurePosixPath(entry.filename.replace("\\", "/")))] = octets
    return found
