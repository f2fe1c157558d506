"""What a credential of Khuê may say, field by field: strictly, so that nothing can stand in it that is not signed,
and no document from outside can keep the canonical form busy."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

LARGEST = 256 * 1024
STAMP = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Uri = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+$", max_length=600)]
Urn = Annotated[str, StringConstraints(pattern=r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Did = Annotated[str, StringConstraints(pattern=r"^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$")]
Stamp = Annotated[str, StringConstraints(pattern=STAMP)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
Index = Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d{0,8})$")]
Credentials = Literal["https://www.w3.org/ns/credentials/v2"]
OpenBadges = Literal["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]


class NotThisShape(ValueError):
    """The file is not a credential as Khuê writes it; the text says where it differs."""


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Profile(Shape):
    id: Did
    type: tuple[Literal["Profile"]]
    name: Text
    url: Uri | None = None


class Campus(Shape):
    id: Urn
    type: tuple[Literal["Profile"]]
    name: Text


class Identity(Shape):
    type: Literal["IdentityObject"]
    hashed: bool
    identityHash: Text
    identityType: Literal["name", "emailAddress"]
    salt: Text | None = None


class Criteria(Shape):
    narrative: Text


class Achievement(Shape):
    id: Urn
    type: tuple[Literal["Achievement"]]
    achievementType: Literal["CertificateOfCompletion"]
    name: Text
    description: Text
    inLanguage: Text
    criteria: Criteria


class Subject(Shape):
    type: tuple[Literal["AchievementSubject"]]
    identifier: Annotated[list[Identity], Field(min_length=1, max_length=3)]
    activityStartDate: Day
    activityEndDate: Day
    licenseNumber: Text
    achievement: Achievement
    source: Campus | None = None


class Status(Shape):
    id: Uri
    type: Literal["BitstringStatusListEntry"]
    statusPurpose: Literal["revocation"]
    statusListIndex: Index
    statusListCredential: Uri


class Proof(Shape):
    type: Literal["DataIntegrityProof"]
    cryptosuite: Literal["eddsa-rdfc-2022"]
    created: Stamp
    verificationMethod: Uri
    proofPurpose: Literal["assertionMethod"]
    proofValue: Text


class Endorsed(Shape):
    id: Annotated[str, StringConstraints(pattern=r"^ni:///sha-256;[A-Za-z0-9_-]{43}$")]
    type: tuple[Literal["EndorsementSubject"]]
    endorsementComment: Text


class Signed(Shape):
    context: tuple[Credentials, OpenBadges] = Field(alias="@context")
    name: Text
    issuer: Profile
    validFrom: Stamp
    awardedDate: Stamp
    proof: Proof


class Endorsement(Signed):
    type: tuple[Literal["VerifiableCredential"], Literal["EndorsementCredential"]]
    credentialSubject: Endorsed


class Badge(Signed):
    id: Urn
    type: tuple[Literal["VerifiableCredential"], Literal["OpenBadgeCredential"]]
    credentialSubject: Subject
    credentialStatus: Status
    endorsement: Annotated[list[Endorsement], Field(min_length=1, max_length=3)] | None = None

    @property
    def holder(self) -> str:
        return next(one.identityHash for one in self.credentialSubject.identifier if one.identityType == "name")

    @model_validator(mode="after")
    def _has_a_name(self) -> "Badge":
        if not any(one.identityType == "name" and not one.hashed for one in self.credentialSubject.identifier):
            raise ValueError("the holder has no name")
        return self


class ListIssuer(Shape):
    id: Did
    name: Text


class Bits(Shape):
    id: Uri
    type: Literal["BitstringStatusList"]
    statusPurpose: Literal["revocation"]
    encodedList: Text


class StatusList(Shape):
    context: tuple[Credentials] = Field(alias="@context")
    id: Uri
    type: tuple[Literal["VerifiableCredential"], Literal["BitstringStatusListCredential"]]
    issuer: ListIssuer
    validFrom: Stamp
    credentialSubject: Bits
    proof: Proof


T = TypeVar("T", bound=Shape)


def read(octets: bytes) -> dict[str, Any]:
    """JSON as one object. Raises NotThisShape: too large, no JSON, a name that stands twice."""
    if len(octets) > LARGEST:
        raise NotThisShape("the file is larger than a credential can be")
    try:
        found = json.loads(octets.decode(), object_pairs_hook=_once, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()
    except (UnicodeError, ValueError, RecursionError) as error:
        raise NotThisShape(str(error)[:200]) from None
    if not isinstance(found, dict):
        raise NotThisShape("the file is no JSON object")
    return found


def badge(document: dict[str, Any]) -> Badge:
    """Raises NotThisShape."""
    return _as(Badge, document)


def status_list(document: dict[str, Any]) -> StatusList:
    """Raises NotThisShape."""
    return _as(StatusList, document)


def moment(stamp: str) -> datetime:
    """Raises NotThisShape for a date that does not exist."""
    try:
        return datetime.fromisoformat(stamp)
    except ValueError as error:
        raise NotThisShape(str(error)) from None


def _as(kind: type[T], document: dict[str, Any]) -> T:
    try:
        return kind.model_validate_json(json.dumps(document))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise NotThisShape(f"{where}: {first['msg']}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    if None in found.values():
        raise ValueError("a value is null")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
