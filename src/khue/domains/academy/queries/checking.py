"""What is said of a certificate to whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.credentials import verification
from khue.domains.academy.credentials.verification import Code, Problem, Verdict
from khue.domains.academy.models import Certificate
from khue.domains.academy.queries import issuers
from khue.domains.academy.rules.texts import in_language
from khue.kernel.clock import now

WORDS: dict[Code, str | Promise] = {
    Code.NOTHING_INSIDE: _("The file holds no certificate that can be checked."),
    Code.SHAPE: _(
        "The file is not a certificate as it was signed: something in it is missing, added or of another form."
    ),
    Code.PROOF: _("The signature does not fit: the file was changed after it was signed, or never signed."),
    Code.ISSUER: _("The file was signed by somebody else than the institution that it names."),
    Code.ISSUER_UNKNOWN: _("The key that signed this file belongs to no institution that is known here."),
    Code.KEY_REVOKED: _("The key that signed this file was revoked. Ask the institution for a new certificate."),
    Code.FUTURE: _("The certificate says that it was given in the future."),
    Code.ENDORSEMENT: _("The second institution did not sign this certificate."),
    Code.STATUS_LIST: _("The list of revoked certificates is not the institution’s."),
    Code.STATUS_UNKNOWN: _("Whether it was revoked could not be checked: the institution’s list is not at hand."),
    Code.REVOKED: _("The institution has revoked this certificate."),
}


@dataclass(frozen=True)
class Checked:
    """A file and what is said of it."""

    verdict: Verdict
    certificate: Certificate | None

    @property
    def problems(self) -> list[str]:
        return [words(problem) for problem in self.verdict.problems]


def words(problem: Problem) -> str:
    return str(WORDS[problem.code])


def check(octets: bytes) -> Checked:
    """With the keys and lists of this installation."""
    verdict = verification.verify(octets, known=issuers.known(), lists=issuers.list_with_url, at=now())
    certificate = None
    is_genuine = not {problem.code for problem in verdict.problems} - {Code.REVOKED, Code.STATUS_UNKNOWN}
    if is_genuine and verdict.badge:
        pk = verdict.badge.id.removeprefix("urn:uuid:")
        certificate = Certificate.objects.select_related("replaced_by").filter(pk=pk).first()
    return Checked(verdict, certificate)


def check_elsewhere(octets: bytes, issuers_file: Mapping[str, Any], status_lists: Sequence[bytes]) -> Checked:
    """With the keys and lists that are given; nothing of this installation. Raises ValueError for another file."""
    known = verification.known_from(issuers_file)
    lists = verification.lists_from(status_lists)
    return Checked(verification.verify(octets, known=known, lists=lists, at=now()), None)


def said(certificate: Certificate) -> dict[str, Any]:
    """For the check page and programs: its state, who gave it and when; more only as far as the holder agreed."""
    paper, language = certificate.paper, get_language() or "vi"
    found: dict[str, Any] = {
        "number": certificate.number,
        "state": state(certificate),
        "issuers": [in_language(one["names"], language) for one in paper["issuers"]],
        "issued": certificate.issued_at.date().isoformat(),
    }
    if certificate.ended_at:
        found["ended"] = certificate.ended_at.date().isoformat()
    if certificate.shows_name:
        found["holder"] = certificate.holder
    if certificate.shows_course:
        found |= _course(paper, language)
    return found


def state(certificate: Certificate) -> str:
    """valid, replaced, revoked or key_revoked."""
    keys = [certificate.key, *([certificate.second_key] if certificate.second_key else [])]
    if not certificate.holds:
        return "replaced" if certificate.successor else "revoked"
    is_lost = any(key.state == verification.KeyState.REVOKED for key in keys)
    return "key_revoked" if is_lost else "valid"


def _course(paper: Mapping[str, Any], language: str) -> dict[str, Any]:
    campus = {"campus": in_language(paper["campus"]["names"], language)} if paper["campus"] else {}
    return {
        "programme": in_language(paper["programme"], language),
        "starts_on": paper["starts_on"],
        "ends_on": paper["ends_on"],
        "criteria": in_language(paper["criteria"], language),
    } | campus
