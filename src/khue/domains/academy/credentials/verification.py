"""Whether a certificate is what was signed, by whom, and still holds. Nothing is fetched: keys and lists are given."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from khue.domains.academy.credentials import proofs, shape, status
from khue.domains.academy.credentials.badges import fingerprint
from khue.domains.academy.credentials.canonical import NotCanonical
from khue.domains.academy.credentials.packaging import NothingInside, credential_in

# clocks differ
SKEW = timedelta(minutes=5)


class KeyState(StrEnum):
    ACTIVE = "active"
    # signs no more; what it signed stays good
    RETIRED = "retired"
    # others may have it: nothing that it signed can be relied on
    REVOKED = "revoked"


class Code(StrEnum):
    NOTHING_INSIDE = "nothing_inside"
    SHAPE = "shape"
    PROOF = "proof"
    ISSUER = "issuer"
    ISSUER_UNKNOWN = "issuer_unknown"
    KEY_REVOKED = "key_revoked"
    FUTURE = "future"
    ENDORSEMENT = "endorsement"
    STATUS_LIST = "status_list"
    STATUS_UNKNOWN = "status_unknown"
    REVOKED = "revoked"


@dataclass(frozen=True)
class KnownKey:
    """A key that one has reason to hold for an institution's own."""

    did: str
    institution: str
    state: KeyState = KeyState.ACTIVE
    reason: str = ""


@dataclass(frozen=True)
class Problem:
    code: Code
    detail: str = ""


@dataclass(frozen=True)
class Verdict:
    """`revoked` None: it could not be found out. `badge` is what the file says, also where it is not to be believed;
    None where it cannot even be read."""

    problems: tuple[Problem, ...]
    revoked: bool | None = None
    badge: shape.Badge | None = None

    @property
    def valid(self) -> bool:
        """Everything that could be checked is right. What could not be looked up is no fault of the file."""
        return self.badge is not None and not {p.code for p in self.problems} - {Code.STATUS_UNKNOWN}


Known = Mapping[str, KnownKey]
# the address of a status list → the list, None where it is not at hand
Lists = Callable[[str], bytes | None]


def verify(octets: bytes, *, known: Known, lists: Lists, at: datetime) -> Verdict:
    """Of a JSON file, a baked PNG or a PDF."""
    try:
        document = shape.read(credential_in(octets))
        badge = shape.badge(document)
        moments = [shape.moment(stamp) for stamp in (badge.validFrom, badge.awardedDate, badge.proof.created)]
    except NothingInside:
        return Verdict((Problem(Code.NOTHING_INSIDE),))
    except shape.NotThisShape as error:
        return Verdict((Problem(Code.SHAPE, str(error)),))
    problems = _signature(document, badge.issuer.id, known)
    if any(moment > at + SKEW for moment in moments):
        problems.append(Problem(Code.FUTURE, badge.validFrom))
    for one, endorsement in zip(document.get("endorsement", ()), badge.endorsement or (), strict=True):
        problems += _endorsement(one, endorsement, document, known)
    revoked, more = _revoked(badge, lists)
    return Verdict((*problems, *more), revoked, badge)


def known_from(issuers: Mapping[str, Any]) -> dict[str, KnownKey]:
    """From an installation's issuers.json. Raises ValueError for another file."""
    try:
        return {
            key["id"]: KnownKey(key["id"], next(iter(one["names"].values())), KeyState(key["state"]))
            for one in issuers["issuers"]
            for key in one["keys"]
        }
    except (KeyError, TypeError, AttributeError, StopIteration, ValueError) as error:
        raise ValueError(f"not an issuers.json: {error}") from None


def lists_from(documents: Iterable[bytes]) -> Lists:
    """Status lists as files, found by the address that they name."""
    found = {}
    for octets in documents:
        with suppress(shape.NotThisShape):
            found[shape.status_list(shape.read(octets)).id] = octets
    return found.get


def _signature(document: dict[str, Any], issuer: str, known: Known) -> list[Problem]:
    try:
        did = proofs.check(document)
    except proofs.BadProof as error:
        return [Problem(Code.PROOF, str(error))]
    if did != issuer:
        return [Problem(Code.ISSUER, did)]
    key = known.get(did)
    if key is None:
        return [Problem(Code.ISSUER_UNKNOWN, did)]
    return [Problem(Code.KEY_REVOKED, key.reason)] if key.state == KeyState.REVOKED else []


def _endorsement(one: dict[str, Any], said: shape.Endorsement, document: dict[str, Any], known: Known) -> list[Problem]:
    """The second institution's word stands for exactly this certificate."""
    try:
        about = fingerprint(document)
    except NotCanonical as error:
        return [Problem(Code.ENDORSEMENT, str(error))]
    if said.credentialSubject.id != about:
        return [Problem(Code.ENDORSEMENT, said.issuer.name)]
    return _signature(one, said.issuer.id, known)


def _revoked(badge: shape.Badge, lists: Lists) -> tuple[bool | None, list[Problem]]:
    entry = badge.credentialStatus
    octets = lists(entry.statusListCredential)
    if octets is None:
        return None, [Problem(Code.STATUS_UNKNOWN, entry.statusListCredential)]
    try:
        document = shape.read(octets)
        found = shape.status_list(document)
        did = proofs.check(document)
        if (did, found.issuer.id, found.id) != (badge.issuer.id, badge.issuer.id, entry.statusListCredential):
            raise status.ListUnreadable("the list is another issuer's, or another list")
        is_set = status.is_set(document, int(entry.statusListIndex))
    except (shape.NotThisShape, proofs.BadProof, status.ListUnreadable) as error:
        return None, [Problem(Code.STATUS_LIST, str(error))]
    return is_set, [Problem(Code.REVOKED)] if is_set else []
