"""Writes about collections."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.models import Access, Collection
from khue.domains.knowledge.permissions import (
    By,
    check_can_change_collection,
    check_can_create_collection,
    check_can_share,
)
from khue.gateway.classes import DataClass
from khue.kernel.errors import NotAllowed, UserError


class NameTaken(UserError):
    def __init__(self, name: str) -> None:
        text = _("There is already a collection named “%(name)s” here. Choose another name.")
        super().__init__(text % {"name": name})


def create(
    *,
    by: By,
    name: str,
    organisation_id: UUID | None = None,
    description: str = "",
    access: str = Access.ORGANISATION,
    data_class: int = DataClass.INTERNAL,
    scratch: bool = False,
    examples: Sequence[str] = (),
) -> Collection:
    """In the organisation where the person works; the installation itself names one. Raises NameTaken."""
    check_can_create_collection(by, access)
    collection = Collection(
        organisation_id=_place(by, organisation_id),
        owner_id=by.person_id if by else None,
        name=name.strip(),
        description=description.strip(),
        access=access,
        data_class=int(data_class),
        scratch=scratch,
        examples=list(examples),
    )
    _save(collection)
    return collection


def change(*, by: By, collection: Collection, **fields: Any) -> Collection:
    """Name, description, access or data class; documents below a raised class are raised with it."""
    check_can_change_collection(by, collection)
    if "access" in fields:
        check_can_share(by, fields["access"])
    for field, value in fields.items():
        setattr(collection, field, value)
    with transaction.atomic():
        _save(collection)
        collection.documents.filter(data_class__lt=collection.data_class).update(data_class=collection.data_class)
    return collection


def delete(*, by: By, collection: Collection) -> None:
    """With its documents, their text, vectors and files."""
    check_can_change_collection(by, collection)
    with transaction.atomic():
        files = [document.file for document in collection.documents.exclude(file="").only("file")]
        collection.delete()
        transaction.on_commit(lambda: _delete_files(files))


def _delete_files(files: Iterable[FieldFile]) -> None:
    for file in files:
        file.delete(save=False)


def _place(by: By, organisation_id: UUID | None) -> UUID:
    if organisation_id is None and by is not None:
        return by.organisation_id
    if organisation_id is None or (by is not None and organisation_id not in by.organisations):
        raise NotAllowed(_("You do not work in this organisation."))
    return organisation_id


def _save(collection: Collection) -> None:
    try:
        with transaction.atomic():
            collection.save()
    except IntegrityError as problem:
        if "one_collection_per_name" in str(problem):
            raise NameTaken(collection.name) from problem
        raise
