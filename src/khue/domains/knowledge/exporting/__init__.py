"""A conversation to take along: Markdown and DOCX, with every mark of trust and every source."""

from khue.domains.knowledge.exporting.markdown import markdown
from khue.domains.knowledge.exporting.transcript import Answer, Citation, Sentence, Transcript, transcript
from khue.domains.knowledge.exporting.word import word

__all__ = ["Answer", "Citation", "Sentence", "Transcript", "markdown", "transcript", "word"]
