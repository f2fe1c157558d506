"""Django app."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "khue.domains.drafting"
    label = "drafting"

    def ready(self) -> None:
        from khue.domains.drafting.actions import drafts
        from khue.domains.drafting.queries.artefacts import Drafts
        from khue.kernel import artefacts

        artefacts.register(Drafts())
        artefacts.clears(drafts.forget)
