"""What a certificate says, as an Open Badges 3.0 AchievementCredential, and a second institution's endorsement."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from khue.domains.academy.credentials.canonical import CREDENTIALS, OPEN_BADGES, digest
from khue.domains.academy.credentials.proofs import Json, Key, signed, stamp

CONTEXT = [CREDENTIALS, OPEN_BADGES]


@dataclass(frozen=True)
class Institution:
    """Who signs, under which name, with which key."""

    name: str
    key: Key = field(repr=False)
    url: str = ""

    @property
    def profile(self) -> Json:
        return {"id": self.key.did, "type": ["Profile"], "name": self.name} | ({"url": self.url} if self.url else {})


@dataclass(frozen=True)
class Holder:
    """`email` goes in as a salted hash only; "" where there is none."""

    name: str
    email: str = ""
    salt: str = ""

    @property
    def identifiers(self) -> list[Json]:
        found = [_identity("name", self.name)]
        if self.email and self.salt:
            hashed = "sha256$" + hashlib.sha256((self.email.lower() + self.salt).encode()).hexdigest()
            found.append(_identity("emailAddress", hashed) | {"hashed": True, "salt": self.salt})
        return found


@dataclass(frozen=True)
class Achievement:
    id: UUID
    name: str
    description: str
    criteria: str
    language: str


@dataclass(frozen=True)
class Award:
    """One certificate. `campus`: identifier and name of the place that taught the holder."""

    id: UUID
    number: str
    holder: Holder
    achievement: Achievement
    starts_on: date
    ends_on: date
    at: datetime
    status_list: str
    status_index: int
    campus: tuple[UUID, str] | None = None


def credential(award: Award, issuer: Institution, second: Institution | None = None) -> Json:
    """Signed by the first; the second's EndorsementCredential stands in it, so that neither can be taken away."""
    document = _unsigned(award, issuer)
    if second:
        document["endorsement"] = [_endorsement(document, award, second)]
    return signed(document, issuer.key, at=award.at)


def fingerprint(document: Mapping[str, Any]) -> str:
    """The name of what is endorsed (RFC 6920): the hash of the credential without endorsements and proof. Its own id
    would not do: the endorsement would say things about the credential, and hold for whatever else had that id."""
    bare = {name: value for name, value in document.items() if name not in ("endorsement", "proof")}
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest(bare)).decode().rstrip("=")


def urn(identifier: UUID) -> str:
    return f"urn:uuid:{identifier}"


def _unsigned(award: Award, issuer: Institution) -> Json:
    what = award.achievement
    subject: Json = {
        "type": ["AchievementSubject"],
        "identifier": award.holder.identifiers,
        "activityStartDate": award.starts_on.isoformat(),
        "activityEndDate": award.ends_on.isoformat(),
        "licenseNumber": award.number,
        "achievement": {
            "id": urn(what.id),
            "type": ["Achievement"],
            "achievementType": "CertificateOfCompletion",
            "name": what.name,
            "description": what.description,
            "inLanguage": what.language,
            "criteria": {"narrative": what.criteria},
        },
    }
    if award.campus:
        subject["source"] = {"id": urn(award.campus[0]), "type": ["Profile"], "name": award.campus[1]}
    return {
        "@context": CONTEXT,
        "id": urn(award.id),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": what.name,
        "issuer": issuer.profile,
        "validFrom": stamp(award.at),
        "awardedDate": stamp(award.at),
        "credentialSubject": subject,
        "credentialStatus": {
            "id": f"{award.status_list}#{award.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(award.status_index),
            "statusListCredential": award.status_list,
        },
    }


def _endorsement(document: Json, award: Award, second: Institution) -> Json:
    endorsed = {
        "@context": CONTEXT,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": award.achievement.name,
        "issuer": second.profile,
        "validFrom": stamp(award.at),
        "awardedDate": stamp(award.at),
        "credentialSubject": {
            "id": fingerprint(document),
            "type": ["EndorsementSubject"],
            "endorsementComment": f"{second.name}: {award.number}",
        },
    }
    return signed(endorsed, second.key, at=award.at)


def _identity(kind: str, value: str) -> Json:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
