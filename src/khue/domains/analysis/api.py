"""What the console and other domains may do with data."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files import File

from khue.domains.analysis.actions import asking, datasets, demo
from khue.domains.analysis.actions.asking import Answer
from khue.domains.analysis.actions.datasets import Unusable
from khue.domains.analysis.models import Dataset
from khue.domains.analysis.queries.shown import dataset_as_json
from khue.domains.people.api import Actor
from khue.gateway.api import DataClass

__all__ = ["Answer", "DatasetRef", "NoSuchDataset", "Unusable", "ask", "load", "load_demo"]


class NoSuchDataset(LookupError):
    pass


@dataclass(frozen=True)
class DatasetRef:
    """`profile` is what `khue data load --json` prints."""

    id: UUID
    name: str
    title: str
    data_class: DataClass
    profile: dict[str, Any]


def load(
    path: Path, *, by: Actor, name: str, origin: str = "", data_class: DataClass = DataClass.INTERNAL
) -> DatasetRef:
    """A dataset of this name; one of the same name and owner is replaced. Raises Unusable, NotAllowed."""
    before = Dataset.objects.filter(organisation_id=by.organisation_id, slug=name, owner_id=by.person_id).first()
    with path.open("rb") as file:
        made = datasets.begin(
            by=by, title=name, file=File(file), file_name=path.name, origin=origin, data_class=data_class
        )
    try:
        datasets.load(made)
    except Unusable:
        datasets.delete(by=by, dataset=made)
        raise
    if before:
        datasets.replace_with(before, made)
        made = before
    return DatasetRef(made.pk, made.slug, made.title, DataClass(made.data_class), dataset_as_json(made))


def load_demo(*, by: Actor) -> int:
    """The demonstration's data, made by a seeded generator and called so; what is there already is left alone."""
    return demo.load(by=by)


def ask(name: str, question: str, *, by: Actor) -> Answer:
    """As on the page, without keeping a step. Raises NoSuchDataset, UserError."""
    found = Dataset.objects.visible_to(by).filter(slug=name).first()
    if found is None:
        raise NoSuchDataset(name)
    return asking.answer(by=by, datasets=[found], question=question)
