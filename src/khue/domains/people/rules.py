"""Roles and where they hold: plain facts about who may act in which organisation."""

from enum import StrEnum


class Role(StrEnum):
    PARTICIPANT = "participant"
    LECTURER = "lecturer"
    COORDINATOR = "coordinator"
    STEWARD = "steward"
    ADMINISTRATOR = "administrator"
