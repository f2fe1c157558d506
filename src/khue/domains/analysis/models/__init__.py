"""Data, worksheets on them, and what was done there step by step."""

from khue.domains.analysis.models.analysis import Analysis, Step
from khue.domains.analysis.models.dataset import CLASS_CHOICES, Dataset, DatasetState, Table
from khue.domains.analysis.models.example import Example

__all__ = ["CLASS_CHOICES", "Analysis", "Dataset", "DatasetState", "Example", "Step", "Table"]
