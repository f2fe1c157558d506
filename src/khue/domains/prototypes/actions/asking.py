"""A question of a running tool to the assistant that was chosen for it."""

from django.utils.translation import gettext_lazy

from khue.domains.prototypes.models import Tool
from khue.domains.stewardship import api as stewardship
from khue.kernel.errors import UserError


class NobodyToAsk(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("No assistant was chosen for this tool."))


def answer(*, tool: Tool, question: str) -> str:
    """With the assistant's own checks, record and limits. Raises NobodyToAsk, UserError."""
    if not tool.assistant or not question.strip():
        raise NobodyToAsk
    return stewardship.served_answer(f"assistant/{tool.assistant}", question.strip()[:2000])
