"""What is refused is said on the next page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from khue.kernel.errors import UserError


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    try:
        yield
    except UserError as refusal:
        messages.error(request, str(refusal))
