"""A cohort whose people are eligible, and certificates of it."""

from datetime import date

from khue.domains.academy.actions import certificates, cohorts, programmes
from khue.domains.academy.course.course import parse
from khue.domains.academy.models import (
    Attendance,
    Certificate,
    CertificateBatch,
    Cohort,
    Enrolment,
    Issuer,
    ProgrammeVersion,
    Session,
)
from khue.domains.academy.tests.small import FILES, running
from khue.domains.people.models import Person
from khue.domains.people.tests.cast import Cast
from khue.kernel.clock import now

# asks for attendance alone
RULE = "  quizzes: false\n"
NAMES = {"vi": "Khóa cấp chứng nhận", "en": "Cohort with certificates"}


def version_with(cast: Cast, *, rule: str = RULE, number: str = "2.0") -> ProgrammeVersion:
    """The small programme with another rule for its certificate."""
    text = FILES["programme.yaml"].decode()
    text = text.replace("  labs: [hoi]\n", rule).replace('version: "1.0"', f'version: "{number}"')
    files = dict(FILES) | {"programme.yaml": text.encode()}
    return programmes.load(parse(files), by=None, organisation_id=cast.academy.pk).version


def cohort_with(cast: Cast, *people: Person, rule: str = RULE, number: str = "2.0", slug: str = "khoa-cn") -> Cohort:
    """All of them came to its only session."""
    found = Cohort.objects.filter(slug=slug).select_related("version").first()
    cohort = found or running(
        cohorts.create(
            by=None,
            version=version_with(cast, rule=rule, number=number),
            organisation_id=cast.academy.pk,
            slug=slug,
            names=NAMES,
            starts_on=date(2026, 3, 2),
        )
    )
    for person in people:
        came(Enrolment.objects.get_or_create(cohort=cohort, person=person)[0], cohort.sessions.get())
    return cohort


def came(enrolment: Enrolment, session: Session) -> None:
    noted = {"presence": "present", "way": "sheet", "at": now()}
    Attendance.objects.get_or_create(session=session, enrolment=enrolment, defaults=noted)


def people(count: int, word: str = "nguoi") -> list[Person]:
    made = [
        Person(username=f"{word}-{n}", full_name=f"Nguyễn Văn {n}", email=f"{word}{n}@khue.example")
        for n in range(count)
    ]
    return Person.objects.bulk_create(made)


def partner(cast: Cast) -> Issuer:
    """The second institution, which the academy looks after."""
    return Issuer.objects.get_or_create(
        code="VCL",
        defaults={
            "organisation": cast.academy,
            "names": {"vi": "Viện Công vụ Loire", "en": "Loire Institute", "fr": "Institut de la Loire"},
            "signatory": "Éléonore d’Œuvre",
        },
    )[0]


def issued(cohort: Cohort) -> CertificateBatch:
    return certificates.issue(by=None, cohort=cohort)


def certificate_of_an(cast: Cast) -> Certificate:
    cohort = cohort_with(cast, cast.an)
    issued(cohort)
    return Certificate.objects.select_related("cohort", "key__issuer", "status_list").get(person=cast.an)


def closed_cohort(cast: Cast) -> Cohort:
    """An and Bình have their certificates; Giang did not come."""
    cohort = cohort_with(cast, cast.an, cast.binh)
    Enrolment.objects.get_or_create(cohort=cohort, person=cast.giang, defaults={"province": "Huế"})
    if not cohort.certificates.exists():
        issued(cohort)
    return cohort
