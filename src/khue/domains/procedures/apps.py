"""Django app."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "khue.domains.procedures"
    label = "procedures"

    def ready(self) -> None:
        from khue.domains.knowledge import api as knowledge

        knowledge.show_kind("procedure", "procedures:of-document")
