"""The demonstration's data."""

from django.core.files.base import ContentFile

from khue.domains.analysis.actions import datasets
from khue.domains.analysis.demo import DEMO, SEED, write
from khue.domains.analysis.models import Dataset
from khue.domains.people.api import Actor
from khue.gateway.api import DataClass

ORIGIN = (
    "Số liệu giả định do chương trình tạo ngẫu nhiên có kiểm soát (hạt giống {seed}), chỉ để thử nghiệm; không phải số "
    "liệu thật. / Figures made by a seeded generator ({seed}), to try things on; none is real. / Chiffres produits par "
    "un générateur ({seed}), pour essayer ; aucun n’est réel."
)


def load(*, by: Actor) -> int:
    """Adds what is missing → how many."""
    added = 0
    for one in DEMO:
        if Dataset.objects.filter(organisation_id=by.organisation_id, slug=one.slug).exists():
            continue
        made = datasets.begin(
            by=by, title=one.title, file=ContentFile(write(one)), file_name=f"{one.slug}.csv",
            origin=ORIGIN.format(seed=SEED), data_class=DataClass.PUBLIC, is_shared=True, is_generated=True,
            slug=one.slug,
        )  # fmt: skip
        datasets.load(made)
        added += 1
    return added
