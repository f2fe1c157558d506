"""How the lexical index follows PostgreSQL."""

import json
import shutil
import subprocess
import sys
import threading

import pytest
from django.db import connection, transaction

from khue.domains.knowledge.models import Document, Passage
from khue.domains.knowledge.queries import lexical


def found(words, collection):
    index = lexical.index()
    return Passage.objects.filter(id__in=index.best(words, within=[collection.pk], limit=10)).values_list(
        "document__title", flat=True
    )


@pytest.mark.django_db
def test_new_passages_are_taken_in(documents, library, add):
    assert lexical.follow() == 3
    assert lexical.follow() == 0
    add(library, "Thêm", "Cấp thẻ căn cước cho người từ đủ 14 tuổi.")
    assert lexical.follow() == 1
    assert list(found("thẻ căn cước", library)) == ["Thêm"]


@pytest.mark.django_db
def test_a_missing_index_is_built_by_the_next_search(documents, library, settings):
    lexical.follow()
    shutil.rmtree(settings.KHUE_HOME / "index")
    lexical.follow_soon()
    assert "Kết hôn" in found("kết hôn", library)


@pytest.mark.django_db
@pytest.mark.parametrize("broken", ["state", "folder", "files"])
def test_a_broken_index_is_built_anew(documents, library, settings, broken):
    lexical.follow()
    root = settings.KHUE_HOME / "index"
    folder = root / json.loads((root / "state.json").read_text())["folder"]
    if broken == "state":
        (root / "state.json").write_text("{half")
    elif broken == "folder":
        shutil.rmtree(folder)
        (root / "state.json").touch()
    else:
        (folder / "meta.json").write_text("no json")
        (root / "state.json").touch()
    assert lexical.follow() == 3
    assert "Kết hôn" in found("kết hôn", library)


@pytest.mark.django_db
def test_an_index_of_other_rows_is_not_used(documents, library, settings):
    lexical.follow()
    path = settings.KHUE_HOME / "index" / "state.json"
    path.write_text(path.read_text().replace(lexical.moment().source, "another/1/2"))
    assert lexical.is_behind(lexical.moment(), lexical.index().state())
    assert lexical.follow() == 3


@pytest.mark.django_db
def test_rebuilding_gives_the_same_index(documents, library):
    lexical.follow()
    before = lexical.index().best("đăng ký", within=[library.pk], limit=10)
    assert lexical.rebuild() == 3
    assert lexical.index().best("đăng ký", within=[library.pk], limit=10) == before


@pytest.mark.django_db
def test_sweeping_removes_what_is_gone(documents, library):
    lexical.follow()
    Document.objects.get(pk=documents["Kết hôn"]).delete()
    assert lexical.sweep() == 1
    assert lexical.sweep() == 0
    assert len(list(lexical.index().passages())) == 2


@pytest.mark.django_db
def test_one_process_writes_at_a_time(documents):
    with lexical.index().writing(wait=True):
        assert lexical.follow(wait=False) == 0
    assert lexical.follow(wait=False) == 3


READER = """
import sys; from pathlib import Path; from uuid import UUID
from khue.domains.knowledge.search.index import LexicalIndex
index, place = LexicalIndex(Path(sys.argv[1])), UUID(sys.argv[2])
for line in sys.stdin:
    print(len(index.best(line, within=[place], limit=10)), flush=True)
"""


@pytest.mark.django_db
def test_a_reader_in_another_process_follows_what_is_written(documents, library, add, settings):
    lexical.follow()
    command = [sys.executable, "-c", READER, str(settings.KHUE_HOME / "index"), str(library.pk)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:

        def count():
            print("đăng ký", file=reader.stdin, flush=True)
            return int(reader.stdout.readline())

        assert count() == 2
        add(library, "Thêm", "Đăng ký thường trú.")
        lexical.follow()
        assert count() == 3
        lexical.rebuild()
        assert count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_lower_id_that_commits_later_is_not_lost(library, add):
    """Two transactions: the first takes its id first and commits last."""
    inserted, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            add(library, "Chậm", "Thủ tục nuôi con nuôi trong nước.")
            inserted.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert inserted.wait(10)
    add(library, "Nhanh", "Thủ tục nuôi con nuôi có yếu tố nước ngoài.")
    assert lexical.follow() == 1
    may_commit.set()
    thread.join()
    assert lexical.is_behind(lexical.moment(), lexical.index().state())
    lexical.follow_soon()
    assert set(found("nuôi con nuôi", library)) == {"Chậm", "Nhanh"}
    assert not lexical.is_behind(lexical.moment(), lexical.index().state())
