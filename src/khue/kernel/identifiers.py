"""Identifiers that came with a request or a file."""

from uuid import UUID


def identifier(given: str) -> UUID | None:
    """None for what is none."""
    try:
        return UUID(given)
    except ValueError:
        return None
