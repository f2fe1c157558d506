"""Two enrolments of one human being become one: a walk-in and the row of the list, or any double."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions import belongings
from khue.domains.academy.actions.belongings import BELONGINGS
from khue.domains.academy.models import Certificate, Cohort, Enrolment, EnrolmentMerge
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.rules.cohorts import EnrolmentState
from khue.domains.academy.rules.invitations import ON_ITS_WAY
from khue.domains.people import api as people
from khue.kernel.errors import UserError

# where both say something, the one that goes on is right; where it says nothing, the other
FACTS = ("place", "team", "province", "province_before", "unit", "job", "experience", "phone", "code")
# the farthest state of the two
STATES = [EnrolmentState.WITHDRAWN, EnrolmentState.INVITED, EnrolmentState.ACTIVE, EnrolmentState.COMPLETED]


class NotOne(UserError):
    """The two are not enrolments of one cohort."""


class BothCertified(UserError):
    """What is signed cannot be merged."""


@transaction.atomic
def merge(*, by: By, enrolment: Enrolment, into: Enrolment) -> EnrolmentMerge:
    """`into` goes on with all that hung on both; the account that somebody has opened goes on, the other is closed.
    The same form sent twice merges once. Raises NotOne, BothCertified, NotAllowed."""
    check_can_run_cohorts(by, into.cohort.organisation_id)
    Cohort.objects.select_for_update().get(pk=into.cohort_id)
    if done := EnrolmentMerge.objects.filter(enrolment=into, was__pk=str(enrolment.pk)).first():
        return done
    found = Enrolment.objects.select_for_update(of=("self",)).select_related("person", "cohort", "place", "team")
    both = {one.pk: one for one in found.filter(pk__in=[enrolment.pk, into.pk], cohort=into.cohort_id)}
    if len(both) != 2:
        raise NotOne(_("Choose two different people of this cohort."))
    if _hold_certificates(both.values()) > 1:
        raise BothCertified(_("Both hold a certificate of this cohort. Revoke one of them first."))
    return _merge(by, both[enrolment.pk], both[into.pk])


def _hold_certificates(enrolments: Collection[Enrolment]) -> int:
    persons = [enrolment.person_id for enrolment in enrolments]
    cohorts = [enrolment.cohort_id for enrolment in enrolments]
    return Certificate.objects.filter(cohort__in=cohorts, person__in=persons, ended_at=None).count()


def goes_on(enrolment: Enrolment, into: Enrolment) -> Enrolment:
    """Whose account: that of `into`, unless only the other's has been opened and nothing else needs the first."""
    if into.is_opened or not enrolment.is_opened:
        return into
    return into if _is_elsewhere(into) else enrolment


def _merge(by: By, enrolment: Enrolment, into: Enrolment) -> EnrolmentMerge:
    stays = goes_on(enrolment, into)
    gives_way = into if stays is enrolment else enrolment
    person, other = stays.person, gives_way.person
    record = EnrolmentMerge(
        cohort_id=into.cohort_id, enrolment=into, person=person, from_person=other,
        was=belongings.as_it_is(enrolment), by_id=by.person_id if by else None,
    )  # fmt: skip
    # with a code of the account that perhaps gives way
    enrolment.letters.filter(state__in=list(ON_ITS_WAY)).delete()
    carried = belongings.carry(
        into.cohort,
        [
            (b, enrolment.pk, into.pk) if b.field == "enrolment" else (b, other.pk, person.pk)
            for b in BELONGINGS
        ],
    )  # fmt: skip
    record.carried = {name: done.rows for name, done in carried.items()}
    record.set_aside = {name: done.set_aside for name, done in carried.items() if done.set_aside}
    name = into.person.full_name if stays.is_walk_in else ""
    _join_facts(enrolment, into)
    enrolment.delete()
    into.person = person
    into.save()
    record.save()
    _give_role(by, into)
    if not Enrolment.objects.filter(person=other).exists():
        people.close_double(by=by, person_id=other.pk, into_id=person.pk, name=name)
    return record


def _join_facts(enrolment: Enrolment, into: Enrolment) -> None:
    for fact in FACTS:
        if getattr(into, fact) in (None, ""):
            setattr(into, fact, getattr(enrolment, fact))
    states = [EnrolmentState(one.state) for one in (enrolment, into)]
    into.state = max(states, key=STATES.index)
    into.is_walk_in = into.is_walk_in and enrolment.is_walk_in


def _give_role(by: By, into: Enrolment) -> None:
    """Of a participant where `into` sits, which the account that goes on may not have had."""
    organisation = (into.place.organisation_id if into.place else None) or into.cohort.organisation_id
    if by is None or organisation in by.branch:
        people.give_participant_role(by=by, places={into.person_id: organisation})


def _is_elsewhere(enrolment: Enrolment) -> bool:
    return Enrolment.objects.filter(person=enrolment.person_id).exclude(pk=enrolment.pk).exists()
