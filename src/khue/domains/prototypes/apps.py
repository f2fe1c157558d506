"""Django app."""

from collections.abc import Collection
from uuid import UUID

from django.apps import AppConfig


class PrototypesConfig(AppConfig):
    name = "khue.domains.prototypes"
    label = "prototypes"

    def ready(self) -> None:
        from khue.domains.prototypes.queries.artefacts import Tools
        from khue.kernel import artefacts

        artefacts.register(Tools())
        artefacts.clears(_forget)


def _forget(organisation_ids: Collection[UUID]) -> None:
    """A rehearsal ends: what was made in it goes."""
    from khue.domains.prototypes.models import Tool

    Tool.objects.filter(organisation_id__in=organisation_ids).delete()
