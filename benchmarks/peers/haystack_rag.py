"""A plain RAG pipeline as Haystack's tutorials build it: split by words, BM25, the best three chunks in a prompt."""

import os
from collections.abc import Callable, Sequence
from typing import Any

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
TEMPLATE = """Trả lời câu hỏi chỉ dựa vào các tài liệu. Nếu tài liệu không có câu trả lời, viết: Không có thông tin.
{% for document in documents %}
{{ document.content }}
{% endfor %}
Câu hỏi: {{ question }}
Trả lời:"""


def retriever(names: Sequence[str], texts: Sequence[str], depth: int) -> Callable[[str], list[tuple[str, str]]]:
    """(name of its document, chunk) of the best chunks of different documents."""
    from haystack import Document
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    documents = [Document(content=text, meta={"name": name}) for name, text in zip(names, texts, strict=True)]
    chunks = DocumentSplitter(split_by="word", split_length=200, split_overlap=20).run(documents=documents)["documents"]
    store = InMemoryDocumentStore()
    store.write_documents(chunks)
    found = InMemoryBM25Retriever(store, top_k=depth * 8)

    def best(question: str) -> list[tuple[str, str]]:
        first: dict[str, str] = {}
        for document in found.run(query=question)["documents"]:
            first.setdefault(document.meta["name"], document.content or "")
        return list(first.items())[:depth]

    return best


def reply(question: str, chunks: Sequence[str]) -> Any:
    """What the same model writes: khue's Reply, with its times."""
    from haystack import Document
    from haystack.components.builders import PromptBuilder

    from khue.gateway import api as gateway
    from khue.gateway.api import Caller, DataClass, Options, Turn

    builder = PromptBuilder(template=TEMPLATE, required_variables="*")
    prompt = builder.run(documents=[Document(content=text) for text in chunks], question=question)["prompt"]
    stream = gateway.chat(
        [Turn("user", prompt)],
        caller=Caller(None, None, tool="benchmark"),
        data_class=DataClass.PUBLIC,
        options=Options(max_tokens=160),
    )
    return stream.text()
