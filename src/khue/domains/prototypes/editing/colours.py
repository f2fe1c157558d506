"""Colours by their names: which part, which colour; each is dark enough for white words on it, or is a light ground."""

import re
from dataclasses import dataclass

from khue.domains.prototypes.rules import plain

# strong: behind white words, or as words on white (at least 4.5:1); soft: a ground for dark words
STRONG = {
    "green": "#1f6f3f", "blue": "#1d4f91", "red": "#a3271f", "orange": "#9a4b00", "yellow": "#7a5c00",
    "purple": "#5b3a8c",
    "pink": "#9c2a63", "brown": "#6b4423", "grey": "#4a5560", "black": "#1a1a1a", "teal": "#1f6f63",
}  # fmt: skip
SOFT = {
    "green": "#e3f2e7", "blue": "#e4eefb", "red": "#fbe9e6", "orange": "#fdeedd", "yellow": "#fdf6d8",
    "purple": "#f0eafa",
    "pink": "#fbe8f1", "brown": "#f3ece4", "grey": "#eef0f2", "black": "#f4f4f4", "teal": "#e3f0ec", "white": "#ffffff",
}  # fmt: skip
NAMES = {
    "green": r"xanh la(?: cay)?|mau la|luc|green|vert\w*",
    "blue": r"xanh (?:duong|da troi|nuoc bien|lam|dam)|lam|blue|bleue?s?",
    "teal": r"ngoc|xanh ngoc|teal|turquoise|canard",
    "red": r"do|red|rouges?",
    "orange": r"cam|orange",
    "yellow": r"vang|yellow|jaunes?",
    "purple": r"tim|purple|violet\w*",
    "pink": r"hong|pink|roses?",
    "brown": r"nau|brown|bruns?|marron",
    "grey": r"xam|gr[ae]y|gris\w*",
    "black": r"den|black|noire?s?",
    "white": r"trang|white|blanche?s?|blancs?",
}
PLACES = (
    (
        r"\bnut\b|buttons?|boutons?",
        "button, .k-button, [type=submit]",
        "background-color:{strong};border-color:{strong};color:#ffffff",
    ),
    (r"tieu de|headings?|\btitles?\b|\btitres?\b", "h1, h2", "color:light-dark({strong},{soft})"),
    (r"\bnen\b|background|\bfond\b", "body, main", "background-color:light-dark({soft},#14181a)"),
    (
        r"mau (?:chinh|chu dao)|main colou?r|couleur principale|giao dien|theme",
        ":root",
        "--accent:{strong};--on-accent:#ffffff",
    ),
)
_ASKS = re.compile(
    r"(?<!\w)(?:mau|doi|cho|lam|make|colou?r|turn|change|use|paint|mets|mettre|mettez|rend\w*|couleur|passe\w*|en)(?!\w)"
)


@dataclass(frozen=True)
class Style:
    selector: str
    css: str
    said: str


def style_of(wish: str) -> Style | None:
    """None where no part or no colour is named, or the wish says more than that."""
    said = plain(wish)
    if len(said) > 120 or not _ASKS.search(said):
        return None
    place = next((one for one in PLACES if re.search(one[0], said)), None)
    colour = next((name for name, words in NAMES.items() if re.search(rf"(?<!\w)(?:{words})(?!\w)", said)), None)
    if place is None or colour is None or (colour == "white" and "{soft}" not in place[2]):
        return None
    rest = re.sub(rf"{place[0]}|(?<!\w)(?:{NAMES[colour]})(?!\w)", "", said)
    if len(re.findall(r"\w+", _ASKS.sub("", rest))) > 5:
        return None
    rule = place[2].format(strong=STRONG.get(colour, ""), soft=SOFT[colour])
    important = ";".join(f"{part} !important" for part in rule.split(";"))
    return Style(place[1], f"{place[1]} {{ {important} }}\n", f"colour:{colour}")
