"""All files of a programme together: read, checked against each other, with one digest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import ValidationError

from khue.domains.academy.course import pages
from khue.domains.academy.course.archive import digest
from khue.domains.academy.course.faults import Fault, FaultyCourse, explained
from khue.domains.academy.course.lab import Lab, Rubric
from khue.domains.academy.course.lines import Document, Unreadable, read
from khue.domains.academy.course.programme import Programme, Topic
from khue.domains.academy.course.quiz import Quiz
from khue.domains.academy.course.sprint import Sprint
from khue.domains.academy.course.survey import Survey
from khue.domains.academy.course.texts import Part
from khue.kernel import artefacts

Files = Mapping[str, bytes]
P = TypeVar("P", bound=Part)
# what may stand where: a file elsewhere would be carried along unseen
SHAPES: dict[str, type[Part]] = {"labs": Lab, "surveys": Survey, "rubrics": Rubric}
NAMED: dict[str, type[Part]] = {"topic.yaml": Topic, "quiz.yaml": Quiz, "sprint.yaml": Sprint}
LOOSE = ("images/", "materials/")
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English", "fr": "Français"}


@dataclass(frozen=True)
class TopicFolder:
    key: str
    topic: Topic
    # language → Markdown
    pages: dict[str, str]
    quiz: Quiz | None = None


@dataclass(frozen=True)
class Course:
    programme: Programme
    topics: tuple[TopicFolder, ...]
    labs: dict[str, Lab]
    surveys: dict[str, Survey]
    rubrics: dict[str, Rubric]
    sprint: Sprint | None
    files: dict[str, bytes] = field(repr=False)

    @property
    def digest(self) -> str:
        return digest(self.files)

    def activity_keys(self) -> set[str]:
        """What the timetable may name."""
        quizzes = {f"{folder.key}-quiz" for folder in self.topics if folder.quiz}
        exercises = {exercise.key for folder in self.topics for exercise in folder.topic.exercises}
        sprint = {"sprint"} if self.sprint else set()
        return quizzes | exercises | sprint | set(self.labs) | set(self.surveys)


def parse(files: Files) -> Course:
    """Raises FaultyCourse with everything that is wrong, not only the first."""
    return _Reader(files).course()


class _Reader:
    """Collects faults while it reads on."""

    def __init__(self, files: Files) -> None:
        self.files = dict(files)
        self.faults: list[Fault] = []
        self.documents: dict[str, Document] = {}

    def course(self) -> Course:
        programme = self.part("programme.yaml", Programme)
        if programme is None:
            self.look_around()
            raise FaultyCourse(self.faults)
        topics = [self.topic(key, programme) for key in programme.topics]
        shelves = {name: self.shelf(name, shape) for name, shape in SHAPES.items()}
        sprint = self.part("sprint.yaml", Sprint) if "sprint.yaml" in self.files else None
        self.check_languages(programme)
        self.check_places(programme)
        if not self.faults:
            found = tuple(topic for topic in topics if topic)
            course = Course(programme, found, sprint=sprint, files=self.files, **shelves)  # type: ignore[arg-type]
            self.faults.extend(_unmet(course, self.documents))
            if not self.faults:
                return course
        raise FaultyCourse(self.faults)

    def look_around(self) -> None:
        """Without a programme.yaml that is right: what can be said of the other files all the same."""
        for file in sorted(self.files):
            name = file.rsplit("/", 1)[-1]
            if shape := NAMED.get(name):
                self.part(file, shape)
            if file.startswith("topics/") and name.removesuffix(".md") in LANGUAGE_NAMES:
                self.page(file)
        for folder, kind in SHAPES.items():
            self.shelf(folder, kind)

    def part(self, file: str, shape: type[P]) -> P | None:
        if file not in self.files:
            self.faults.append(Fault(file, 0, _("The file is missing. Add it.")))
            return None
        try:
            document = self.documents[file] = read(file, self.files[file])
            return shape.model_validate(document.data)
        except Unreadable as error:
            self.faults.append(error.fault)
        except ValidationError as error:
            self.faults.extend(_explained(document, error, shape))
        return None

    def topic(self, key: str, programme: Programme) -> TopicFolder | None:
        folder = f"topics/{key}"
        topic = self.part(f"{folder}/topic.yaml", Topic)
        quiz = self.part(f"{folder}/quiz.yaml", Quiz) if f"{folder}/quiz.yaml" in self.files else None
        texts: dict[str, str] = {language: self.page(f"{folder}/{language}.md") for language in programme.languages}
        return TopicFolder(key, topic, texts, quiz) if topic else None

    def page(self, file: str) -> str:
        if file not in self.files:
            self.faults.append(
                Fault(file, 0, _("The page is missing. Write it, or take its language out of the list."))
            )
            return ""
        try:
            text = self.files[file].decode("utf-8-sig")
        except UnicodeDecodeError:
            self.faults.append(Fault(file, 0, _("This is not UTF-8. Save the file as UTF-8 text.")))
            return ""
        self.faults.extend(pages.faults(file, text, self.files.keys()))
        return text

    def shelf(self, folder: str, shape: type[P]) -> dict[str, P]:
        """labs/<key>.yaml and the like."""
        found: dict[str, P] = {}
        for file in sorted(self.files):
            if file.startswith(f"{folder}/") and file.endswith(".yaml"):
                key = file.removeprefix(f"{folder}/").removesuffix(".yaml")
                if part := self.part(file, shape):
                    found[key] = part
        return found

    def check_languages(self, programme: Programme) -> None:
        wanted: set[str] = set(programme.languages)
        for document in self.documents.values():
            for line, there in document.texts():
                for language in sorted(wanted - there):
                    text = _("%(language)s is missing here. Add “%(code)s: …”.")
                    self.add(document.file, line, text % _language(language))
                for language in sorted(there - wanted):
                    text = _("%(language)s stands here, but not in `languages` of programme.yaml.")
                    self.add(document.file, line, text % _language(language))

    def check_places(self, programme: Programme) -> None:
        topics = tuple(f"topics/{key}/" for key in programme.topics)
        pages_there = {f"{language}.md" for language in programme.languages}
        for file in sorted(self.files):
            known = file in self.documents or file in {"programme.yaml", "README.md"} or file.startswith(LOOSE)
            page = file.startswith(topics) and file.split("/", 2)[2] in pages_there | {"topic.yaml", "quiz.yaml"}
            shelf = file.split("/")[0] in SHAPES and file.endswith(".yaml")
            if not (known or page or shelf):
                self.add(file, 0, _("No part of a programme. Move it to materials/ or images/, or list its topic."))

    def add(self, file: str, line: int, text: str) -> None:
        self.faults.append(Fault(file, line, text))


def _language(code: str) -> dict[str, str]:
    return {"language": LANGUAGE_NAMES[code], "code": code}


def _explained(document: Document, error: ValidationError, shape: type[Part]) -> Iterator[Fault]:
    for one in error.errors(include_url=False):
        known = _known_fields(shape, one["loc"])
        yield Fault(document.file, document.line(one["loc"]), explained(dict(one), known))


def _known_fields(shape: type[Part], place: tuple[str | int, ...]) -> list[str]:
    """The fields of the map that an unknown one stands in, found in the shape's JSON schema."""
    schema: dict[str, Any] = shape.model_json_schema()
    here: dict[str, Any] = schema
    for part in place[:-1]:
        here = _resolved(schema, here)
        if isinstance(part, int):
            here = here.get("items", {})
        elif "mapping" in here.get("discriminator", {}):
            here = {"$ref": here["discriminator"]["mapping"].get(part, "")}
        else:
            here = here.get("properties", {}).get(part, {})
    return list(_resolved(schema, here).get("properties", {}))


