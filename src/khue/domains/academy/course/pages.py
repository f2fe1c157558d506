"""A topic's page: Markdown whose headings, pictures and links are checked."""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from khue.domains.academy.course.faults import Fault

ATTRIBUTES = {"h2": {"id"}, "img": {"src", "alt", "title"}, "a": {"href", "title"}}
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    line: int


def headings(text: str) -> Iterator[Heading]:
    tokens = PARSER.parse(text)
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            yield Heading(int(opening.tag[1]), inline.content, (opening.map or [0])[0] + 1)


def targets(text: str) -> Iterator[tuple[int, str]]:
    """Line and address of each picture and link."""
    for block in PARSER.parse(text):
        line = (block.map or [0])[0] + 1
        for token in block.children or ():
            if address := _address(token):
                yield line, address


def _address(token: Token) -> str:
    return str(token.attrs.get("src" if token.type == "image" else "href", ""))


def inside(page: str, address: str) -> str | None:
    """The path in the folder that a page's address leads to; None for an address elsewhere or on the page."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    steps: list[str] = []
    for step in (PurePosixPath(page).parent / unquote(parts.path)).parts:
        if step == "..":
            if not steps:
                return "../" + unquote(parts.path)
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def faults(file: str, text: str, paths: Set[str]) -> Iterator[Fault]:
    found = list(headings(text))
    if not text.strip():
        yield Fault(file, 0, _("The page is empty. Write the text of the topic."))
    for heading in found:
        if heading.level == 1:
            yield Fault(file, heading.line, _("Start with “##”: the title of the page stands in topic.yaml."))
    if text.strip() and not found:
        yield Fault(file, 1, _("A page needs headings (“## …”), so that readers find their way."))
    for line, address in targets(text):
        path = inside(file, address)
        if path is not None and path not in paths:
            yield Fault(file, line, _("There is no file “%(path)s”. Correct the address or add it.") % {"path": path})


@dataclass(frozen=True)
class Section:
    """A heading of the second level; its anchor on the page is `s1`, `s2` … in order."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Page:
    html: str
    sections: tuple[Section, ...]


def rendered(file: str, text: str, address: Callable[[str], str]) -> Page:
    """HTML that is clean whatever the text says. `address` tells where a file of the folder is served."""
    tokens = PARSER.parse(text)
    sections = tuple(_anchored(tokens))
    for token in tokens:
        for child in token.children or ():
            name = "src" if child.type == "image" else "href"
            if path := inside(file, _address(child)):
                child.attrs[name] = address(path)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return Page(nh3.clean(html, attributes=ATTRIBUTES, link_rel="noopener"), sections)


def _anchored(tokens: list[Token]) -> Iterator[Section]:
    number = 0
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open" and opening.tag == "h2":
            number += 1
            opening.attrs["id"] = f"s{number}"
            yield Section(f"s{number}", _plain(inline))


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())
