"""Addresses of the library and of Ask, under /work/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from khue.domains.knowledge.views import ask, documents, library


class ExportForm(StringConverter):
    regex = "md|docx"


register_converter(ExportForm, "export-form")

app_name = "knowledge"
urlpatterns = [
    path("ask/", ask.ask, name="ask"),
    path("ask/history/", ask.history, name="history"),
    path("ask/<uuid:conversation_id>/", ask.conversation, name="conversation"),
    path("ask/<uuid:conversation_id>/rename/", ask.rename, name="conversation-rename"),
    path("ask/<uuid:conversation_id>/delete/", ask.delete, name="conversation-delete"),
    path("ask/<uuid:conversation_id>/export.<export-form:form>", ask.export, name="conversation-export"),
    path("answers/<uuid:exchange_id>/", ask.exchange, name="exchange"),
    path("answers/<uuid:exchange_id>/stream/", ask.stream, name="exchange-stream"),
    path("answers/<uuid:exchange_id>/retry/", ask.retry, name="exchange-retry"),
    path("answers/<uuid:exchange_id>/rate/", ask.rate, name="exchange-rate"),
    path("library/", library.index, name="library"),
    path("library/search/", library.search, name="search"),
    path("library/<uuid:collection_id>/", library.collection, name="collection"),
    path("library/<uuid:collection_id>/edit/", library.edit, name="collection-edit"),
    path("library/<uuid:collection_id>/delete/", library.delete, name="collection-delete"),
    path("library/<uuid:collection_id>/upload/", library.upload, name="upload"),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
    path("documents/<uuid:document_id>/file/", documents.file, name="document-file"),
    path("documents/<uuid:document_id>/delete/", documents.delete, name="document-delete"),
]
