"""A small library with everything that answering needs, embedded by the fake server's bags of words."""

import pytest

from khue.domains.knowledge import api
from khue.domains.knowledge.actions import indexing
from khue.domains.knowledge.models import Collection

BIRTH = """Đăng ký khai sinh phải làm trong thời hạn 60 ngày kể từ ngày sinh con.
Lệ phí đăng ký khai sinh quá hạn là 8.000 đồng.
Người thuộc hộ nghèo không phải nộp lệ phí đăng ký khai sinh."""
PASSPORT = """Hộ chiếu phổ thông cấp cho người từ đủ 14 tuổi có giá trị 10 năm.
Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng.
Hồ sơ cấp hộ chiếu gồm tờ khai theo mẫu TK01 và 02 ảnh chân dung."""
RESIDENCE = """Công dân đăng ký thường trú tại công an cấp xã nơi cư trú.
Thời hạn giải quyết đăng ký thường trú là 07 ngày làm việc."""
REGULATION = """The annual leave of a lecturer is 40 working days.
A request for leave must be sent to the head of department 10 days before it begins."""


def add(collection, by, title, text, language="vi"):
    blocks = tuple(api.paragraphs(text))
    return api.add_document(collection.id, api.NewDocument(title, blocks, language=language), by=by)


@pytest.fixture
def books(transactional_db, an, library, embedding_server):
    for title, text, language in [
        ("Đăng ký khai sinh", BIRTH, "vi"),
        ("Cấp hộ chiếu", PASSPORT, "vi"),
        ("Đăng ký thường trú", RESIDENCE, "vi"),
        ("Internal regulation on leave", REGULATION, "en"),
    ]:
        add(library, an, title, text, language)
    indexing.embed_waiting()
    return Collection.objects.get(pk=library.pk)
