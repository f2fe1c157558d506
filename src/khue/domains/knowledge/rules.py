"""Kinds of documents that have a page of their own in another domain."""

# kind → name of the URL that takes `document_id`; filled by that domain when the application starts
PAGES: dict[str, str] = {}
