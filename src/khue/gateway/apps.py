"""Django app."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "khue.gateway"
    label = "gateway"

    def ready(self) -> None:
        """What cannot be used is refused at the start, in a sentence."""
        from khue.gateway.policy import rules
        from khue.gateway.providers import registry

        try:
            registry.aliases()
            rules.book()
        except ValueError as error:
            raise SystemExit(str(error)) from error
