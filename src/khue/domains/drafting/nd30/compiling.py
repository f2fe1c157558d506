"""What of a document can be had: DOCX, PDF."""

from khue.domains.drafting.nd30 import pdf as pdfs
from khue.domains.drafting.nd30.composing import compose
from khue.domains.drafting.nd30.docx_writing import docx as written
from khue.domains.drafting.nd30.shape import Document


def docx(document: Document) -> bytes:
    return written(compose(document))


def pdf(document: Document) -> bytes:
    return pdfs.pdf(compose(document))
