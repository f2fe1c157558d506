"""Writes about documents."""

from django.db import transaction

from khue.domains.knowledge.models import Document
from khue.domains.knowledge.permissions import By, check_can_change_collection


def delete(*, by: By, document: Document) -> None:
    """With its text, passages, vectors and file. What the word index still holds is never shown: its hits are
    joined back to these tables."""
    check_can_change_collection(by, document.collection)
    with transaction.atomic():
        file = document.file
        document.delete()
        if file:
            transaction.on_commit(lambda: file.delete(save=False))
