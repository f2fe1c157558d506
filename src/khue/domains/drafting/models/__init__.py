"""Drafts and the register."""

from khue.domains.drafting.models.draft import CLASSES, Comment, Draft, Handing, Rewrite, State, Template, Version
from khue.domains.drafting.models.register import Book, Entry, Series

__all__ = [
    "CLASSES",
    "Book",
    "Comment",
    "Draft",
    "Entry",
    "Handing",
    "Rewrite",
    "Series",
    "State",
    "Template",
    "Version",
]
