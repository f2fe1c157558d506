"""Django app."""

from django.apps import AppConfig


class StewardshipConfig(AppConfig):
    name = "khue.domains.stewardship"
    label = "stewardship"

    def ready(self) -> None:
        from khue.domains.stewardship.actions import use_cases
        from khue.kernel import artefacts

        artefacts.clears(use_cases.forget)
