"""A mini sprint of a cohort that the academy runs: An and Đào in the first team, Hạnh and Minh in the second."""

from datetime import date

from khue.domains.academy.actions import canvases, cohorts, gallery, judging, programmes, sprints
from khue.domains.academy.course.course import parse
from khue.domains.academy.models import Artefact, Cohort, Enrolment, Entry, FollowUp, Publication, Sprint, Team
from khue.domains.academy.tests.small import FILES, PROGRAMME, running
from khue.domains.people.api import Actor, Role, actor_of
from khue.domains.people.models import Membership, Person
from khue.domains.people.tests.cast import Cast

SPRINT = """\
names: {vi: Mini sprint, en: Mini sprint}
about: {vi: Một vấn đề., en: One problem.}
stages:
  - key: hieu
    minutes: 30
    names: {vi: Hiểu, en: Understand}
    about: {vi: Hỏi., en: Ask.}
    canvas:
      - {key: ai, names: {vi: "Ai gặp vấn đề?", en: "Who has the problem?"}}
      - {key: con-so, names: {vi: "Con số nào?", en: "Which figure?"}}
      - {key: ghi-them, names: {vi: Ghi thêm, en: Anything else}, needed: false}
    gate:
      - {key: noi, text: {vi: Có nơi cụ thể, en: A place is named}}
      - {key: so, text: {vi: Có con số, en: A figure is named}}
  - key: dung
    minutes: 60
    names: {vi: Dựng, en: Build}
    about: {vi: Làm., en: Make.}
    canvas:
      - {key: ban-thu, names: {vi: Bản thử, en: The trial}}
    artefact: {vi: Bản thử, en: The trial version}
challenges:
  - {key: mot, names: {vi: Hồ sơ bị trả, en: Files sent back}, about: {vi: "Vì sao?", en: "Why?"}, teams: 1}
  - {key: hai, names: {vi: Ý kiến, en: Comments}, about: {vi: "Đọc hết?", en: "Read all?"}}
hand_in: {vi: [Một trang], en: [One page]}
rubric: sprint
"""
RUBRIC = """\
names: {vi: Tiêu chí, en: Criteria}
pass_points: 4
criteria:
  - key: that
    names: {vi: Vấn đề thật, en: A real problem}
    levels:
      - {points: 0, text: {vi: Chung chung, en: General}}
      - {points: 2, text: {vi: Có nơi, en: A place}}
      - {points: 4, text: {vi: Có nơi và số, en: A place and a figure}}
  - key: thu
    names: {vi: Đã thử, en: Tried}
    levels:
      - {points: 0, text: {vi: Chưa, en: Not yet}}
      - {points: 6, text: {vi: Ba người, en: Three people}}
"""
WITH_SPRINT = FILES | {
    "programme.yaml": PROGRAMME.replace("id: nho", "id: sprint-nho").encode(),
    "sprint.yaml": SPRINT.encode(),
    "rubrics/sprint.yaml": RUBRIC.encode(),
}


def person(cast: Cast, username: str, name: str, *, role: Role = Role.PARTICIPANT) -> Person:
    found, is_new = Person.objects.get_or_create(username=username, defaults={"full_name": name})
    if is_new:
        Membership.objects.create(person=found, organisation=cast.hcm, role=role)
    return found


