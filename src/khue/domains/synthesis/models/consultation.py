"""Answers of a public consultation and the themes that they are sorted into."""

from django.db import models

from khue.domains.synthesis.models.synthesis import Owned
from khue.kernel.models import Base


class Consultation(Owned):
    # the question that was asked, as it stands above the answers
    question = models.TextField(blank=True)
    file = models.FileField(upload_to="synthesis/%Y/%m/", max_length=500)
    file_name = models.CharField(max_length=300)
    # headings of the columns that hold the answers, the group and the place of who answered
    columns = models.JSONField(default=dict, blank=True)
    # rows without an answer, and such as stand there word by word
    empty = models.IntegerField(default=0)
    repeated = models.IntegerField(default=0)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="consultations_of_a_place")]


class Theme(Base):
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="themes")
    position = models.IntegerField(default=0)
    name = models.CharField(max_length=200)
    # a person named, merged or divided it
    is_by_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "created_at"]

    def __str__(self) -> str:
        return self.name


class Opinion(Base):
    """One answer. `row`: its line in the file, the heading being line 1."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="opinions")
    row = models.IntegerField()
    text = models.TextField()
    group = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="opinions")
    # how near it is to the middle of its theme; the nearest are quoted
    nearness = models.FloatField(default=0)
    vector = models.BinaryField(default=bytes, blank=True)

    class Meta:
        ordering = ["consultation", "row"]
        constraints = [models.UniqueConstraint(fields=["consultation", "row"], name="one_opinion_per_row")]
        indexes = [models.Index(fields=["theme", "-nearness"], name="opinions_of_a_theme")]

    def __str__(self) -> str:
        return self.text[:60]


class Judgement(Base):
    """A person's own sorting of an answer of the sample, made without seeing the machine's."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="judgements")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # none: "belongs to no theme"
    theme = models.ForeignKey(Theme, null=True, on_delete=models.CASCADE, related_name="+")
    # where the machine had it when the person decided
    machine = models.ForeignKey(Theme, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "by"], name="one_judgement_per_person")]

    def __str__(self) -> str:
        return f"{self.opinion_id}: {self.theme_id}"
