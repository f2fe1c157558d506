"""Numbers written in words, in Vietnamese, English and French, up to the thousands."""

import re

_VI = dict(zip("không một hai ba bốn năm sáu bảy tám chín".split(), range(10), strict=True)) | {
    "mốt": 1, "tư": 4, "lăm": 5, "bẩy": 7, "mười": 10,
}  # fmt: skip
_EN = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
) | dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_FR = (
    dict(
        zip(
            "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(),
            range(17),
            strict=True,
        )
    )
    | dict(zip("vingt trente quarante cinquante soixante".split(), range(20, 70, 10), strict=True))
    | {"vingts": 20, "une": 1}
)
_FACTOR = {
    "mươi": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000, "hundred": 100, "thousand": 1000, "cent": 100, "cents": 100,
    "mille": 1000,
}  # fmt: skip
_JOIN = {"and", "et", "lẻ", "linh"}
# also articles, other words ("năm" is a year too, "tư" private, "không" a negation): not a number when alone
_NOT_ALONE = {"một", "one", "un", "une", "năm", "tư", "lăm", "mốt", "không", "zero", "cent"}
_WORD = re.compile(r"[^\W\d_]+")


def numerals(text: str) -> list[tuple[int, int, int]]:
    """(start, end, value) of each number written in words."""
    found: list[tuple[int, int, int]] = []
    run: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(text):
        word = match.group().lower()
        known = word in _VI or word in _EN or word in _FR or word in _FACTOR
        close = not run or text[run[-1][1] : match.start()].strip() in {"", "-"}
        if known and close or (run and close and word in _JOIN):
            run.append((match.start(), match.end(), word))
            continue
        found += _read(run)
        run = [(match.start(), match.end(), word)] if known else []
    return found + _read(run)


def _read(run: list[tuple[int, int, str]]) -> list[tuple[int, int, int]]:
    while run and run[-1][2] in _JOIN:
        run = run[:-1]
    words = [word for _, _, word in run]
    if not words or (len(words) == 1 and (words[0] in _NOT_ALONE or words[0] in _FACTOR)):
        return []
    value = _value(words)
    return [] if value is None else [(run[0][0], run[-1][1], value)]


def _value(words: list[str]) -> int | None:
    total = part = 0
    for word in words:
        if word in _JOIN:
            continue
        factor = _FACTOR.get(word)
        digit = _VI.get(word, _EN.get(word, _FR.get(word, -1)))
        if factor == 1000:
            total, part = total + (part or 1) * 1000, 0
        elif factor == 10:
            part += (part % 10 or 1) * 10 - part % 10
        elif factor:
            part = part - part % 10 + (part % 10 or 1) * factor if part % 100 < 10 else part * factor
        elif word == "vingt" and part % 100 == 4 or word == "vingts":
            part = part - 4 + 80
        elif digit >= 0:
            part += digit
        else:
            return None
    return total + part
