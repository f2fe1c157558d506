"""What a scan finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.gateway.errors import GatewayError


class Kind(StrEnum):
    PERSON = "person"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    TAX_CODE = "tax_code"
    SOCIAL_INSURANCE = "social_insurance"
    HEALTH_INSURANCE = "health_insurance"
    BANK_ACCOUNT = "bank_account"
    CARD = "card"
    PLATE = "plate"


NAMES: dict[Kind, Promise] = {
    Kind.PERSON: _("name of a person"),
    Kind.ADDRESS: _("address"),
    Kind.BIRTH_DATE: _("date of birth"),
    Kind.PHONE: _("telephone number"),
    Kind.EMAIL: _("e-mail address"),
    Kind.CCCD: _("citizen identity number (CCCD)"),
    Kind.CMND: _("old identity card number (CMND)"),
    Kind.PASSPORT: _("passport number"),
    Kind.DRIVING_LICENCE: _("driving licence number"),
    Kind.TAX_CODE: _("tax code"),
    Kind.SOCIAL_INSURANCE: _("social insurance number (BHXH)"),
    Kind.HEALTH_INSURANCE: _("health insurance number (BHYT)"),
    Kind.BANK_ACCOUNT: _("bank account number"),
    Kind.CARD: _("payment card number"),
    Kind.PLATE: _("vehicle plate"),
}


class DetectorFailed(GatewayError):
    """A detector broke: what the text holds is not known, so it goes nowhere."""

    def __init__(self, detector: str) -> None:
        super().__init__(
            _("This text could not be checked for personal data, so nothing was sent. Please try again; if it happens "
              "again, tell an administrator.")
        )  # fmt: skip
        self.detector = detector


@dataclass(frozen=True, slots=True)
class Finding:
    """`text[start:end]` of what was scanned; the score says how sure, from 0 to 1."""

    start: int
    end: int
    type: Kind
    text: str
    score: float


def disjoint(found: Iterable[Finding]) -> list[Finding]:
    """In order of place. Where two overlap the surer stays, then the longer, then the earlier."""
    ranked = sorted(found, key=lambda each: (-each.score, each.start - each.end, each.start))
    kept: list[Finding] = []
    taken = bytearray(max((each.end for each in ranked), default=0))
    for each in ranked:
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
