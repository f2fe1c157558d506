"""What the gateway does by itself."""

from khue.gateway.privacy import vault
from khue.kernel import jobs


@jobs.regularly("gateway.forget_pseudonyms", cron="41 2 * * *")
def forget_pseudonyms() -> None:
    """What hidden values stood for, once it has expired."""
    vault.forget_expired()
