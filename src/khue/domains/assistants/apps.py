"""Django app."""

from django.apps import AppConfig


class AssistantsConfig(AppConfig):
    name = "khue.domains.assistants"
    label = "assistants"

    def ready(self) -> None:
        from khue.domains.assistants.actions import assistants
        from khue.domains.assistants.actions.serving import Served
        from khue.domains.assistants.queries.artefacts import Assistants
        from khue.domains.stewardship import api as stewardship
        from khue.kernel import artefacts

        artefacts.register(Assistants())
        artefacts.clears(assistants.forget)
        stewardship.serve(Served())
