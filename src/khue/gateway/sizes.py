"""Whether a request fits into what a model reads. What does not is refused before it is sent, never cut."""

from collections.abc import Sequence

from khue.gateway.errors import ContextTooLong
from khue.gateway.providers import state
from khue.gateway.providers.file import Provider
from khue.gateway.request import Request

# tokens that a chat template puts around each turn, and around all
TURN, TEMPLATE = 8, 32
SMALLEST_CONTEXT = 1024
LEAST_ROOM = 16
LONGEST_TOKEN = 256  # bytes; spaces and rules are the longest of known vocabularies
CHEAP = 64 * 2**10


def least_tokens(texts: Sequence[str]) -> int:
    """A text has no fewer tokens than this: no vocabulary in use joins words."""
    return max(sum(len(text.split()) for text in texts) // 2, sum(len(text) for text in texts) // LONGEST_TOKEN)


def most_tokens(request: Request) -> int:
    """And no more than bytes."""
    return sum(len(text.encode()) for text in request.texts()) + TURN * len(request.turns) + TEMPLATE


def check_at_all(request: Request, providers: Sequence[Provider]) -> None:
    """Before anything is looked at closely: too long for every one of them? Raises ContextTooLong."""
    texts = request.texts()
    if sum(map(len, texts)) < CHEAP:
        return
    if least_tokens(texts) > max(map(state.context_length, providers)):
        raise ContextTooLong


def room(provider: Provider, request: Request) -> int:
    """Tokens that the answer may have, at most those asked for. Raises ContextTooLong."""
    wanted, most = request.options.max_tokens, most_tokens(request)
    if most + wanted <= SMALLEST_CONTEXT or most + wanted <= (context := state.context_length(provider)):
        return wanted
    if least_tokens(request.texts()) > context:
        raise ContextTooLong
    counted = state.count_tokens(provider, "\n".join(request.texts()))
    left = context - counted - TURN * len(request.turns) - TEMPLATE
    if left < min(wanted, LEAST_ROOM):
        raise ContextTooLong
    return min(wanted, left)
