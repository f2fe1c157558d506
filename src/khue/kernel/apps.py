"""Django app."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "khue.kernel"
    label = "kernel"
