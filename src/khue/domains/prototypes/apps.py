"""Django app."""

from django.apps import AppConfig


class PrototypesConfig(AppConfig):
    name = "khue.domains.prototypes"
    label = "prototypes"
