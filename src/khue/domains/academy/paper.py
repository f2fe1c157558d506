"""A certificate on paper and as a picture."""

import base64
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khue.domains.academy.credentials.packaging import baked
from khue.domains.academy.models import Certificate, Content
from khue.domains.academy.rules.texts import in_language
from khue.kernel.address import is_loopback
from khue.ui.formats import day
from khue.ui.typesetting import pdf, png

TYPST = Path(__file__).resolve().parent / "typst"


def check_address(certificate: Certificate) -> str:
    return settings.KHUE_ADDRESS + reverse("credentials:check", args=[certificate.token])


def is_local() -> bool:
    """Whether the address on certificates can be opened on this machine only."""
    return is_loopback(urlsplit(settings.KHUE_ADDRESS).hostname or "")


def certificate_pdf(certificates: Sequence[Certificate]) -> bytes:
    """A4 across, one page each. A single one carries its signed file as an attachment."""
    pictures = _pictures(certificates)
    data: dict[str, Any] = {"pages": [_page(one, pictures) for one in certificates]}
    if len(certificates) == 1:
        data["attached"] = certificates[0].credential
    return pdf(TYPST / "certificate.typ", data, at=certificates[0].issued_at)


def badge_png(certificate: Certificate) -> bytes:
    """A picture that holds the signed file, as Open Badges 3.0 bakes it."""
    return baked(png(TYPST / "badge.typ", _badge(certificate)), certificate.credential.encode())


def _page(certificate: Certificate, pictures: dict[str, str]) -> dict[str, Any]:
    paper = certificate.paper
    first, *others = paper["languages"]
    address = check_address(certificate)
    return {
        "language": first,
        "issuers": [_issuer(one, paper["languages"], pictures) for one in paper["issuers"]],
        "holder": certificate.holder,
        "first": _words(certificate, first),
        "others": [_words(certificate, language) for language in others],
        "number": certificate.number,
        "address": address,
        "qr": _qr(address),
    }


def _words(certificate: Certificate, language: str) -> dict[str, str]:
    paper = certificate.paper
    issued = certificate.issued_at.astimezone(ZoneInfo(paper["time_zone"])).date()
    with translation.override(language):
        span = {"first": day(date.fromisoformat(paper["starts_on"])), "last": day(date.fromisoformat(paper["ends_on"]))}
        same = paper["starts_on"] == paper["ends_on"]
        return {
            "language": language,
            "title": _("Certificate of completion"),
            "certify": pgettext("above a name on a certificate", "This is to certify that"),
            "completed": pgettext("below a name on a certificate", "has completed the programme"),
            "programme": in_language(paper["programme"], language),
            "when": _("on %(first)s") % span if same else _("from %(first)s to %(last)s") % span,
            "campus": in_language(paper["campus"]["names"], language) if paper["campus"] else "",
            "criteria": in_language(paper["criteria"], language),
            "given": pgettext("date on a certificate", "Given on %(day)s") % {"day": day(issued)},
            "number": pgettext("on a certificate", "No. %(number)s") % {"number": certificate.number},
            "check": _("Check it at"),
        }


def _issuer(issuer: dict[str, Any], languages: Sequence[str], pictures: dict[str, str]) -> dict[str, Any]:
    name = in_language(issuer["names"], languages[0])
    with translation.override(languages[0]):
        alts = {"seal_alt": _("Seal of %(name)s") % {"name": name},
                "signature_alt": _("Signature of %(name)s") % {"name": issuer["signatory"] or name}}  # fmt: skip
    return alts | {
        "names": list(dict.fromkeys(in_language(issuer["names"], language) for language in languages)),
        "signatory": issuer["signatory"],
        "titles": list(dict.fromkeys(filter(None, (in_language(issuer["titles"], one) for one in languages)))),
        "seal": pictures.get(issuer["seal"] or "", ""),
        "signature": pictures.get(issuer["signature"] or "", ""),
    }


def _pictures(certificates: Sequence[Certificate]) -> dict[str, str]:
    """Seals and signatures, each once, in base64."""
    wanted = {
        one[name]
        for certificate in certificates
        for one in certificate.paper["issuers"]
        for name in ("seal", "signature")
    }
    found = Content.objects.filter(pk__in=wanted - {None})
    return {content.pk: base64.b64encode(bytes(content.octets)).decode() for content in found}


def _qr(address: str) -> str:
    """SVG, of the level that stands a stain."""
    return str(segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True))


def _badge(certificate: Certificate) -> dict[str, Any]:
    language = certificate.paper["languages"][0]
    issuers = [in_language(one["names"], language) for one in certificate.paper["issuers"]]
    return {
        "language": language,
        "programme": in_language(certificate.paper["programme"], language),
        "issuers": issuers,
        "year": str(certificate.year),
    }
