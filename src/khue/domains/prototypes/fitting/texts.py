"""Functions of texts, as the formulas of parts have them, and which of them give what was wanted."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from khue.domains.prototypes.rules import plain

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
DEEPEST = 3


def _unaccented(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _ordered(text: str) -> str:
    return "\n".join(sorted(_lines(text), key=lambda line: (plain(line), line)))


def _words(text: str) -> list[str]:
    return text.split()


# name in a formula → what it does, and words by which people ask for it
TEXTS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "lower": (lambda text: text.lower(), r"chu thuong|lower|minuscule"),
    "upper": (lambda text: text.upper(), r"chu hoa|in hoa|upper|capital|majuscule"),
    "proper": (lambda text: " ".join(one[:1].upper() + one[1:].lower() for one in _words(text)), r"viet hoa|title"),
    "unaccented": (_unaccented, r"khong dau|bo dau|accent"),
    "joined": (lambda text: "".join(_words(text)), r"dau cach|lien nhau|without spaces?|no spaces?|sans espace"),
    "dashed": (lambda text: "-".join(_words(text)), r"gach noi|gach ngang|hyphen|dash|tiret"),
    "sorted": (_ordered, r"sap xep|thu tu|sort|alphabet|tri(?:er|ee|e)?\b|ordre"),
    "unique": (lambda text: "\n".join(dict.fromkeys(_lines(text))), r"trung|duplicat|unique|doublon"),
    "reversed": (lambda text: "\n".join(reversed(_lines(text))), r"dao|revers|invers"),
    "initials": (lambda text: "".join(word[:1].upper() for word in _words(text)), r"viet tat|chu cai dau|initial"),
    "first": (lambda text: (_words(text) or [""])[0], r"dau tien|first|premier|\bho\b"),
    "last": (lambda text: (_words(text) or [""])[-1], r"\bten\b|last|dernier|nom"),
    "digits": (lambda text: re.sub(r"\D", "", text), r"chu so|digits|chiffres"),
    "spaced": (lambda text: " ".join(_words(text)), r"thua|extra spaces|superflu"),
}
COUNTS: Mapping[str, tuple[Callable[[str], float], str]] = {
    "words": (lambda text: float(len(_words(text))), r"so tu\b|so chu\b|tu\b|words?|mots?"),
    "len": (lambda text: float(len(text)), r"ky tu|characters?|letters|caracteres?"),
    "lines": (lambda text: float(len(_lines(text))), r"dong|nguoi|lines?|names|lignes?|noms"),
    "sentences": (lambda text: float(len(re.findall(r"[^.!?…]*\w[^.!?…]*", text))), r"cau\b|sentences?|phrases?"),
}


def asked(formula: str, about: str) -> bool:
    """Whether a description speaks of every function of texts that stands in a formula."""
    known = {**TEXTS, **COUNTS, **CHECKS}
    return all(re.search(known[name][1], about) for name in re.findall(r"(\w+)\(", formula) if name in known)


def _is_tax_code(text: str) -> bool:
    given = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"\d{10}(?:\d{3})?", given) or given[10:] == "000":
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, given[:9], strict=True)) % 11
    return rest != 0 and int(given[9]) == 10 - rest


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: bool(re.fullmatch(pattern, re.sub(r"[\s.\-]", "", text)))


CHECKS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "istaxcode": (_is_tax_code, r"ma so thue|mst|tax code|tax number|code fiscal"),
    "isphone": (_matches(r"(?:0|\+?84)(?:[235789]\d{8}|2\d{9})"), r"dien thoai|phone|telephone"),
    "isemail": (
        lambda text: bool(re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@.]{2,}", text.strip())),
        r"thu dien tu|e-?mail|courriel",
    ),
    "isidentity": (_matches(r"\d{12}"), r"can cuoc|cccd|identity|identite"),
}


@dataclass(frozen=True)
class Way:
    """A formula of one text field, and what it gives in each example."""

    formula: str
    column: tuple[str, ...]
    cost: float


def _asked(words: str, about: str) -> float:
    """Little where the description speaks of it."""
    return 0.2 if re.search(words, about) else 1.0


def ways(name: str, column: Sequence[str], about: str) -> Iterator[Way]:
    """Cheapest first at each depth; what gives the same as something simpler is left out."""
    edge = [Way(name, tuple(column), 0.0)]
    seen = {edge[0].column}
    yield edge[0]
    for _depth in range(DEEPEST):
        after: dict[tuple[str, ...], Way] = {}
        for way in edge:
            for called, (does, words) in TEXTS.items():
                made = Way(f"{called}({way.formula})", tuple(map(does, way.column)), way.cost + _asked(words, about))
                before = after.get(made.column)
                if made.column not in seen and (before is None or made.cost < before.cost):
                    after[made.column] = made
        edge = sorted(after.values(), key=lambda one: one.cost)
        seen |= set(after)
        yield from edge


def same(got: str, wanted: str) -> bool:
    return " ".join(got.split()) == " ".join(wanted.split())


def text(names: Mapping[str, Sequence[str]], wanted: Sequence[str | None], about: str) -> str | None:
    """The formula that gives these texts: of one field, or of several put together."""
    fits = [
        way
        for name, column in names.items()
        for way in ways(name, column, about)
        if all(want is None or same(got, want) for got, want in zip(way.column, wanted, strict=True))
    ]
    if fits:
        return min(fits, key=lambda one: (one.cost, len(one.formula))).formula
    return _template(names, wanted)


def _template(names: Mapping[str, Sequence[str]], wanted: Sequence[str | None]) -> str | None:
    """Words around what was filled in: "Kính gửi " & name."""
    shapes = set()
    for at, want in enumerate(wanted):
        if want is None:
            continue
        shape = want.replace('"', "'")
        for name, column in names.items():
            if column[at]:
                shape = shape.replace(column[at], f"\x00{name}\x00")
        shapes.add(shape)
    if len(shapes) != 1 or "\x00" not in (shape := shapes.pop()):
        return None
    pieces = [piece if at % 2 else f'"{piece}"' for at, piece in enumerate(shape.split("\x00")) if piece]
    return " & ".join(pieces)


def count(names: Mapping[str, Sequence[str]], wanted: Sequence[float | None], about: str, label: str) -> str | None:
    """A number of words, letters, lines of a text."""
    fits = []
    for name, column in names.items():
        for way in list(ways(name, column, about))[:40]:
            for called, (does, words) in COUNTS.items():
                got = [does(one) for one in way.column]
                if all(want is None or want == one for want, one in zip(wanted, got, strict=True)):
                    fits.append((way.cost + _asked(words, label), f"{called}({way.formula})"))
    return min(fits)[1] if fits else None


def check(names: Mapping[str, Sequence[str]], wanted: Sequence[bool | None], about: str) -> str | None:
    """A condition of one field that is true where it must be."""
    fits = [
        (_asked(words, about), f"{called}({name})")
        for name, column in names.items()
        for called, (does, words) in CHECKS.items()
        if all(want is None or does(one) == want for want, one in zip(wanted, column, strict=True))
    ]
    return min(fits)[1] if fits else None
