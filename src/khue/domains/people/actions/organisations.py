"""Writes of the organisation tree. `by=None`: the operator at the server's own console, who may do anything."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from khue.domains.people.actions.record import record
from khue.domains.people.models import ChangeKind, Organisation
from khue.domains.people.permissions import can_arrange
from khue.domains.people.rules import Actor, plain
from khue.kernel.errors import NotAllowed, UserError


class SlugTaken(UserError):
    """Another organisation has this short name."""


class WrongPlace(UserError):
    """The tree cannot have this shape."""


class StillInUse(UserError):
    """There are units below that are not archived."""


@transaction.atomic
def create(
    *, by: Actor | None, parent: Organisation | None, kind: str, names: dict[str, str], slug: str = ""
) -> Organisation:
    """A new organisation below `parent`; only the operator makes a root. An empty slug is made from the name."""
    _check(by, parent)
    slug = slug or _free_slug(names["vi"])
    if Organisation.objects.filter(slug=slug).exists():
        raise SlugTaken(_("The short name “%(slug)s” is taken. Choose another one.") % {"slug": slug})
    path = f"{parent.path if parent else ''}{slug}/"
    organisation = Organisation.objects.create(parent=parent, kind=kind, names=names, slug=slug, path=path)
    record(ChangeKind.ORGANISATION_CREATED, by=by, organisation=organisation, detail=names["vi"])
    return organisation


@transaction.atomic
def rename(*, by: Actor | None, organisation: Organisation, names: dict[str, str]) -> None:
    """Names only: the short name stays, and with it every address and file that carries it."""
    _check(by, organisation)
    before = organisation.names["vi"]
    organisation.names = names
    organisation.save(update_fields=["names", "updated_at"])
    record(ChangeKind.ORGANISATION_RENAMED, by=by, organisation=organisation, detail=f"{before} → {names['vi']}")


@transaction.atomic
def move(*, by: Actor | None, organisation: Organisation, parent: Organisation) -> None:
    """The organisation and all below it, to another place of the same branch."""
    _lock_tree(organisation)
    organisation.refresh_from_db()
    parent.refresh_from_db()
    _check(by, parent)
    _check(by, organisation.parent)
    if parent.path.startswith(organisation.path):
        raise WrongPlace(_("An organisation cannot stand below itself. Choose a place outside its own branch."))
    before, after = organisation.path, f"{parent.path}{organisation.slug}/"
    Organisation.objects.filter(pk=organisation.pk).update(parent=parent)
    Organisation.objects.filter(path__startswith=before).update(
        path=Concat(Value(after), Substr(F("path"), len(before) + 1))
    )
    organisation.refresh_from_db()
    record(ChangeKind.ORGANISATION_MOVED, by=by, organisation=organisation, detail=f"{before} → {after}")


@transaction.atomic
def archive(*, by: Actor | None, organisation: Organisation) -> None:
    """Out of every list where something new is placed; what belongs to it stays readable to its members."""
    _check(by, organisation)
    if organisation.children.filter(archived_at=None).exists():
        raise StillInUse(_("There are units below this organisation. Archive or move them first."))
    if organisation.parent_id is None:
        raise WrongPlace(_("The head organisation cannot be archived."))
    organisation.archived_at = timezone.now()
    organisation.save(update_fields=["archived_at", "updated_at"])
    record(ChangeKind.ORGANISATION_ARCHIVED, by=by, organisation=organisation)


@transaction.atomic
def restore(*, by: Actor | None, organisation: Organisation) -> None:
    _check(by, organisation)
    if organisation.parent is not None and organisation.parent.archived_at is not None:
        raise WrongPlace(_("The organisation above is archived. Restore that one first."))
    organisation.archived_at = None
    organisation.save(update_fields=["archived_at", "updated_at"])
    record(ChangeKind.ORGANISATION_RESTORED, by=by, organisation=organisation)


def _check(by: Actor | None, organisation: Organisation | None) -> None:
    if by is not None and (organisation is None or not can_arrange(by, organisation.pk)):
        raise NotAllowed(_("Only an administrator of the organisation above may change this part of the tree."))


def _lock_tree(organisation: Organisation) -> None:
    """One change of shape at a time in a tree: else two moves could place each below the other."""
    root = organisation.path.split("/", 1)[0] + "/"
    list(Organisation.objects.select_for_update().filter(path=root))


def _free_slug(name: str) -> str:
    base = slugify(plain(name))[:40] or "unit"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)
