"""Provider zones: who holds the machine that a text would travel to. The order is meant: each reaches further."""

from enum import StrEnum


class Zone(StrEnum):
    MACHINE = "machine"
    INSTITUTION = "institution"
    COUNTRY = "country"
    ABROAD = "abroad"

    @property
    def reach(self) -> int:
        """0 for this machine, growing with the distance."""
        return list(Zone).index(self)

    def is_within(self, other: "Zone") -> bool:
        return self.reach <= other.reach
