"""What the privacy filter sees and hides, for pages."""

from django.utils.functional import Promise

from khue.gateway.privacy import NAMES, Kind, Mask


def hidden(text: str) -> str:
    """A text as a provider sees it when its identifiers are hidden; for trying out, nothing is kept. Raises
    DetectorFailed."""
    return Mask.open(None).hide(text)


def type_name(kind: str) -> Promise | str:
    """A type of identifier ("cccd") in words."""
    return NAMES.get(Kind(kind), kind) if kind in set(Kind) else kind
