"""Django app."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "khue.gateway"
    label = "gateway"
