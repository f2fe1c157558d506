"""Django app."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "khue.domains.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from khue.domains.knowledge.actions.holding import Documents
        from khue.domains.knowledge.queries.artefacts import Conversations
        from khue.domains.stewardship import api as stewardship
        from khue.kernel import artefacts

        stewardship.hold(Documents())
        artefacts.register(Conversations())
