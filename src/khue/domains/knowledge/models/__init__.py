"""Collections of documents, their passages, and the conversations about them."""

from khue.domains.knowledge.models.collection import Access, Collection
from khue.domains.knowledge.models.conversation import Conversation, Exchange
from khue.domains.knowledge.models.document import Document, DocumentStatus, DocumentText
from khue.domains.knowledge.models.passage import Passage

__all__ = [
    "Access",
    "Collection",
    "Conversation",
    "Document",
    "DocumentStatus",
    "DocumentText",
    "Exchange",
    "Passage",
]
