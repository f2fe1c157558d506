"""Django app."""

from django.apps import AppConfig


class AcademyConfig(AppConfig):
    name = "khue.domains.academy"
    label = "academy"

    def ready(self) -> None:
        from khue.domains.academy.queries.notes import Notes
        from khue.kernel import artefacts

        artefacts.register(Notes())
