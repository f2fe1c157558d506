"""Two enrolments of one human being: Đào of the list, and the walk-in who was her."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from khue.domains.academy.actions import enrolments, walk_ins
from khue.domains.academy.tests.session import cohort, english

__all__ = ["cohort", "english", "two"]


@pytest.fixture
def two(cohort):
    """`listed`, who never opened their account, and `walk_in`, who has not either."""
    octets = "Họ và tên,Email,Tỉnh,Đơn vị,Số năm công tác\nĐỗ Thị Đào,dao@x.example,Huế,Sở Nội vụ,7\n".encode()
    enrolments.take(by=None, cohort=cohort, octets=octets, name="list.csv")
    place = cohort.places.get(key="khue-van-hcm")
    newcomer = walk_ins.Newcomer(key=uuid4(), name="Do Thi Dao", province="Huế", place=place)
    entered = walk_ins.enter(by=None, cohort=cohort, newcomer=newcomer)
    return SimpleNamespace(listed=cohort.enrolments.get(person__email="dao@x.example"), walk_in=entered)
