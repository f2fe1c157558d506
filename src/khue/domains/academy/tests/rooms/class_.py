"""People to fill a room with."""

from khue.domains.academy.models import Attendance, Cohort, Enrolment, Hand, Place, Poll, Question, Session
from khue.domains.academy.tests.cast import seat_of_an
from khue.domains.people.api import Role
from khue.domains.people.models import Membership, Person
from khue.domains.people.tests.cast import Cast
from khue.kernel.clock import now


def seated(cohort: Cohort, place: Place, count: int, *, province: str = "") -> list[Enrolment]:
    """Enrolled at this place, with the role that opens pages."""
    start = Person.objects.count()
    names = range(start, start + count)
    people = Person.objects.bulk_create(Person(username=f"ban-{n}", full_name=f"Bạn {n}") for n in names)
    home = place.organisation_id or cohort.organisation_id
    Membership.objects.bulk_create(
        Membership(person=person, organisation_id=home, role=Role.PARTICIPANT) for person in people
    )
    return Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, person=person, place=place, province=province) for person in people
    )


def come(session: Session, seats: list[Enrolment], *, at=None) -> None:
    Attendance.objects.bulk_create(
        Attendance(session=session, enrolment=seat, place=seat.place, presence="present", way="qr", at=at or now())
        for seat in seats
    )


def lively_session(cast: Cast) -> Session:
    """An came and is stuck; there are questions and a poll."""
    seat = seat_of_an(cast)
    session = seat.cohort.sessions.get()
    if not session.questions.exists():
        come(session, [seat])
        Hand.objects.create(enrolment=seat, session=session, line="Kẹt ở bước hai")
        for position in (1, 2):
            Question.objects.create(session=session, position=position, text="Ai trả lời công dân?")
        Poll.objects.create(session=session, kind="word", text="Một từ về buổi này?")
    return session
