"""What the command line and other domains may do with the academy.

course = api.read_course(Path("content/programmes/ten-minutes"))
loaded = api.load(course, by=None, organisation_id=organisation)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.utils.text import slugify

from khue.domains.academy.actions import certificates as certificate_actions
from khue.domains.academy.actions import cohorts as cohort_actions
from khue.domains.academy.actions import demo, enrolments, interchange, issuers, simulations, wording
from khue.domains.academy.actions import programmes as actions
from khue.domains.academy.actions.demo import DemoLoaded
from khue.domains.academy.actions.interchange import FileRefused, NothingThere
from khue.domains.academy.actions.programmes import VersionTaken
from khue.domains.academy.actions.simulations import Opened as Simulation
from khue.domains.academy.actions.simulations import Seat
from khue.domains.academy.course import archive
from khue.domains.academy.course.clone import cloned
from khue.domains.academy.course.course import Course, parse
from khue.domains.academy.course.faults import Fault, FaultyCourse
from khue.domains.academy.interchange.formats import FORMATS
from khue.domains.academy.models import Programme, ProgrammeVersion
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.queries import certificates as certificate_queries
from khue.domains.academy.queries import checking
from khue.domains.academy.queries import cohorts as cohort_queries
from khue.domains.academy.queries import programmes as queries
from khue.domains.people import api as people

__all__ = [
    "CheckedCredential",
    "Course",
    "DemoLoaded",
    "Enrolled",
    "ExportedQuiz",
    "Fault",
    "FaultyCourse",
    "FileRefused",
    "ImportedQuiz",
    "Issued",
    "Loaded",
    "NothingThere",
    "QUIZ_FORMATS",
    "Seat",
    "Simulation",
    "UnknownCohort",
    "UnknownProgramme",
    "VersionTaken",
    "box",
    "check_credential",
    "cloned_course",
    "course_of",
    "enrol_from_list",
    "export_quiz",
    "import_quiz",
    "issue_certificates",
    "load",
    "load_demo",
    "make_keys",
    "missing_in_words",
    "open_cohort",
    "open_simulation",
    "read_course",
    "remove_simulation",
    "simulated_seats",
    "simulations_kept",
    "stored_of_simulation",
    "write_folder",
]


@dataclass(frozen=True)
class Loaded:
    """A version that is there now. `is_new` is False when the same content was there before."""

    version_id: UUID
    programme: str
    number: str
    digest: str
    is_new: bool


class UnknownProgramme(LookupError):
    """No programme with this id, or no version with this number, is loaded."""


def read_course(path: Path) -> Course:
    """A folder or a ZIP, checked whole. Raises FaultyCourse with everything that is wrong in it."""
    if path.is_dir():
        return parse(archive.read_folder(path))
    with path.open("rb") as stream:
        return parse(archive.read(stream))


def course_of(programme: str, *, organisation_id: UUID | None = None, number: str = "") -> Course:
    """A loaded version: the newest, or the one with this number. Raises UnknownProgramme."""
    version = queries.find(programme, organisation_id=organisation_id, number=number)
    if version is None:
        raise UnknownProgramme(f"{programme} {number}".strip())
    return parse(queries.files(version))


def load(course: Course, *, by: By, organisation_id: UUID) -> Loaded:
    """Stores a version; the same content again changes nothing. Raises VersionTaken, NotAllowed."""
    done = actions.load(course, by=by, organisation_id=organisation_id)
    return Loaded(done.version.pk, course.programme.id, done.version.number, done.version.digest, done.is_new)


def load_demo(folder: Path, shelf: Path) -> DemoLoaded:
    """What is missing of `folder`/academy.yaml; its programmes are read from `shelf`. Needs the demo's people."""
    return demo.load(folder, shelf)


def open_cohort(version_id: UUID, *, by: By, organisation_id: UUID, name: str, starts_on: date) -> str:
    """A planned cohort with the sessions of the timetable; returns its short name. Raises NotAllowed."""
    version = ProgrammeVersion.objects.get(pk=version_id)
    slug = cohort_actions.free_slug(organisation_id, slugify(name))
    cohort_actions.create(
        by=by,
        version=version,
        organisation_id=organisation_id,
        slug=slug,
        names=dict.fromkeys(version.languages, name),
        starts_on=starts_on,
    )
    return slug


