"""Data classes: how far a text may travel. The order is meant: a higher class includes the care of the lower."""

from enum import IntEnum


class DataClass(IntEnum):
    PUBLIC = 0
    INTERNAL = 1
    CONFIDENTIAL = 2
    SECRET = 3
