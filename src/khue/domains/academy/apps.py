"""Django app."""

from django.apps import AppConfig


class AcademyConfig(AppConfig):
    name = "khue.domains.academy"
    label = "academy"

    def ready(self) -> None:
        from khue.domains.academy.queries.notes import Notes
        from khue.domains.academy.views.news import at_places
        from khue.kernel import artefacts
        from khue.ui import news

        artefacts.register(Notes())
        news.register(at_places)
