"""A consultation: every count is counted; people merge, divide, rename; a blind sample says how far they agree."""

import csv
import io

import pytest
from django.core.files.base import ContentFile

from khue.domains.people.api import Role
from khue.domains.people.tests.cast import member, place
from khue.domains.synthesis.actions import consultations
from khue.domains.synthesis.queries import consultations as queries

SAID = {
    "giờ": "Mong mở cửa thêm sáng thứ Bảy cho người đi làm, lần {}",
    "lỗi": "Phần mềm nộp hồ sơ trực tuyến hay bị lỗi khi đăng nhập, mục {}",
    "phí": "Lệ phí chứng thực quá cao so với thu nhập nông dân, xã {}",
}


@pytest.fixture
def chi(transactional_db):
    return member("chi", place("hv", "Học viện"), Role.LECTURER)


def sheet(rows):
    text = io.StringIO()
    csv.writer(text).writerows([["Nhóm", "Tỉnh", "Ý kiến"], *rows])
    return ContentFile(text.getvalue().encode("utf-8-sig"))


@pytest.fixture
def sorted_(chi, embedding_server):
    rows = [["Dân", "Huế", said.format(n)] for said in SAID.values() for n in range(12)] + [["Dân", "Huế", ""]]
    made = consultations.begin(by=chi, title="Giờ mở cửa", file=sheet(rows), file_name="y.csv")
    return consultations.sort(made.pk)


def test_every_answer_is_in_one_theme_and_counted(sorted_):
    found = queries.as_json(sorted_)
    assert (sorted_.stage, sorted_.error, sorted_.empty) == ("done", "", 1)
    assert found["answers"] == 36 == sum(one["count"] for one in found["themes"]) + found["unsorted"]
    assert all(one["groups"] == [("Dân", one["count"])] for one in found["themes"])


def test_a_person_merges_divides_and_renames(sorted_, chi):
    consultations.again(by=chi, consultation=sorted_, count=3)
    first, second, third = sorted_.themes.all()
    consultations.merge(by=chi, into=first, others=[second])
    assert sorted(t.opinions.count() for t in sorted_.themes.all()) == [12, 24]
    consultations.rename(by=chi, theme=third, name="Giờ làm việc")
    consultations.split(by=chi, theme=sorted_.themes.get(pk=first.pk))
    assert sorted(t.opinions.count() for t in sorted_.themes.all()) == [12, 12, 12]
    assert sorted_.themes.filter(name="Giờ làm việc", is_by_person=True).exists()


def test_a_blind_sample_gives_kappa(sorted_, chi):
    consultations.again(by=chi, consultation=sorted_, count=3)
    while (step := queries.to_judge(sorted_, chi))[0] is not None:
        consultations.judge(by=chi, consultation=sorted_, opinion=step[0], theme=step[0].theme)
    found = queries.agreed(sorted_)
    assert found is not None and (found.count, found.share, found.kappa) == (36, 1.0, 1.0)


def test_a_file_without_answers_is_refused(chi):
    made = consultations.begin(by=chi, title="x", file=ContentFile(b"a,b\n1,2\n"), file_name="x.csv")
    assert consultations.sort(made.pk).error == str(consultations.NoAnswers())
