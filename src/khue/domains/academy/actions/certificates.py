"""Giving certificates: for a whole cohort at once, again for one person; taking them back; what their holders show."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions import issuers, notices
from khue.domains.academy.credentials import badges, proofs, status
from khue.domains.academy.credentials.verification import KeyState
from khue.domains.academy.models import (
    BatchState,
    Certificate,
    CertificateBatch,
    CertificatePlan,
    Cohort,
    Enrolment,
    Issuer,
    IssuerKey,
    Series,
    StatusList,
)
from khue.domains.academy.permissions.certificates import check_can_certify
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.queries.certificates import Candidate, eligibility
from khue.domains.academy.roster.plain import tidy
from khue.domains.academy.rules.certificates import LANGUAGES, Ended
from khue.domains.academy.rules.cohorts import EnrolmentState
from khue.domains.academy.rules.texts import in_language
from khue.kernel import jobs
from khue.kernel.clock import now
from khue.kernel.errors import UserError
from khue.kernel.models import uuid7
from khue.ui.typesetting import without_glyphs

ISSUE = "academy.issue"
# so many are given in one transaction: what a killed process loses, and how long it holds the serial numbers
AT_ONCE = 25
# what is missing where a name cannot be set
NAME = "name"
Paper = dict[str, Any]


class NoCertificate(UserError):
    """The programme gives none."""


class HoldsNoMore(UserError):
    """The certificate was ended before."""


class NameNotPrintable(UserError):
    """None of the fonts has a character of the name."""


@dataclass(frozen=True)
class Hands:
    """Who signs, with what."""

    issuer: Issuer
    key: IssuerKey
    private: proofs.Key
    second: Issuer | None = None
    second_key: IssuerKey | None = None
    second_private: proofs.Key | None = None


def plan_of(cohort: Cohort) -> CertificatePlan:
    """Made when there is none: the organisation alone, in the programme's languages, Vietnamese first."""
    found = CertificatePlan.objects.select_related("issuer", "second").filter(cohort=cohort).first()
    if found is None:
        languages = sorted(cohort.version.languages, key=LANGUAGES.index)[:2]
        defaults = {"issuer": issuers.own(cohort.organisation_id), "languages": languages}
        found, _made = CertificatePlan.objects.get_or_create(cohort=cohort, defaults=defaults)
    return found


@transaction.atomic
def change_plan(*, by: By, cohort: Cohort, issuer: Issuer, second: Issuer | None, languages: Sequence[str]) -> None:
    """For the certificates that are given from now on."""
    check_can_certify(by, cohort.organisation_id)
    found = plan_of(cohort)
    found.issuer, found.second, found.languages = issuer, second, list(languages)
    found.save()


@transaction.atomic
def ask(*, by: By, cohort: Cohort) -> CertificateBatch:
    """A batch that a worker begins; the one that is not over, where there is one."""
    check_can_certify(by, cohort.organisation_id)
    check_gives(cohort)
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    running = cohort.certificate_batches.filter(state__in=(BatchState.WAITING, BatchState.RUNNING)).first()
    if running:
        return running
    batch = CertificateBatch.objects.create(cohort=cohort, asked_by_id=by.person_id if by else None)
    jobs.later(ISSUE, one_at_a_time=f"{ISSUE}:{cohort.pk}", batch=str(batch.pk))
    return batch


def check_gives(cohort: Cohort) -> None:
    if not cohort.version.definition.get("certificate"):
        raise NoCertificate(_("This programme gives no certificate. Describe one in its programme.yaml."))


def issue(*, by: By, cohort: Cohort, batch: CertificateBatch | None = None) -> CertificateBatch:
    """To everybody who is eligible and has none. Once or often, by one process or several: each person gets one, and
    no serial number is left out. Killed, it goes on where it was. Raises NoCertificate, NotAllowed, KeyMissing."""
    check_can_certify(by, cohort.organisation_id)
    check_gives(cohort)
    batch = batch or CertificateBatch(cohort=cohort, asked_by_id=by.person_id if by else None)
    plan, found = plan_of(cohort), eligibility(cohort)
    printable, unprintable = _by_name(found.ready)
    held = sum(one.certificate is not None for one in found.candidates)
    batch.state = BatchState.RUNNING
    batch.refused = [_refusal(one, [NAME]) for one in unprintable] + [
        _refusal(one, [code for condition in one.missing for code in condition.codes])
        for one in found.candidates
        if not one.is_eligible and not one.certificate
    ]
    batch.eligible = held + len(printable) + len(unprintable)
    batch.already = held - batch.issued
    batch.save()
    for first in range(0, len(printable), AT_ONCE):
        _give(plan, [one.enrolment for one in printable[first : first + AT_ONCE]], batch)
    batch.state, batch.ended_at = BatchState.DONE, now()
    batch.save()
    return batch


