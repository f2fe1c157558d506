"""Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "khue.domains.people"
    label = "people"
