"""How much of a file is read before it is refused."""

import zipfile

from khue.domains.knowledge.reading.blocks import Block, Unreadable

PAGES = 5_000
# code points of a document; a law of 300 pages has about 700,000
TEXT = 20_000_000
ROWS = 300_000
FIELD = 1_000_000
UNPACKED = 400 * 1024 * 1024
# a DOCX seldom packs better than 1:20
RATIO = 150
MEMBERS = 20_000


def check_archive(archive: zipfile.ZipFile) -> None:
    """Raises Unreadable for a ZIP that would grow out of all proportion."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    grows = unpacked > 20 * 1024 * 1024 and unpacked / packed > RATIO
    if len(members) > MEMBERS or unpacked > UNPACKED or grows:
        raise Unreadable("bomb")
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable("encrypted")


def check_text(blocks: "list[Block]") -> None:
    if sum(len(block.text) for block in blocks) > TEXT:
        raise Unreadable("too_long")
