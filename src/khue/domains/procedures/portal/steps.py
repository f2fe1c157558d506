"""`trinh_tu_thuc_hien` and other running text: steps where the text numbers them, paragraphs as they stand."""

import re

from khue.domains.procedures.portal.loss import leaves, lost_characters
from khue.domains.procedures.portal.shapes import Parsed, Step

UNSTATED = "Không có thông tin"
SEPARATORS = re.compile(UNSTATED)
_LABEL = re.compile(r"^[ \t*+–-]*(?:[a-zđ]\) ?)?(?:Bước|BƯỚC) ?\d+(?:\.\d+)?[ \t]*[.:)–-]?", re.MULTILINE)


def steps(source: str) -> Parsed[tuple[Step, ...]]:
    starts = list(_LABEL.finditer(source))
    before = source[: starts[0].start() if starts else len(source)].strip()
    found = [Step("", before)] if before and before != UNSTATED else []
    ends = [match.start() for match in starts[1:]] + [len(source)]
    for match, end in zip(starts, ends, strict=False):
        found.append(Step(match.group().strip(), source[match.end() : end].strip()))
    return Parsed(tuple(found), (), lost_characters(source, leaves(found), SEPARATORS))
