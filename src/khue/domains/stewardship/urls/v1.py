"""OpenAI's protocol, under /v1/."""

from django.urls import path

from khue.domains.stewardship.views import v1

app_name = "v1"
urlpatterns = [
    path("chat/completions", v1.chat_completions, name="chat"),
    path("embeddings", v1.embeddings, name="embeddings"),
    path("models", v1.models, name="models"),
    path("models/<path:name>", v1.model, name="model"),
    path("<path:rest>", v1.unknown, name="unknown"),
]
