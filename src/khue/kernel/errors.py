"""The root of all errors whose text is ready for the person who caused or met them."""

from django.utils.functional import Promise


class UserError(Exception):
    """What happened, what is safe, what to do next; `str()` gives it in the active language."""

    def __init__(self, message: "str | Promise", *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).__name__

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(UserError):
    """The person may know that the thing exists but may not do this with it."""
