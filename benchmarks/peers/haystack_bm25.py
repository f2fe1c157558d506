"""Haystack's in-memory BM25 retriever with its defaults."""

import os
from collections.abc import Callable, Sequence

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"


def ranker(passages: Sequence[str], depth: int) -> Callable[[str], list[int]]:
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(id=str(place), content=text) for place, text in enumerate(passages)])
    retriever = InMemoryBM25Retriever(store, top_k=depth)
    return lambda question: [int(document.id) for document in retriever.run(query=question)["documents"]]