def cohort_of(cast: Cast) -> Cohort:
    if found := Cohort.objects.filter(slug="khoa-sprint").first():
        return found
    version = programmes.load(parse(WITH_SPRINT), by=None, organisation_id=cast.academy.pk).version
    cohort = running(
        cohorts.create(
            by=None,
            version=version,
            organisation_id=cast.academy.pk,
            slug="khoa-sprint",
            names={"vi": "Khóa sprint", "en": "Sprint cohort"},
            starts_on=date(2026, 3, 2),
        )
    )
    people = [
        (cast.an, "Sở Tư pháp tỉnh Huế"),
        (person(cast, "dao", "Đỗ Thị Đào"), "UBND phường An Hòa"),
        (person(cast, "hanh", "Lý Mỹ Hạnh"), "Sở Tư pháp tỉnh Lâm Đồng"),
        (person(cast, "minh", "Hồ Văn Minh"), ""),
    ]
    teams = [Team.objects.create(cohort=cohort, name=f"Nhóm {number}", position=number) for number in (1, 2)]
    for number, (who, unit) in enumerate(people):
        Enrolment.objects.create(cohort=cohort, person=who, unit=unit, team=teams[number // 2])
    return cohort


def sprint_of(cast: Cast) -> Sprint:
    cohort = cohort_of(cast)
    return sprints.of_cohort(cohort.version.activities.get(kind="sprint"), cohort)


def entry_of(cast: Cast, number: int = 1) -> Entry:
    return sprint_of(cast).entries.select_related("team").get(team__position=number)


def acting(who: Person | str) -> Actor:
    return actor_of(who.pk if isinstance(who, Person) else Person.objects.get(username=who).pk)


def stored_artefact(cast: Cast) -> Artefact:
    return canvases.add_file(
        by=acting(cast.an), entry_id=entry_of(cast).pk, stage="hieu", name="", octets=b"Chao", file_name="thu.txt"
    )


def published(cast: Cast) -> Publication:
    """Of the first team, with its file; everybody agrees."""
    entry, made = entry_of(cast), stored_artefact(cast)
    done = gallery.write(
        by=acting(cast.an), entry_id=entry.pk, title="Bản thử", summary="Một trang.", parts=[f"artefact:{made.pk}"]
    )
    for member in entry.team.enrolments.all():
        gallery.agree(by=acting(member.person), entry_id=entry.pk, version=done.version, shows_name=False)
    return done


def handed_in(cast: Cast) -> Entry:
    """The first team chose a problem and has handed in its first stage."""
    entry, an = entry_of(cast), acting(cast.an)
    if entry.problem_id is None:
        problem = entry.sprint.problems.get(key="hai")
        sprints.choose(by=an, entry_id=entry.pk, problem_id=problem.pk)
        texts = {"ai": (0, "Người đi khai sinh."), "con-so": (0, "Ba trong mười hồ sơ.")}
        canvases.write(by=an, entry_id=entry.pk, stage="hieu", given=texts)
        canvases.hand_in(by=an, entry_id=entry.pk, stage="hieu", round=0)
    return entry


def judged(cast: Cast) -> Sprint:
    """Scoring is open; Chi has the chair and judges beside Hải, who has scored both teams."""
    sprint, chi = sprint_of(cast), acting(cast.chi)
    if sprint.opened_at is None:
        judging.set_chair(by=chi, sprint=sprint, person_id=cast.chi.pk)
        for who in (cast.chi, cast.hai):
            judging.appoint(by=chi, sprint=sprint, person_id=who.pk, agency="UBND tỉnh Sông Thanh")
        entries = [entry_of(cast, number).pk for number in (1, 2)]
        judging.set_order(by=chi, sprint=sprint, entry_ids=entries)
        judging.open_scoring(by=chi, sprint=sprint)
        judging.present(by=chi, sprint=sprint, entry_id=entries[0])
        for entry, points in zip(entries, ({"that": 4, "thu": 6}, {"that": 2, "thu": 0}), strict=True):
            judging.score(
                by=acting(cast.hai), sprint_id=sprint.pk, entry_id=entry, points=points, note="Rõ ràng.", serial=1
            )
    return sprint


def revealed(cast: Cast) -> Sprint:
    handed_in(cast)
    sprint = judged(cast)
    if sprint.revealed_at is None:
        judging.close_scoring(by=acting(cast.chi), sprint=sprint)
        judging.reveal(by=acting(cast.chi), sprint=sprint)
    return sprint_of(cast)


def asked(cast: Cast) -> FollowUp:
    """What became of the first team's work after three months."""
    due = {"due_on": sprint_of(cast).cohort.ends_on}
    return FollowUp.objects.get_or_create(entry=entry_of(cast), months=3, defaults=due)[0]
