"""What was used, and what may be: of an organisation, and of the people in it."""

from dataclasses import dataclass
from uuid import UUID

from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Period, Spent, Whose

SHOWN = 50


@dataclass(frozen=True)
class Use:
    """Of one organisation or person in the running day and month. Energy in joules, CO2 in grams: estimates."""

    id: UUID
    name: str
    today: Spent
    month: Spent

    @property
    def kilojoules(self) -> float:
        return self.month.energy_mj / 1_000_000

    @property
    def grams(self) -> float:
        return self.month.co2_ug / 1_000_000


def places(by: Actor) -> list[Use]:
    """The own organisation and those below it that have used anything."""
    return _uses(Whose.ORGANISATION, by, people.organisation_names)


def persons(by: Actor) -> list[Use]:
    """Who has used models there this month, the most first."""
    return _uses(Whose.PERSON, by, people.person_names)[:SHOWN]


def person(by: Actor, person_id: UUID) -> Use | None:
    return next((use for use in _uses(Whose.PERSON, by, people.person_names) if use.id == person_id), None)


def _uses(whose: Whose, by: Actor, names_of: object) -> list[Use]:
    month = gateway.spent(whose, Period.MONTH, organisation_ids=by.branch)
    today = {one.subject: one for one in gateway.spent(whose, Period.DAY, organisation_ids=by.branch)}
    names: dict[UUID, str] = names_of(UUID(one.subject) for one in month)  # type: ignore[operator]
    return [
        Use(UUID(one.subject), names[UUID(one.subject)], today.get(one.subject, Spent(one.subject, 0, 0, 0, 0)), one)
        for one in month
        if UUID(one.subject) in names
    ]
