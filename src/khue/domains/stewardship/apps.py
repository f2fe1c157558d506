"""Django app."""

from django.apps import AppConfig


class StewardshipConfig(AppConfig):
    name = "khue.domains.stewardship"
    label = "stewardship"
