"""A tool's code, piece by piece, with what each piece does: for people who learn to read code."""

import re
from collections.abc import Generator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Actor
from khue.domains.prototypes.actions import tools
from khue.domains.prototypes.actions.calls import TOOL, Ask, Event
from khue.domains.prototypes.models import Version
from khue.domains.prototypes.writing import prompting
from khue.gateway.api import Caller, DataClass, Options, Turn

MOST_PIECES, LONGEST_PIECE, TOKENS = 14, 260, 500
NAMED = re.compile(
    r"<(k-[a-z-]+|h1|h2|p|label|input|select|textarea|button|table|ul|ol|script|style|form)\b", re.IGNORECASE
)
SAID = re.compile(r"^\s*(\d+)\s*[:.)]\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    number: int
    code: str
    # what is known of it without asking
    known: str


@dataclass(frozen=True)
class Told:
    number: int
    text: str


def pieces(version: Version) -> list[Piece]:
    """The code cut where one element ends and the next begins."""
    lines = [line for line in tools.code_of(version).splitlines() if line.strip()]
    return [Piece(number, line, _known(line)) for number, line in enumerate(_joined(lines), 1)]


def _joined(lines: list[str]) -> list[str]:
    """A script or a style is one piece; so is what would be too many."""
    found: list[str] = []
    inside = ""
    for line in lines:
        opened = re.search(r"<(script|style)\b(?!.*</\1)", line)
        if inside or (found and len(found) >= MOST_PIECES):
            found[-1] += f"\n{line}"
            if inside and f"</{inside}" in line:
                inside = ""
            continue
        found.append(line)
        inside = opened.group(1) if opened else ""
    return found


def _known(code: str) -> str:
    names = {
        "h1": _("The title of the tool."), "h2": _("A heading."), "p": _("A paragraph of text."),
        "input": _("A box to type in."), "select": _("A list to choose from."), "textarea": _("A box for longer text."),
        "button": _("A button; pressing it does something."), "table": _("A table."), "ul": _("A list."),
        "ol": _("A numbered list."),
        "label": _("The words that say what a box is for."), "form": _("Boxes that belong together."),
        "k-field": _("A box to fill in, with its label; what is entered is checked."),
        "k-calc": _("A value that is worked out from the boxes by its formula."),
        "k-sheet": _("Boxes and results that belong together and can be printed on one sheet."),
        "k-form": _("A form; what is sent becomes a row of a list."),
        "k-table": _("The rows of a list as a table."),
        "k-csv": _("Takes in a table from a CSV file."),
        "k-chart": _("A chart of a list, with its figures in a table behind it."),
        "k-dashboard": _("Figures and charts of a table."),
        "k-count": _("Counts the rows of a list."),
        "k-steps": _("One step at a time on the screen, all of them on paper."),
        "k-press": _("A button that changes a number."),
        "k-checklist": _("What is there, what is missing."),
        "k-queue": _("Tickets are taken, counters call the next."),
        "k-guide": _("Questions that lead step by step to what to do."),
        "k-lookup": _("Finds an entry by words."),
        "k-poll": _("Counts votes for options."),
        "k-rota": _("Plans shifts, and shows clashes and gaps."),
        "k-slots": _("Appointments by the clock, and slips to print."),
        "k-agenda": _("Items of a meeting with a clock."),
        "k-stock": _("What is in stock, what came in and went out."),
        "k-letter": _("A letter whose gaps are filled from the boxes."),
        "k-verdict": _("Says yes or no by conditions, and why."),
        "script": _("What the tool does when something is typed or pressed."),
        "style": _("How it looks: colours, sizes, distances."),
    }  # fmt: skip
    found = [name.lower() for name in NAMED.findall(code)]
    return " ".join(dict.fromkeys(str(names.get(name, "")) for name in found)).strip()


def stream(*, version: Version, by: Actor, brake: knowledge.Brake) -> Generator[Told | Event, None, None]:
    """A sentence for each piece, as they come. Raises GatewayError."""
    numbered = "\n".join(f"{one.number}: {one.code[:LONGEST_PIECE]}" for one in pieces(version))
    caller = Caller(by.person_id, by.organisation_id, TOOL, purpose="explain", conversation_id=version.tool_id)
    ask = Ask(caller, DataClass(version.tool.data_class), brake)
    system = prompting.EXPLAIN.format(language=prompting.LANGUAGES[version.tool.language])
    told = 0
    for event in ask.stream([Turn("system", system), Turn("user", numbered)], Options(max_tokens=TOKENS)):
        if not isinstance(event, str):
            yield event
        elif "\n" in event:
            told = yield from _sentences(ask.text[: ask.text.rfind("\n")], told)
    yield from _sentences(ask.text, told)


def _sentences(text: str, told: int) -> Generator[Told, None, int]:
    found = SAID.findall(text)
    for number, sentence in found[told:]:
        yield Told(int(number), sentence.strip())
    return len(found)
