"""Files that somebody might bring by mistake or in order to harm: each with the refusal that it must meet."""

import io
import random
import struct
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def pdf(text: str = "Good text of a page that can be read.", pages: int = 1) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _ in range(pages):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def archive(**members: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def docx(body: str, *, before: str = "") -> bytes:
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return archive(word__document_xml=document, Content_Types_xml=_TYPES)


def _encrypted_pdf() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
    writer.encrypt("bí mật", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _scan() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (600, 800), 200).save(stream, "PDF")
    return stream.getvalue()


def _pdf_of_objects(*objects: str) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return out + f"trailer <</Size {len(objects) + 1} /Root 1 0 R>>\nstartxref\n{table}\n%%EOF".encode()


def _pdf_of_100_000_pages() -> bytes:
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100]>>"
    kids = "3 0 R " * 100_000
    return _pdf_of_objects("<</Type /Catalog /Pages 2 0 R>>", f"<</Type /Pages /Count 100000 /Kids [{kids}]>>", page)


def _pdf_that_holds_itself() -> bytes:
    return _pdf_of_objects("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Count 9 /Kids [2 0 R 2 0 R]>>")


def _billion_laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", before=f'<!DOCTYPE d [<!ENTITY l0 "lol">{levels}]>')


def _external_entity() -> bytes:
    return docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def _zip_bomb() -> bytes:
    return docx("<w:p><w:r><w:t>" + "0" * 300_000_000 + "</w:t></w:r></w:p>")


def _lying_archive() -> bytes:
    """Says that its member unpacks to a few bytes."""
    content = bytearray(docx("<w:p><w:r><w:t>" + "0" * 30_000_000 + "</w:t></w:r></w:p>"))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"PK\x01\x02"))
    struct.pack_into("<I", content, at + 24, 100)
    return bytes(content)


def _damaged_archive() -> bytes:
    content = bytearray(docx("<w:p><w:r><w:t>" + "Văn bản. " * 500 + "</w:t></w:r></w:p>"))
    content[60:90] = b"\xff" * 30
    return bytes(content)


def _far_cell() -> bytes:
    """A few bytes that name the last cell of the sheet: 17 thousand million cells when laid out."""
    book = Workbook()
    book.active["A1"] = "Họ tên"
    book.active["XFD1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _nested_tables() -> bytes:
    opening = "<w:tbl><w:tr><w:tc>" * 200
    closing = "</w:tc></w:tr></w:tbl>" * 200
    return docx(opening + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + closing)


def _jpeg() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 40)).save(stream, "JPEG")
    return stream.getvalue()


def _noise() -> bytes:
    return random.Random(1).randbytes(50_000)


# name, content, code of the refusal
FILES: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("empty.txt", lambda: b"", {"empty"}),
    ("blank.txt", lambda: b"\xef\xbb\xbf \r\n\t\n" * 1, {"empty"}),
    ("noise.txt", _noise, {"binary"}),
    ("cut.pdf", lambda: pdf()[:400], {"broken"}),
    ("nothing.pdf", lambda: b"%PDF-1.7\n" + b"\0" * 1000, {"broken"}),
    ("locked.pdf", _encrypted_pdf, {"encrypted"}),
    ("scan.pdf", _scan, {"scan"}),
    ("endless.pdf", _pdf_of_100_000_pages, {"too_many_pages"}),
    ("loop.pdf", _pdf_that_holds_itself, {"broken", "scan", "no_text"}),
    ("photo.pdf", _jpeg, {"unknown_form"}),
    ("laughs.docx", _billion_laughs, {"bomb", "broken"}),
    ("passwd.docx", _external_entity, {"bomb", "broken"}),
    ("bomb.docx", _zip_bomb, {"bomb"}),
    ("lie.docx", _lying_archive, {"broken", "bomb"}),
    ("damaged.docx", _damaged_archive, {"broken"}),
    ("deep.docx", _nested_tables, {"too_deep", "broken"}),
    ("folder.docx", lambda: archive(readme="x"), {"unknown_form"}),
    ("program.docx", lambda: b"MZ" + _noise(), {"unknown_form"}),
    ("locked.xlsx", lambda: _OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), {"encrypted"}),
    ("old.doc", lambda: _OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), {"old_word"}),
    ("far.xlsx", _far_cell, {"too_heavy", "too_many_rows"}),
    ("field.csv", lambda: b'a,b\n1,"' + b"x" * 30_000_000, {"bad_table"}),
    ("deep.html", lambda: b"<div>" * 200_000 + b"text", {"too_deep"}),
    ("deep.jsonl", lambda: b'{"text": ' + b"[" * 200_000, {"bad_line"}),
    ("list.jsonl", lambda: b'{"id": 1, "title": "no text"}\n', {"bad_line"}),
]
