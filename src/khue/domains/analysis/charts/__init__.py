"""Which chart fits a result, as Vega-Lite, and drawn."""

from khue.domains.analysis.charts.choosing import Choice, choose, kinds_for
from khue.domains.analysis.charts.drawing import CannotDraw, png, svg
from khue.domains.analysis.charts.editing import COLOURS, Edit
from khue.domains.analysis.charts.spec import choice_of, dress, edit_of, spec, with_data

__all__ = [
    "COLOURS",
    "CannotDraw",
    "Choice",
    "Edit",
    "choice_of",
    "choose",
    "dress",
    "edit_of",
    "kinds_for",
    "png",
    "spec",
    "svg",
    "with_data",
]
