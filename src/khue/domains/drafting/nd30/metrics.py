"""How wide text is in Times New Roman, by the font of the same metrics that stands in for it."""

from functools import cache

from fontTools.ttLib import TTFont

from khue.ui.typesetting import VENDOR

FILES = {
    (False, False): "Tinos_400Regular.ttf",
    (True, False): "Tinos_700Bold.ttf",
    (False, True): "Tinos_400Regular_Italic.ttf",
    (True, True): "Tinos_700Bold_Italic.ttf",
}


@cache
def _advances(bold: bool, italic: bool) -> tuple[dict[int, int], int]:
    with TTFont(VENDOR / "tinos-ttf" / FILES[bold, italic], lazy=True) as font:
        widths, cmap = font["hmtx"].metrics, font.getBestCmap()
        return {code: widths[name][0] for code, name in cmap.items()}, font["head"].unitsPerEm


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """In points."""
    advances, em = _advances(bold, italic)
    return sum(advances.get(ord(char), em // 2) for char in text) * size / em


def last_line(text: str, size: float, room: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width in points of the last line when the text is broken to fit `room` points."""
    text = text.rsplit("\n", 1)[-1]
    space = width(" ", size, bold=bold, italic=italic)
    used = 0.0
    for word in text.split():
        wide = width(word, size, bold=bold, italic=italic)
        used = wide if used and used + space + wide > room else used + (space if used else 0) + wide
    return min(used, room)


def balanced(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Broken into as few lines as fit `room` points, the longest of them as short as can be."""
    words = text.split()
    wide = width(" ".join(words), size, bold=bold)
    count = int(-(-wide // room))
    if count < 2 or len(words) < 2 * count:
        return " ".join(words)
    lines: list[str] = []
    while words and count > 1:
        aim = width(" ".join(words), size, bold=bold) / count
        cut = min(range(1, len(words)), key=lambda at: abs(width(" ".join(words[:at]), size, bold=bold) - aim))
        lines.append(" ".join(words[:cut]))
        words, count = words[cut:], count - 1
    return "\n".join([*lines, " ".join(words)])