@transaction.atomic
def revoke(*, by: By, certificate: Certificate, why: Ended, note: str = "") -> None:
    """Raises NotAllowed, HoldsNoMore."""
    check_can_certify(by, certificate.cohort.organisation_id)
    _end(certificate, by, why, note)
    notices.certificate_withdrawn(certificate)


@transaction.atomic
def reissue(*, by: By, certificate: Certificate, why: Ended, name: str = "", note: str = "") -> Certificate:
    """Another in its place, which the old one's check page names; with the person's name of today unless one is given.
    Raises NotAllowed, HoldsNoMore, NameNotPrintable, KeyMissing."""
    check_can_certify(by, certificate.cohort.organisation_id)
    enrolment = certificate.cohort.enrolments.select_related("person", "place").get(person=certificate.person_id)
    holder = name.strip() or str(enrolment.person)
    if lacking := without_glyphs(holder):
        raise NameNotPrintable(
            _("No font here has these characters of the name: %(characters)s. Nothing was changed.")
            % {"characters": " ".join(lacking)}
        )
    plan, at = plan_of(certificate.cohort), now()
    # in the order in which a batch takes its locks
    _lock_series(plan, at)
    _end(certificate, by, why, note)
    (made,) = _write(plan, [(enrolment, holder)], at=at)
    made.replaces = certificate
    made.shows_name, made.shows_course, made.shows_file = (
        certificate.shows_name, certificate.shows_course, certificate.shows_file
    )  # fmt: skip
    made.save()
    notices.certificates_given(certificate.cohort, [made])
    return made


@transaction.atomic
def forget(cohorts: QuerySet[Cohort]) -> None:
    """Of a rehearsal, whose certificates nobody holds: they, and the institutions and keys that it had of its own."""
    Certificate.objects.filter(cohort__in=cohorts).update(replaces=None)
    Certificate.objects.filter(cohort__in=cohorts).delete()
    CertificatePlan.objects.filter(cohort__in=cohorts).delete()
    unused = Issuer.objects.filter(organisation__in=cohorts.values("organisation"))
    unused = unused.exclude(pk__in=Certificate.objects.values("key__issuer"))
    unused = unused.exclude(pk__in=Certificate.objects.exclude(second_key=None).values("second_key__issuer"))
    unused = Issuer.objects.filter(pk__in=list(unused.values_list("pk", flat=True)))
    StatusList.objects.filter(key__issuer__in=unused).delete()
    Series.objects.filter(code__in=unused.values("code")).delete()
    for key in IssuerKey.objects.filter(issuer__in=unused):
        issuers.forget(key)
    unused.delete()


def show(*, certificate: Certificate, name: bool, course: bool, file: bool) -> None:
    """What its holder agrees to. The file says all of it, so it takes the others with it."""
    certificate.shows_file = file
    certificate.shows_name, certificate.shows_course = name or file, course or file
    certificate.save(update_fields=["shows_name", "shows_course", "shows_file", "updated_at"])


@transaction.atomic
def _give(plan: CertificatePlan, enrolments: Sequence[Enrolment], batch: CertificateBatch) -> None:
    """Those of them who still have none. Whoever comes second waits for the first, and sees what that one gave."""
    at = now()
    _lock_series(plan, at)
    have = set(
        Certificate.objects.holding()
        .filter(cohort=plan.cohort_id, person__in=[one.person_id for one in enrolments])
        .values_list("person_id", flat=True)
    )
    without = [(one, str(one.person)) for one in enrolments if one.person_id not in have]
    made = Certificate.objects.bulk_create(_write(plan, without, at=at) if without else [])
    notices.certificates_given(plan.cohort, made)
    completed = Enrolment.objects.filter(pk__in=[one.pk for one, _holder in without])
    completed.update(state=EnrolmentState.COMPLETED, updated_at=at)
    batch.issued += len(without)
    batch.already += len(enrolments) - len(without)
    batch.save()


def _write(plan: CertificatePlan, people: Sequence[tuple[Enrolment, str]], *, at: datetime) -> list[Certificate]:
    """Numbered and signed, not saved; as many queries for many as for one."""
    hands = _hands(plan)
    series = _lock_series(plan, at)
    place = issuers.open_list(hands.key, hands.private, room=len(people), at=at)
    paper = _paper(plan)
    made = [
        _certificate(hands, series, place, enrolment, holder, paper | _of_person(enrolment), at)
        for enrolment, holder in people
    ]
    series.save()
    place.save(update_fields=["taken", "updated_at"])
    return made


