"""What people choose for themselves."""

from django.utils.translation import gettext_lazy as _

from khue.domains.people.models import Organisation, Person
from khue.domains.people.rules import Actor
from khue.kernel.errors import NotAllowed


def choose(*, by: Person, language: str = "", theme: str = "") -> None:
    """Empty leaves as it is."""
    by.language = language or by.language
    by.theme = theme or by.theme
    by.save(update_fields=["language", "theme"])


def work_in(*, by: Actor, organisation: Organisation) -> None:
    if organisation.pk not in by.organisations:
        raise NotAllowed(_("You hold no role in this organisation."))
    Person.objects.filter(pk=by.person_id).update(working_in=organisation)


def password_is_own(person: Person) -> None:
    """After the person has chosen it: the password is no longer one that somebody else has seen."""
    person.password_expires_at = None
    person.save(update_fields=["password_expires_at"])
