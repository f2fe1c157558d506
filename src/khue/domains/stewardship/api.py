"""What other domains may do with stewardship: say which of their things carry a class that a steward may lower."""

from khue.domains.stewardship.rules import HOLDERS, Holder, Raised

__all__ = ["Holder", "Raised", "hold"]


def hold(holder: Holder) -> None:
    """Registers a kind of things; called when the application starts."""
    HOLDERS[holder.kind] = holder
