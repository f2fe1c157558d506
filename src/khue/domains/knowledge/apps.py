"""Django app."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "khue.domains.knowledge"
    label = "knowledge"
