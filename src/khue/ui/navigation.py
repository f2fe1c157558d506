"""The three rooms and their places. A place whose page is not there yet is left out; a role sees what it can use."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.ui import news

EVERYONE: frozenset[str] = frozenset()
STEWARDS = frozenset({"steward", "administrator"})
TEACHERS = frozenset({"lecturer", "coordinator", "administrator"})
ADMINISTRATORS = frozenset({"administrator"})
ORGANISERS = frozenset({"coordinator", "administrator"})


@dataclass(frozen=True)
class Place:
    """Current on every page below its address. Empty `roles`: everyone who signs in."""

    label: Promise
    url_name: str
    icon: str
    about: Promise
    roles: frozenset[str] = EVERYONE

    def url(self) -> str | None:
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return None


@dataclass(frozen=True)
class Room:
    label: Promise
    about: Promise
    places: tuple[Place, ...]


ROOMS = (
    Room(
        _("Learn"),
        _("Learn by doing, with the tools that stand in Work."),
        (
            Place(
                _("Programmes"),
                "academy:programmes",
                "graduation-cap",
                _("Read, practise and pass, at your own pace or with a cohort."),
            ),
            Place(_("My days"), "academy:days", "calendar", _("What is next, what is missing, and checking in.")),
            Place(
                _("Mini sprints"),
                "academy:sprints",
                "presentation",
                _("Solve a real problem of an agency with your team, and show what came of it."),
            ),
            Place(
                _("My certificates"),
                "academy:certificates",
                "award",
                _("What you were given, what is missing for the next, and what others may see."),
            ),
            Place(
                _("Cohorts"),
                "academy:cohorts",
                "users",
                _("Enrol people, run sessions at several places, see who is where."),
                TEACHERS,
            ),
            Place(
                _("Quizzes"),
                "academy:quizzes",
                "list-checks",
                _("Questions and how they work, essays to mark, files of other systems."),
                TEACHERS,
            ),
            Place(
                _("Grading"),
                "academy:grading",
                "pen-line",
                _("What participants handed in, the oldest first, with what the computer saw in it."),
                TEACHERS,
            ),
            Place(
                _("Institutions"),
                "academy:issuers",
                "landmark",
                _("Whose names, seals and signatures stand on certificates, and their keys."),
                ADMINISTRATORS,
            ),
            Place(_("Guides"), "ui:guides", "book-open", _("Short guides to follow at your own desk.")),
        ),
    ),
    Room(
        _("Work"),
        _("Ask, check and keep what your work stands on."),
        (
            Place(
                _("Ask documents"),
                "knowledge:ask",
                "message-circle-question-mark",
                _("Ask in your own words; every sentence of the answer is checked against its source."),
            ),
            Place(
                _("Drafting"),
                "drafting:index",
                "pen-line",
                _("Write administrative documents in the right form, check those of others, keep the register."),
            ),
            Place(
                _("Synthesis"),
                "synthesis:index",
                "layers",
                _("Many reports, answers or notes to one text, with document and page for every sentence."),
            ),
            Place(
                _("Procedures"),
                "procedures:list",
                "list-checks",
                _("Look up fees, time limits and papers of administrative procedures."),
            ),
            Place(
                pgettext_lazy("tool", "Data"),
                "analysis:index",
                "chart-column",
                _("Load a spreadsheet, ask it in your own words, and keep every figure traceable."),
            ),
            Place(
                _("Assistants"),
                "assistants:index",
                "bot",
                _("Build an assistant for a public service, prove that it is good, then publish it."),
            ),
            Place(
                _("Prototypes"),
                "prototypes:list",
                "wrench",
                _("Describe a small tool, get it, try it, check it, hand it on."),
            ),
            Place(_("Library"), "knowledge:library", "library", _("Collections of documents that you may read.")),
        ),
    ),
    Room(
        _("Govern"),
        _("See and decide what may go where."),
        (
            Place(
                _("Sovereignty report"),
                "stewardship:report",
                "chart-column",
                _("What was asked, what was hidden, what left and what was refused."),
                STEWARDS,
            ),
            Place(
                _("Use cases"),
                "stewardship:use-cases",
                "clipboard-list",
                _("What AI is used for, for whom, and who decided about it."),
                STEWARDS,
            ),
            Place(
                _("Data policy"),
                "stewardship:policy",
                "landmark",
                _("Which class of data may go where, by which rule."),
                STEWARDS,
            ),
            Place(
                _("Data classes"),
                "stewardship:classes",
                "shield-check",
                _("What has risen above its collection, and the decisions about it."),
                STEWARDS,
            ),
            Place(
                _("Ledger"),
                "stewardship:ledger",
                "scroll-text",
                _("Every use of a model: who, when, what for, what left."),
                STEWARDS,
            ),
            Place(_("Models"), "stewardship:models", "cpu", _("Which models run where, and how they are."), STEWARDS),
            Place(
                _("Budgets"),
                "budgets:index",
                "chart-column",
                _("How many tokens people and units may use, and what they used."),
                STEWARDS,
            ),
            Place(
                _("Keys for programs"),
                "keys:index",
                "key-round",
                _("Which programs may ask models, in whose name."),
                STEWARDS,
            ),
            Place(
                _("People"),
                "people:list",
                "users",
                _("Accounts and roles in your organisation."),
                ORGANISERS,
            ),
            Place(
                _("Organisations"),
                "people:organisations",
                "building-2",
                _("The tree of your organisation and its units."),
                ORGANISERS,
            ),
        ),
    ),
)


@dataclass(frozen=True)
class OpenPlace:
    label: Promise
    url: str
    icon: str
    about: Promise
    current: bool
    # how many things are new there
    news: int = 0


@dataclass(frozen=True)
class OpenRoom:
    label: Promise
    about: Promise
    places: tuple[OpenPlace, ...]


def roles_of(request: HttpRequest) -> frozenset[str]:
    """The roles that the people domain's middleware puts on the request; none without it."""
    return frozenset(getattr(request, "roles", ()))


def _open(place: Place, roles: frozenset[str], path: str, new: Mapping[str, int]) -> OpenPlace | None:
    url = place.url()
    if url is None or (place.roles and not place.roles & roles):
        return None
    current = path.startswith(url)
    return OpenPlace(place.label, url, place.icon, place.about, current, new.get(place.url_name, 0))


def rooms_for(request: HttpRequest) -> list[OpenRoom]:
    """The rooms that have at least one place open to this request."""
    if not request.user.is_authenticated:
        return []
    roles, new = roles_of(request), news.at_places(request)
    opened = [
        OpenRoom(room.label, room.about, tuple(filter(None, (_open(p, roles, request.path, new) for p in room.places))))
        for room in ROOMS
    ]
    return [room for room in opened if room.places]
