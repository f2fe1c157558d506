"""Data, worksheets on them, and what was done there step by step."""

from khue.domains.analysis.models.analysis import Analysis, Step
from khue.domains.analysis.models.brief import Brief
from khue.domains.analysis.models.dataset import CLASS_CHOICES, Dataset, DatasetState, Table
from khue.domains.analysis.models.example import Example
from khue.domains.analysis.models.forecast import ForecastRun, WorkState
from khue.domains.analysis.models.question import Question, QuestionState
from khue.domains.analysis.models.release import Release, ReleaseKind

__all__ = [
    "CLASS_CHOICES",
    "Analysis",
    "Brief",
    "Dataset",
    "DatasetState",
    "Example",
    "ForecastRun",
    "Question",
    "QuestionState",
    "Release",
    "ReleaseKind",
    "Step",
    "Table",
    "WorkState",
]
