"""Gathers what users read into locale/<part>/<language>/LC_MESSAGES/django.po, without the system's gettext."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

TARGETS = ("vi", "fr")
# a string belongs to the part whose source uses it
PARTS = {
    "ui": ("ui", "config", "kernel"),
    "gateway": ("gateway",),
    "cli": ("cli",),
    "people": ("domains/people",),
    "stewardship": ("domains/stewardship",),
    "knowledge": ("domains/knowledge",),
    "procedures": ("domains/procedures",),
    "analysis": ("domains/analysis",),
    "drafting": ("domains/drafting",),
    "academy": ("domains/academy",),
    "assistants": ("domains/assistants",),
    "prototypes": ("domains/prototypes",),
    "synthesis": ("domains/synthesis",),
}
KEYWORDS: Any = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}|%%|%[sd]")
_VOLATILE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To|Project-Id-Version)'
    r".*\n",
    re.MULTILINE,
)
COUNT = {"%(count)s"}
Key = tuple[str | None, str | tuple[str, str]]


@dataclass(frozen=True)
class Finding:
    """Something a reader would see in the wrong language."""

    file: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}: {self.text!r}"


def _sources(part: str) -> Iterator[Path]:
    for folder in PARTS[part]:
        for path in sorted((settings.PACKAGE / folder).rglob("*")):
            own = "tests" not in path.parts and "vendor" not in path.parts and "migrations" not in path.parts
            if own and path.suffix in {".py", ".html", ".txt"}:
                yield path


def _python_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # templatize leaves calls of gettext among blots; indentation has no meaning there
    return "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())


def _key(function: str, found: tuple[str | None, ...]) -> Key | None:
    """What gettext looks up for a call with these literal arguments; None where the text is not a literal."""
    context = found[0] if "pgettext" in function else None
    ids = found[1:] if "pgettext" in function else found
    if not ids or not ids[0]:
        return None
    if "ngettext" in function or "npgettext" in function:
        return (context, (ids[0], ids[1])) if ids[1:] and ids[1] else None
    return context, ids[0]


def _strings(path: Path) -> Iterator[tuple[Key, str]]:
    """The key of each string, and the comment for translators."""
    source = io.BytesIO(_python_of(path).encode())
    for _line, function, found, comments in extract_python(source, KEYWORDS, ["Translators:"], {"encoding": "utf-8"}):
        arguments = (found,) if isinstance(found, str) else tuple(found or ())
        if key := _key(str(function), arguments):
            yield key, " ".join(str(comment) for comment in comments or ())


def gathered(part: str) -> Catalog:
    """Every string in the sources of a part."""
    catalog = Catalog()
    for path in _sources(part):
        place = (str(path.relative_to(settings.PACKAGE)), 0)
        for (context, ids), comment in _strings(path):
            catalog.add(ids, context=context, locations=[place], auto_comments=[comment] if comment else ())
    return catalog


def file_of(part: str, language: str) -> Path:
    return Path(settings.REPOSITORY) / "locale" / part / language / "LC_MESSAGES" / "django.po"


def _existing(part: str, language: str) -> Catalog:
    path = file_of(part, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def merged(part: str, language: str) -> Catalog:
    """The strings of today with the translations that are there; what no source uses is dropped."""
    catalog = _existing(part, language)
    catalog.update(gathered(part), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    return catalog


def write(part: str, language: str) -> None:
    output = io.BytesIO()
    catalog = merged(part, language)
    catalog.header_comment = f"# Khuê, {part}: {language}"
    write_po(output, catalog, width=120, include_lineno=False, sort_by_file=True)
    path = file_of(part, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_VOLATILE.sub("", output.getvalue().decode()), encoding="utf-8")


def _placeholders(text: str) -> set[str]:
    return {found.group() for found in _PLACEHOLDER.finditer(text)}


def _texts(value: str | Sequence[str | None] | None) -> list[str]:
    return [value] if isinstance(value, str) else [text or "" for text in value or [""]]


def _problem(message: Message | None) -> str:
    if message is None:
        return "missing"
    translations, ids = _texts(message.string), _texts(message.id)
    if message.fuzzy:
        return "fuzzy"
    if not all(translations):
        return "untranslated"
    wanted = _placeholders(ids[-1])
    # the form for "one" may leave the number out
    if any(_placeholders(text) | COUNT != wanted | COUNT for text in translations):
        return "other placeholders than the source"
    return ""


def findings(part: str, language: str) -> Iterator[Finding]:
    """Strings of the sources that are missing, untranslated, fuzzy or break a placeholder."""
    there = _existing(part, language)
    file = str(file_of(part, language).relative_to(settings.REPOSITORY))
    for wanted in gathered(part):
        if wanted.id and (problem := _problem(there.get(wanted.id, wanted.context))):
            yield Finding(file, str(wanted.id), problem)


def conflicts(language: str) -> Iterator[Finding]:
    """Texts that two parts translate otherwise: all parts share one catalogue at run time, so one would win."""
    first: dict[tuple[str | None, str], tuple[str, str]] = {}
    for part in PARTS:
        for message in _existing(part, language):
            key, said = (message.context, str(message.id)), str(message.string)
            before, there = first.setdefault(key, (said, part))
            if message.id and said != before:
                file = str(file_of(part, language).relative_to(settings.REPOSITORY))
                yield Finding(file, str(message.id), f"{said} here, {before} in {there}; agree, or give it a context")


def register(app: typer.Typer) -> None:
    app.command("messages", help="Gather what users read into locale/; --check: say what is not translated.")(messages)


def messages(
    part: Annotated[list[str] | None, typer.Argument(help="Parts; all without any.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 if a translation is missing.")] = False,
) -> None:
    import django

    django.setup()
    parts = part or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: the parts are {', '.join(PARTS)}")
    if not check:
        for name in parts:
            for language in TARGETS:
                write(name, language)
    found = [finding for name in parts for language in TARGETS for finding in findings(name, language)]
    found += [finding for language in TARGETS for finding in conflicts(language)]
    for finding in found:
        typer.echo(str(finding), err=True)
    raise typer.Exit(1 if found and check else 0)
