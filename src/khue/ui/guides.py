"""Guides: Markdown under content/guides/<language>/<NN>-<slug>.md. First the title, then one paragraph of summary."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

FALLBACK = "en"


@dataclass(frozen=True)
class Guide:
    slug: str
    title: str
    summary: str
    minutes: int
    body: str

    @property
    def html(self) -> SafeString:
        return markdown(self.body)


def markdown(text: str) -> SafeString:
    """CommonMark with tables, cleaned: also fit for text that people wrote. Pictures come from here only: asking for
    one elsewhere tells whoever has it who reads this, and whatever its address says."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return mark_safe(nh3.clean(html, link_rel="noopener noreferrer", attribute_filter=_own_pictures))  # noqa: S308 -- cleaned


def _own_pictures(tag: str, attribute: str, value: str) -> str | None:
    is_elsewhere = attribute in {"src", "srcset"} and not re.match(r"/?[\w.-]+(/[\w.-]+)*$", value)
    return None if is_elsewhere else value


def _folder(language: str) -> Path:
    return Path(settings.CONTENT) / "guides" / language


def _read(path: Path) -> Guide:
    title, summary, body = (part.strip() for part in path.read_text(encoding="utf-8").split("\n\n", 2))
    minutes = max(1, round(len(body.split()) / 180))
    return Guide(path.stem.split("-", 1)[1], title.lstrip("# "), summary, minutes, body)


@cache
def in_language(language: str) -> tuple[Guide, ...]:
    """In the order of the numbers in the file names."""
    folder = _folder(language) if _folder(language).is_dir() else _folder(FALLBACK)
    return tuple(_read(path) for path in sorted(folder.glob("*.md")))


def find(slug: str, language: str) -> Guide | None:
    return next((guide for guide in in_language(language) if guide.slug == slug), None)