def box(course: Course) -> bytes:
    """The course as one ZIP, the same bytes on every machine."""
    return archive.write(course.files, programme=course.programme.id, version=course.programme.version)


def cloned_course(course: Course, *, starts_on: date | None = None, new_id: str = "") -> Course:
    """A copy that remembers what it was copied from, its dates counted from `starts_on`."""
    return parse(cloned(course, starts_on=starts_on, new_id=new_id))


def write_folder(course: Course, folder: Path) -> None:
    """Raises FileExistsError: what is there is not overwritten."""
    folder.mkdir(parents=True)
    for path, octets in course.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(octets)


@dataclass(frozen=True)
class Row:
    """A row of a list of participants, by its number in the spreadsheet; `reasons` in the active language."""

    row: int
    name: str
    email: str
    changed: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Enrolled:
    """What became of a list. `remarks`: rows that were taken although something in them was left out or read anew."""

    cohort: str
    rows: int
    accepted: tuple[Row, ...]
    updated: tuple[Row, ...]
    unchanged: int
    refused: tuple[Row, ...]
    remarks: tuple[Row, ...]


class UnknownCohort(LookupError):
    """No cohort with this short name, or the programme has none yet."""


def enrol_from_list(
    octets: bytes, *, name: str, programme: str, cohort: str = "", by: By, dry_run: bool = False
) -> Enrolled:
    """Into the cohort with this short name, else the programme's that begins last; `dry_run` only looks.
    Raises UnknownCohort, ListUnreadable, NotAllowed."""
    found = cohort_queries.find(programme, slug=cohort)
    if found is None:
        raise UnknownCohort(f"{programme} {cohort}: no such cohort. Open one in Learn › Cohorts.")
    report = (enrolments.look if dry_run else enrolments.take)(by=by, cohort=found, octets=octets, name=name)
    rows = {outcome: tuple(_row(line) for line in report.lines if line.outcome == outcome)
            for outcome in ("accepted", "updated", "unchanged", "refused")}  # fmt: skip
    remarks = tuple(_row(line) for line in report.lines if line.outcome != "refused" and line.problems)
    return Enrolled(
        found.slug,
        len(report.lines),
        rows["accepted"],
        rows["updated"],
        len(rows["unchanged"]),
        rows["refused"],
        remarks,
    )


def _row(line: enrolments.Line) -> Row:
    return Row(line.row, line.name, line.email, line.changed, tuple(wording.reason(one) for one in line.problems))


# Quizzes as other systems read them -------------------------------------------------------------

QUIZ_FORMATS = tuple(FORMATS)


@dataclass(frozen=True)
class ExportedQuiz:
    """`losses`: (key of the question, what of it the file does not hold); key "": of the quiz as a whole."""

    octets: bytes
    file_name: str
    items: int
    losses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ImportedQuiz:
    """Keys of the questions by what became of them; `problems`: (where, what) of those that were left out."""

    quiz_id: UUID
    name: str
    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]


def export_quiz(
    programme: str, *, form: str, quiz: str = "", language: str = "vi", organisation_id: UUID | None = None
) -> ExportedQuiz:
    """The quiz with this key of the newest version, or all its quizzes as one list. Raises UnknownProgramme,
    NothingThere."""
    chosen = interchange.quizzes_of(_programme(programme, organisation_id), quiz)
    done = interchange.export(chosen, form=form, language=language)
    losses = tuple((loss.key, interchange.loss_words(loss)) for loss in done.losses)
    return ExportedQuiz(done.octets, done.file_name, done.items, losses)


