"""A library of short documents that a search can find."""

from functools import partial

import pytest

from khue.domains.knowledge.actions import adding, indexing
from khue.domains.knowledge.actions.adding import NewDocument
from khue.domains.knowledge.queries import search as searching
from khue.domains.knowledge.reading.blocks import paragraphs
from khue.gateway.classes import DataClass

BIRTH = "Đăng ký khai sinh không thu lệ phí khi nộp đúng hạn tại Ủy ban nhân dân cấp xã."
MARRIAGE = "Đăng ký kết hôn được giải quyết ngay trong ngày làm việc."
PASSPORT = "A passport is issued within five working days at the immigration office."


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.KHUE_HOME = tmp_path


@pytest.fixture
def add(an):
    def add(collection, title, text, by=an, **fields):
        [added] = adding.add_documents(
            by=by, collection=collection, documents=[NewDocument(title, tuple(paragraphs(text)), **fields)]
        )
        return added.document_id

    return add


@pytest.fixture
def documents(library, add):
    """Titles → ids."""
    texts = {"Khai sinh": BIRTH, "Kết hôn": MARRIAGE, "Passport": PASSPORT}
    return {title: add(library, title, text) for title, text in texts.items()}


@pytest.fixture
def embedded(documents, embedding_server):
    indexing.embed_waiting()
    embedding_server.reset()
    return documents


search = partial(searching.search, highest_class=DataClass.CONFIDENTIAL)


def titles(results):
    return [hit.title for hit in results.hits]
