"""Django app."""

from django.apps import AppConfig


class AcademyConfig(AppConfig):
    name = "khue.domains.academy"
    label = "academy"
