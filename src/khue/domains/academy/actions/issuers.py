"""Institutions that sign, and their keys: made at the first start, retired, revoked; private parts are files of their
own."""

import hashlib
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.credentials import proofs, status
from khue.domains.academy.credentials.verification import KeyState
from khue.domains.academy.models import Content, Issuer, IssuerKey, StatusList
from khue.domains.academy.permissions.certificates import check_can_keep_keys
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.roster.plain import plain
from khue.domains.academy.rules.certificates import initials
from khue.domains.academy.rules.texts import in_language
from khue.domains.people import api as people
from khue.gateway import keys as installation
from khue.kernel.clock import now
from khue.kernel.errors import UserError
from khue.kernel.models import uuid7


class KeyMissing(UserError):
    """The private part of a key is not where it was put; nothing was signed."""


class KeyOver(UserError):
    """The key was ended before."""


@transaction.atomic
def own(organisation_id: UUID) -> Issuer:
    """The institution that an organisation signs as: the root of its tree."""
    root = people.organisation_lineage(organisation_id)[0]
    found = Issuer.objects.filter(organisation=root, is_own=True).first()
    if found is None:
        site = people.sites(root)[0]
        code = initials(site.slug, set(Issuer.objects.values_list("code", flat=True)))
        found, _made = Issuer.objects.get_or_create(
            organisation_id=root, is_own=True, defaults={"code": code, "names": site.names}
        )
    return found


def make_keys() -> int:
    """For every organisation that could sign and has no key yet; how many were made. A key that was ended stays the
    last until somebody makes another."""
    institutions = [own(root) for root in people.organisation_roots()]
    without = [one for one in institutions if not one.keys.exists()]
    for one in without:
        active_key(one)
    return len(without)


@transaction.atomic
def create(*, by: By, organisation_id: UUID, **facts: Any) -> Issuer:
    """Another institution that an organisation looks after. `facts`: as `change` takes them."""
    check_can_keep_keys(by, organisation_id)
    words = "-".join(plain(in_language(facts["names"], "vi")).split())
    code = initials(words, set(Issuer.objects.values_list("code", flat=True)))
    made = Issuer.objects.create(organisation_id=organisation_id, code=code, names=facts["names"])
    change(by=by, issuer=made, **facts)
    active_key(made)
    return made


@transaction.atomic
def change(
    *,
    by: By,
    issuer: Issuer,
    names: dict[str, str],
    url: str = "",
    signatory: str = "",
    signatory_titles: dict[str, str] | None = None,
    seal: bytes | None = None,
    signature: bytes | None = None,
) -> None:
    """For the certificates that are given from now on. Pictures stay where none is given."""
    check_can_keep_keys(by, issuer.organisation_id)
    issuer.names, issuer.url, issuer.signatory = names, url, signatory
    issuer.signatory_titles = signatory_titles or {}
    issuer.seal = _kept(seal) or issuer.seal
    issuer.signature = _kept(signature) or issuer.signature
    issuer.save()


@transaction.atomic
def active_key(issuer: Issuer) -> IssuerKey:
    """Made when there is none."""
    Issuer.objects.select_for_update().get(pk=issuer.pk)
    found = issuer.keys.filter(state=KeyState.ACTIVE).first()
    return found or _make(issuer)


def signing(key: IssuerKey) -> proofs.Key:
    """Its private part. Raises KeyMissing; never makes another in its place."""
    name = _name(key.pk)
    if not (settings.KHUE_HOME / "keys" / name).is_file():
        raise KeyMissing(
            _("The private key of %(issuer)s is not in keys/issuers. Bring it back from the backup, or revoke the key. "
              "Nothing was signed.") % {"issuer": key.issuer}
        )  # fmt: skip
    private = proofs.Key(installation.secret(name))
    if private.did != key.did:
        raise KeyMissing(
            _("The private key of %(issuer)s is another one than was used before. Bring the right one back from the "
              "backup. Nothing was signed.") % {"issuer": key.issuer}
        )  # fmt: skip
    return private


@transaction.atomic
def rotate(*, by: By, issuer: Issuer) -> IssuerKey:
    """A new key signs from now on; what the old one signed stays good, and it goes on signing its lists."""
    check_can_keep_keys(by, issuer.organisation_id)
    Issuer.objects.select_for_update().get(pk=issuer.pk)
    _end(issuer.keys.filter(state=KeyState.ACTIVE), KeyState.RETIRED, by, "")
    return _make(issuer)


@transaction.atomic
def revoke(*, by: By, key: IssuerKey, reason: str) -> None:
    """Others may have it: nothing that it signed holds any more. Its certificates are to be given anew."""
    check_can_keep_keys(by, key.issuer.organisation_id)
    Issuer.objects.select_for_update().get(pk=key.issuer_id)
    if not _end(IssuerKey.objects.filter(pk=key.pk).exclude(state=KeyState.REVOKED), KeyState.REVOKED, by, reason):
        raise KeyOver(_("This key is revoked already."))


def forget(key: IssuerKey) -> None:
    """Of a rehearsal, with its private part; nothing that it signed is there any more."""
    private = settings.KHUE_HOME / "keys" / _name(key.pk)
    key.delete()
    transaction.on_commit(lambda: private.unlink(missing_ok=True))


def open_list(key: IssuerKey, private: proofs.Key, *, room: int, at: datetime) -> StatusList:
    """One with so many places left, locked until the transaction ends."""
    lists = StatusList.objects.select_for_update().filter(key=key, taken__lte=status.BITS - room)
    return lists.first() or _new_list(key, private, at=at)


def sign_list(found: StatusList, private: proofs.Key, *, at: datetime) -> None:
    found.document = _written(found.url, bytes(found.bits), found.key, private, at)


def _new_list(key: IssuerKey, private: proofs.Key, *, at: datetime) -> StatusList:
    pk = uuid7()
    url = settings.KHUE_ADDRESS + reverse("credentials:status", args=[pk])
    return StatusList.objects.create(
        id=pk,
        key=key,
        url=url,
        document=_written(url, bytes(status.BITS // 8), key, private, at),
        step=2 * secrets.randbelow(status.BITS // 2) + 1,
        start=secrets.randbelow(status.BITS),
    )


def _written(url: str, bits: bytes, key: IssuerKey, private: proofs.Key, at: datetime) -> str:
    return proofs.written(status.credential(url, bits, key.issuer.name, private, at=at))


def _make(issuer: Issuer) -> IssuerKey:
    pk = uuid7()
    private = proofs.Key(installation.secret(_name(pk)))
    return IssuerKey.objects.create(id=pk, issuer=issuer, did=private.did)


def _kept(octets: bytes | None) -> Content | None:
    if not octets:
        return None
    return Content.objects.get_or_create(sha256=hashlib.sha256(octets).hexdigest(), defaults={"octets": octets})[0]


def _end(found: QuerySet[IssuerKey], state: KeyState, by: By, reason: str) -> int:
    person_id = by.person_id if by else None
    return found.update(state=state, ended_at=now(), reason=reason, ended_by=person_id)


def _name(pk: UUID) -> str:
    return f"issuers/{pk}"
