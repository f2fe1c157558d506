"""YAML with the line of every value. No anchors, no tags, no repeated names: a file says what it says, once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from khue.domains.academy.course.faults import Fault

DEEPEST = 20
LARGEST = 1_000_000
LANGUAGES = frozenset({"vi", "en", "fr"})
_Path = tuple[str | int, ...]


class Unreadable(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class Document:
    file: str
    data: Any
    lines: dict[_Path, int]
    node: yaml.Node

    def line(self, place: _Path) -> int:
        """Of the nearest place that is there: parts that no place has (the tags of unions) are passed over."""
        known: _Path = ()
        for part in place:
            if (*known, part) in self.lines:
                known = (*known, part)
        return self.lines[known]

    def texts(self) -> Iterator[tuple[int, frozenset[str]]]:
        """Line and languages of each map from languages."""
        yield from _texts(self.node)


def read(file: str, octets: bytes) -> Document:
    """Raises Unreadable."""
    text = _decoded(file, octets)
    try:
        _check_events(file, text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise Unreadable(Fault(file, line, _not_yaml(error))) from None
    except yaml.YAMLError as error:
        raise Unreadable(Fault(file, 0, str(error))) from None
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable(Fault(file, 1, _("This file must be a list of “name: value” lines.")))
    lines: dict[_Path, int] = {}
    data = _value(file, node, (), lines)
    return Document(file, data, lines, node)


def _decoded(file: str, octets: bytes) -> str:
    if len(octets) > LARGEST:
        raise Unreadable(Fault(file, 0, _("The file is too large for a description (1 MB at most).")))
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = octets[: error.start].count(b"\n") + 1
        raise Unreadable(Fault(file, line, _("This is not UTF-8. Save the file as UTF-8 text."))) from None


def _not_yaml(error: yaml.MarkedYAMLError) -> str:
    return _("The line cannot be read: %(problem)s. A text with a colon or a quotation mark must stand in quotes.") % {
        "problem": error.problem or error.context or ""
    }


def _check_events(file: str, text: str) -> None:
    """Before anything is built: aliases can make a small file huge, deep nesting can end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(Fault(file, line, _("Anchors and aliases (& and *) are not allowed. Write the text out.")))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise Unreadable(Fault(file, line, _("This is nested too deeply.")))


def _value(file: str, node: yaml.Node, place: _Path, lines: dict[_Path, int]) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(file, node, place, lines))
    if isinstance(node, yaml.SequenceNode):
        return [_value(file, child, (*place, number), lines) for number, child in enumerate(node.value)]
    return _scalar(file, node)


def _entries(file: str, node: yaml.MappingNode, place: _Path, lines: dict[_Path, int]) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = str(key.value)
        if name in seen:
            raise Unreadable(Fault(file, line, _("“%(field)s” stands here twice. Keep one.") % {"field": name}))
        seen.add(name)
        yield name, _value(file, value, (*place, name), lines)
        lines[(*place, name)] = line


def _scalar(file: str, node: yaml.Node) -> Any:
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError):
        line = node.start_mark.line + 1
        raise Unreadable(
            Fault(file, line, _("The value “%(value)s” is not understood.") % {"value": node.value})
        ) from None


def _texts(node: yaml.Node) -> Iterator[tuple[int, frozenset[str]]]:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _texts(child)
    elif isinstance(node, yaml.MappingNode):
        names = frozenset(str(key.value) for key, _child in node.value)
        if names and names <= LANGUAGES:
            yield node.start_mark.line + 1, names
        else:
            for _key, child in node.value:
                yield from _texts(child)
