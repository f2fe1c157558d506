"""Django app."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "khue.domains.analysis"
    label = "analysis"

    def ready(self) -> None:
        from khue.domains.analysis import stepping
        from khue.domains.analysis.actions import datasets
        from khue.domains.analysis.actions.holding import Releases
        from khue.domains.analysis.queries.artefacts import Worksheets
        from khue.domains.analysis.queries.kinds import KINDS
        from khue.domains.analysis.views.news import at_places
        from khue.domains.stewardship import api as stewardship
        from khue.kernel import artefacts
        from khue.ui import news

        for kind in KINDS:
            stepping.register(kind)
        artefacts.register(Worksheets())
        artefacts.clears(datasets.forget)
        stewardship.hold(Releases())
        news.register(at_places)
