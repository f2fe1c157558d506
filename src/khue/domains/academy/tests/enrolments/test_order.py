"""Lists of people are read by the given name, in the Vietnamese alphabet."""

from khue.domains.academy.models import Enrolment
from khue.domains.people.models import Person

IN_ORDER = ["Nguyễn Văn An", "Vũ Ánh", "Hồ Ăn", "Trần Ân", "Lê Thị Bình", "Bùi Dũng", "Phạm Dũng", "Đỗ Đào", "Y Ơn"]


def test_by_given_name_then_by_the_whole_one(cohort, place):
    for number, name in enumerate(sorted(IN_ORDER)):
        person = Person.objects.create(username=f"nguoi-{number}", full_name=name)
        Enrolment.objects.create(cohort=cohort, person=person, place=place)
    assert [str(one.person) for one in cohort.enrolments.on_roll()] == IN_ORDER
