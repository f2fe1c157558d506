"""Django app."""

from django.apps import AppConfig


class SynthesisConfig(AppConfig):
    name = "khue.domains.synthesis"
    label = "synthesis"

    def ready(self) -> None:
        from khue.domains.synthesis.actions import syntheses
        from khue.domains.synthesis.queries.artefacts import Syntheses
        from khue.kernel import artefacts

        artefacts.register(Syntheses())
        artefacts.clears(syntheses.forget)
