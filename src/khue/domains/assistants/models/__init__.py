"""Assistants, how well they answer, what they are asked."""

from khue.domains.assistants.models.assistant import Assistant, State, Version
from khue.domains.assistants.models.bench import Kind, Origin, Row, Run, RunState, TestQuestion
from khue.domains.assistants.models.publication import Publication
from khue.domains.assistants.models.visit import Channel, HandOver, Message, Outcome, Visit

__all__ = [
    "Assistant",
    "Channel",
    "HandOver",
    "Kind",
    "Message",
    "Origin",
    "Outcome",
    "Publication",
    "Row",
    "Run",
    "RunState",
    "State",
    "TestQuestion",
    "Version",
    "Visit",
]
