"""Django app."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "khue.domains.procedures"
    label = "procedures"