def _certificate(
    hands: Hands, series: Series, place: StatusList, enrolment: Enrolment, holder: str, paper: Paper, at: datetime
) -> Certificate:
    series.last += 1
    index = place.index(place.taken)
    place.taken += 1
    made = Certificate(
        id=uuid7(),
        cohort=enrolment.cohort,
        person_id=enrolment.person_id,
        holder=tidy(holder),
        code=series.code,
        year=series.year,
        serial=series.last,
        token=secrets.token_urlsafe(16),
        key=hands.key,
        second_key=hands.second_key,
        status_list=place,
        status_index=index,
        paper=paper,
        issued_at=at,
    )
    award = _award(made, enrolment, place.url)
    made.credential = proofs.written(badges.credential(award, *_institutions(hands, paper)))
    return made


def _award(made: Certificate, enrolment: Enrolment, status_url: str) -> badges.Award:
    paper, language = made.paper, made.paper["languages"][0]
    version = enrolment.cohort.version
    campus = paper["campus"]
    return badges.Award(
        id=made.pk,
        number=made.number,
        holder=badges.Holder(made.holder, enrolment.person.email, secrets.token_hex(16)),
        achievement=badges.Achievement(
            id=uuid5(version.pk, "achievement"),
            name=in_language(paper["names"], language),
            description=in_language(version.summaries, language),
            criteria=in_language(paper["criteria"], language),
            language=language,
        ),
        starts_on=enrolment.cohort.starts_on,
        ends_on=enrolment.cohort.ends_on,
        at=made.issued_at,
        status_list=status_url,
        status_index=made.status_index,
        campus=(UUID(campus["id"]), in_language(campus["names"], language)) if campus else None,
    )


def _institutions(hands: Hands, paper: Paper) -> tuple[badges.Institution, badges.Institution | None]:
    language = paper["languages"][0]
    first = badges.Institution(in_language(hands.issuer.names, language), hands.private, hands.issuer.url)
    if hands.second is None or hands.second_private is None:
        return first, None
    return first, badges.Institution(in_language(hands.second.names, language), hands.second_private, hands.second.url)


def _hands(plan: CertificatePlan) -> Hands:
    key = issuers.active_key(plan.issuer)
    if plan.second is None:
        return Hands(plan.issuer, key, issuers.signing(key))
    second = issuers.active_key(plan.second)
    return Hands(plan.issuer, key, issuers.signing(key), plan.second, second, issuers.signing(second))


def _paper(plan: CertificatePlan) -> Paper:
    """What stands on every certificate of the cohort, kept with each: what changes later does not change it."""
    cohort = plan.cohort
    described = cohort.version.definition["certificate"]
    return {
        "languages": plan.languages,
        "names": described["names"],
        "criteria": described["criteria"],
        "programme": cohort.version.names,
        "starts_on": cohort.starts_on.isoformat(),
        "ends_on": cohort.ends_on.isoformat(),
        "time_zone": cohort.time_zone,
        "issuers": [_on_paper(issuer) for issuer in (plan.issuer, plan.second) if issuer],
    }


def _on_paper(issuer: Issuer) -> Paper:
    return {
        "names": issuer.names,
        "signatory": issuer.signatory,
        "titles": issuer.signatory_titles,
        "seal": issuer.seal_id,
        "signature": issuer.signature_id,
    }


def _of_person(enrolment: Enrolment) -> Paper:
    place = enrolment.place
    taught = place is not None and place.organisation_id
    return {"campus": {"id": str(place.organisation_id), "names": place.names} if place and taught else None}


def _lock_series(plan: CertificatePlan, at: datetime) -> Series:
    year = at.astimezone(ZoneInfo(plan.cohort.time_zone)).year
    Series.objects.get_or_create(code=plan.issuer.code, year=year)
    return Series.objects.select_for_update().get(code=plan.issuer.code, year=year)


def _end(certificate: Certificate, by: By, why: Ended, note: str) -> None:
    """On the list, too, as far as its key may still sign."""
    ended = Certificate.objects.holding().filter(pk=certificate.pk)
    at = now()
    person_id = by.person_id if by else None
    if not ended.update(ended_at=at, ended_why=why.value, ended_note=note[:300], ended_by=person_id, updated_at=at):
        raise HoldsNoMore(_("This certificate is revoked or replaced already. Nothing was changed."))
    found = StatusList.objects.select_for_update().select_related("key__issuer").get(pk=certificate.status_list_id)
    found.bits = status.set_bit(bytes(found.bits), certificate.status_index)
    if found.key.state != KeyState.REVOKED:
        issuers.sign_list(found, issuers.signing(found.key), at=at)
    found.save(update_fields=["bits", "document", "updated_at"])


def _by_name(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Those whose names can be set, and those of whose names no font has all characters."""
    bad = {one.enrolment.pk for one in candidates if without_glyphs(str(one.enrolment.person))}
    return (
        [one for one in candidates if one.enrolment.pk not in bad],
        [one for one in candidates if one.enrolment.pk in bad],
    )


def _refusal(candidate: Candidate, missing: Sequence[str]) -> dict[str, object]:
    return {
        "enrolment": str(candidate.enrolment.pk),
        "person": str(candidate.enrolment.person),
        "missing": list(missing),
    }