def import_quiz(
    octets: bytes,
    *,
    form: str,
    by: By,
    organisation_id: UUID,
    programme: str = "",
    quiz: str = "",
    language: str = "vi",
) -> ImportedQuiz:
    """Into the quiz with this key, or a new one. Raises UnknownProgramme, NothingThere, FileRefused, NotAllowed."""
    known = _programme(programme, organisation_id) if programme else None
    into = interchange.quizzes_of(known, quiz)[0] if known and quiz else None
    made, done = interchange.bring(
        octets, by=by, form=form, language=language, organisation_id=organisation_id, programme=known, quiz=into
    )
    problems = tuple((problem.where, interchange.problem_words(problem)) for problem in done.problems)
    return ImportedQuiz(made.pk, made.name, tuple(done.added), tuple(done.updated), tuple(done.unchanged), problems)


def _programme(slug: str, organisation_id: UUID | None) -> Programme:
    version = queries.find(slug, organisation_id=organisation_id)
    if version is None:
        raise UnknownProgramme(slug)
    return version.programme


# Rehearsals -------------------------------------------------------------------------------------


def open_simulation(course: Course, *, name: str, campuses: int) -> Simulation:
    """An academy, a copy of the programme and a cohort of its own, with a session that is open now. People come by
    `enrol_from_list`. Raises people.api.RehearsalThere."""
    return simulations.open_(course, name=name, campuses=campuses)


def simulated_seats(simulation: Simulation) -> list[Seat]:
    """Everybody on the list, with new codes that open their accounts."""
    return simulations.seats(simulation.cohort_id)


def stored_of_simulation(simulation: Simulation) -> dict[str, int]:
    """What the database holds of what was played."""
    return simulations.stored(simulation.cohort_id)


def simulations_kept() -> list[str]:
    return people.rehearsals_kept()


def remove_simulation(name: str) -> int:
    """Everything of it; how many people were in it."""
    return simulations.remove(name)


# Certificates ----------------------------------------------------------------------------------


def make_keys() -> int:
    """Of the institutions of this installation that have none: so that a backup holds them, and others can be given
    their public parts, before the first certificate. How many were made."""
    return issuers.make_keys()


@dataclass(frozen=True)
class Issued:
    """What a batch did. `eligible`: everybody who meets the rule, with one already or not; `refused`: person and what
    is missing: "attendance", "quiz:KEY", "lab:KEY", "sprint:KEY", "survey:KEY", or "name" where no font can show it."""

    cohort: str
    eligible: int
    issued: int
    already: int
    refused: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class CheckedCredential:
    """`revoked` None: it could not be found out. `problems`: (code, words)."""

    valid: bool
    revoked: bool | None
    problems: tuple[tuple[str, str], ...]
    holder: str
    number: str


def issue_certificates(cohort: str, *, by: By) -> Issued:
    """To all who are eligible in the cohort with this short name. Raises UnknownCohort, UserError."""
    found = certificate_queries.cohorts_named(cohort)
    if len(found) != 1:
        raise UnknownCohort(f"{cohort}: {'several cohorts have' if found else 'no cohort has'} this short name.")
    batch = certificate_actions.issue(by=by, cohort=found[0])
    refused = tuple((one["person"], tuple(one["missing"])) for one in batch.refused)
    return Issued(found[0].slug, batch.eligible, batch.issued, batch.already, refused)


def missing_in_words(codes: Iterable[str]) -> list[str]:
    """What `Issued.refused` says, for people."""
    return certificate_queries.in_words(codes)


def check_credential(
    octets: bytes, *, issuers: dict[str, object] | None = None, status_lists: Sequence[bytes] = ()
) -> CheckedCredential:
    """A JSON file, a baked PNG or a PDF. With the keys and lists of this installation; with `issuers` (the content of
    another's issuers.json) and `status_lists` with those only, and without the database. Raises ValueError where
    `issuers` cannot be read."""
    found = checking.check_elsewhere(octets, issuers, status_lists) if issuers is not None else checking.check(octets)
    badge = found.verdict.badge
    return CheckedCredential(
        valid=found.verdict.valid,
        revoked=found.verdict.revoked,
        problems=tuple((problem.code.value, checking.words(problem)) for problem in found.verdict.problems),
        holder=badge.holder if badge else "",
        number=badge.credentialSubject.licenseNumber if badge else "",
    )
