"""Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "khue.ui"
    label = "ui"
