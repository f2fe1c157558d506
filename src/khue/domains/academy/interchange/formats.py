"""The formats by name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from khue.domains.academy.interchange import checking, gift, monolingual, moodle, qti
from khue.domains.academy.interchange.paper import Paper, Read, Written


@dataclass(frozen=True)
class Format:
    label: str
    suffix: str
    media_type: str
    write: Callable[[Paper], bytes]
    read: Callable[[bytes, str], Read]


FORMATS = {
    "qti21": Format("QTI 2.1", "zip", "application/zip", partial(qti.write, version="2.1"), qti.read),
    "qti3": Format("QTI 3.0", "zip", "application/zip", partial(qti.write, version="3.0"), qti.read),
    "gift": Format("GIFT", "gift.txt", "text/plain; charset=utf-8", gift.write, gift.read),
    "moodle": Format("Moodle XML", "xml", "application/xml", moodle.write, moodle.read),
}


def write(paper: Paper, form: str) -> Written:
    """In the paper's language; the losses name what this file does not hold of it."""
    one_language = Paper(
        paper.title,
        tuple(monolingual.in_language(item, paper.language) for item in paper.items),
        paper.language,
        paper.sections,
        paper.time_limit_s,
    )
    octets = FORMATS[form].write(one_language)
    return Written(octets, checking.losses(paper, octets, FORMATS[form].read))


def read(octets: bytes, form: str, language: str) -> Read:
    """Raises Refused for a file that cannot be opened; items that cannot be read are among the problems."""
    return FORMATS[form].read(octets, language)
