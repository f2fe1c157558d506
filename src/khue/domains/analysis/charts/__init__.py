"""Which chart fits a result, as Vega-Lite, and drawn."""

from khue.domains.analysis.charts.choosing import Choice, choose, kinds_for
from khue.domains.analysis.charts.drawing import CannotDraw, png, svg
from khue.domains.analysis.charts.spec import spec, with_data

__all__ = ["CannotDraw", "Choice", "choose", "kinds_for", "png", "spec", "svg", "with_data"]
