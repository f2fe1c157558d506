"""A passage: a stretch of a document's text that follows its structure, with its vector and its sentences'."""

from django.db import models
from pgvector.django import HalfVectorField, HnswIndex

from khue.domains.knowledge.models.document import Document

DIMENSIONS = 384


class Passage(models.Model):
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    position = models.IntegerField()
    # headings above it, from the outermost, joined by " › "; indexed and embedded together with the text
    heading = models.TextField(blank=True)
    text = models.TextField()
    page = models.IntegerField(null=True, blank=True)
    # code points in DocumentText.text: text == body[start:end]
    start = models.IntegerField()
    end = models.IntegerField()
    # [[start, end], …] within `text`
    sentences = models.JSONField(default=list)
    # null until the background job has made it; unit length
    embedding = HalfVectorField(dimensions=DIMENSIONS, null=True)
    # float16, len(sentences) x 384, row-major; made together with `embedding`
    sentence_vectors = models.BinaryField(null=True)

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="one_passage_per_position")]
        indexes = [
            HnswIndex(name="passage_embedding", fields=["embedding"], opclasses=["halfvec_ip_ops"]),
            models.Index(name="passage_to_embed", fields=["id"], condition=models.Q(embedding__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.text[:80]