def _resolved(schema: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    for option in here.get("anyOf", []):
        if "$ref" in option:
            here = option
    name = here.get("$ref", "").removeprefix("#/$defs/")
    found: dict[str, Any] = schema.get("$defs", {}).get(name, {}) if name else here
    return found


def _unmet(course: Course, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """References to parts that are not there."""

    def fault(file: str, place: tuple[str | int, ...], text: str, name: str) -> Fault:
        return Fault(file, documents[file].line(place), text % {"name": name})

    no_topic = _("There is no topic “%(name)s” in `topics` of programme.yaml.")
    no_rubric = _("There is no rubrics/%(name)s.yaml. Add it or name another.")
    programme, topics, activities = course.programme, {folder.key for folder in course.topics}, course.activity_keys()
    for number, slot in enumerate(programme.timetable):
        if slot.topic and slot.topic not in topics:
            yield fault("programme.yaml", ("timetable", number, "topic"), no_topic, slot.topic)
        for position, key in enumerate(slot.activities):
            if key not in activities:
                text = _("There is no activity “%(name)s”: it takes the name of a lab, survey or exercise, "
                         "“<topic>-quiz” or “sprint”.")  # fmt: skip
                yield fault("programme.yaml", ("timetable", number, "activities", position), text, key)
    for number, key in enumerate(programme.certificate.labs if programme.certificate else ()):
        if key not in course.labs:
            text = _("There is no labs/%(name)s.yaml. Add it or name another.")
            yield fault("programme.yaml", ("certificate", "labs", number), text, key)
    for number, key in enumerate(programme.certificate.surveys if programme.certificate else ()):
        if key not in course.surveys:
            text = _("There is no surveys/%(name)s.yaml. Add it or name another.")
            yield fault("programme.yaml", ("certificate", "surveys", number), text, key)
    for key, lab in course.labs.items():
        file = f"labs/{key}.yaml"
        if lab.topic and lab.topic not in topics:
            yield fault(file, ("topic",), no_topic, lab.topic)
        if lab.rubric not in course.rubrics:
            yield fault(file, ("rubric",), no_rubric, lab.rubric)
        for number, path in enumerate(lab.materials):
            if path not in course.files:
                text = _("There is no file “%(name)s”. Correct the path or add it.")
                yield fault(file, ("materials", number), text, path)
        yield from _unknown_checks(lab, documents[file])
    if course.sprint and course.sprint.rubric not in course.rubrics:
        yield fault("sprint.yaml", ("rubric",), no_rubric, course.sprint.rubric)
    yield from _repeated(course)


def _unknown_checks(lab: Lab, document: Document) -> Iterator[Fault]:
    """Where the lab's tool is not installed here, nothing can be said of its checks."""
    kinds = [kind.name for kind in artefacts.of_tool(lab.tool)] + [
        name for name in lab.evidence if artefacts.kind(name)
    ]
    for number, check in enumerate(lab.checks if kinds else ()):
        place: tuple[str | int, ...] = ("checks", number)
        found = artefacts.check(lab.tool, check.kind, also=lab.evidence)
        if found is None:
            text = _("There is no check “%(name)s”. Choose one of: %(known)s.")
            known = ", ".join(artefacts.check_names(lab.tool, also=lab.evidence))
            yield Fault(document.file, document.line((*place, "kind")), text % {"name": check.kind, "known": known})
            continue
        try:
            found[1].settings.model_validate(check.settings)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                line = document.line((*place, "settings", *one["loc"]))
                yield Fault(document.file, line, explained(dict(one), list(found[1].settings.model_fields)))


def _repeated(course: Course) -> Iterator[Fault]:
    """Activities share one room of names, whatever folder they stand in."""
    seen: dict[str, str] = {f"{folder.key}-quiz": f"topics/{folder.key}/quiz.yaml" for folder in course.topics}
    places = [
        (exercise.key, f"topics/{folder.key}/topic.yaml")
        for folder in course.topics
        for exercise in folder.topic.exercises
    ]
    places += [(key, f"labs/{key}.yaml") for key in course.labs] + [
        (key, f"surveys/{key}.yaml") for key in course.surveys
    ]
    for key, file in places + ([("sprint", "sprint.yaml")] if course.sprint else []):
        if key in seen:
            text = _("“%(name)s” is the key of another activity in %(file)s. Choose another.")
            yield Fault(file, 0, text % {"name": key, "file": seen[key]})
        seen[key] = file
