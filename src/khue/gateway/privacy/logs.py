"""Log lines without personal data."""

import logging

from khue.gateway.privacy.findings import DetectorFailed
from khue.gateway.privacy.placeholders import LABELS
from khue.gateway.privacy.scanning import scan

WITHHELD = "(a line that could not be checked for personal data was left out)"


class WithoutPersonalData(logging.Filter):
    """Each value gives way to its type, for good. A line that cannot be checked is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            record.msg, record.args = redacted(record.getMessage()), None
            if record.exc_info and not record.exc_text:
                record.exc_text = redacted(logging.Formatter().formatException(record.exc_info))
        except (DetectorFailed, TypeError, ValueError):
            record.msg, record.args, record.exc_info, record.exc_text = WITHHELD, None, None, None
        return True


def redacted(text: str) -> str:
    parts, place = [], 0
    for each in scan(text):
        parts += [text[place : each.start], f"[{LABELS[each.type][0]}]"]
        place = each.end
    return "".join([*parts, text[place:]])
