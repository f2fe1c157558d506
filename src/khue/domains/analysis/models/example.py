"""Questions with the SQL that a person approved for them: shown to the model when a similar one is asked."""

from django.db import models
from pgvector.django import VectorField

from khue.domains.analysis.models.dataset import Dataset
from khue.gateway.api import DIMENSIONS
from khue.kernel.models import Base


class Example(Base):
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="examples")
    question = models.TextField()
    sql = models.TextField()
    approved_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    embedding = VectorField(dimensions=DIMENSIONS, null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["dataset", "question"], name="one_example_per_question")]

    def __str__(self) -> str:
        return self.question[:80]
