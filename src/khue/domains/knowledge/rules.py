"""Plain facts of the library: what class a document has, and which kinds have a page of their own."""

from khue.gateway.classes import DataClass

# kind → name of the URL that takes `document_id`; filled by that domain when the application starts
PAGES: dict[str, str] = {}


def document_class(*, collection: int, brought: int, found: int, settled: int | None) -> DataClass:
    """Never below its collection's; otherwise what who brought it said and what its text demands, unless a steward
    has settled it lower."""
    return DataClass(max(collection, max(brought, found) if settled is None else settled))
