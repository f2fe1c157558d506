"""E-mail, handed to the server of the settings: whether it took a letter, and if not, whether to try again.

mail.send(Letter(to="an@example.vn", subject="…", text="…", html="…", id="1f3a…"))
"""

import smtplib
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Why(StrEnum):
    """What went wrong with a letter."""

    NOT_SET_UP = "not-set-up"
    UNREACHABLE = "unreachable"
    SIGN_IN = "sign-in"
    BUSY = "busy"
    REFUSED = "refused"
    # the line dropped while the server had the letter: it may have taken it
    UNKNOWN = "unknown"


# worth another try by itself: nothing was taken
LATER = frozenset({Why.UNREACHABLE, Why.BUSY})


@dataclass(frozen=True)
class Letter:
    """`id`: the same for the same letter sent again, by which mail systems tell doubles."""

    to: str
    subject: str
    text: str
    html: str
    id: str


class NotSent(Exception):
    """`said`: the server's own words, "" if it said nothing."""

    def __init__(self, why: Why, said: str = "") -> None:
        super().__init__(f"{why}: {said}")
        self.why, self.said = why, said


def is_set_up() -> bool:
    return bool(settings.EMAIL_HOST)


def send(letter: Letter) -> None:
    """Returns once the server has taken it. Raises NotSent."""
    if not is_set_up():
        raise NotSent(Why.NOT_SET_UP)
    line = get_connection(SMTP)
    try:
        line.open()
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent(Why.SIGN_IN, _words(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(Why.UNREACHABLE, _words(error)) from error
    try:
        line.send_messages([_message(letter)])
    except (OSError, smtplib.SMTPException) as error:
        raise _judged(error) from error
    finally:
        line.close()


def _message(letter: Letter) -> EmailMultiAlternatives:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    identifier = f"<{letter.id}@{sender.partition('@')[2]}>"
    message = EmailMultiAlternatives(
        " ".join(letter.subject.split()), letter.text, to=[letter.to],
        headers={"Message-ID": identifier, "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative(letter.html, "text/html")
    return message


def _judged(error: Exception) -> NotSent:
    """A 5xx answer is for good, a 4xx for now (RFC 5321, section 4.2.1); no answer leaves it open."""
    code, words = 0, ""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        words = _text(said)
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, _text(error.smtp_error)
    if code >= 500:
        return NotSent(Why.REFUSED, words)
    return NotSent(Why.BUSY if code >= 400 else Why.UNKNOWN, words)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _text(error.smtp_error)
    return str(error)


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
