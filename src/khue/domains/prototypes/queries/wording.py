"""What the studio says."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khue.domains.prototypes.models import Turn, TurnKind
from khue.domains.prototypes.patterns import UnknownPattern, pattern
from khue.domains.prototypes.writing.declining import Harm

REASONS = {
    Harm.SURVEILLANCE: gettext_lazy(
        "I do not make tools that watch people without their knowledge: that is against the law on personal data and "
        "against their trust. For a real need ask your data steward; with their consent people can enter themselves "
        "what is needed, for example in an intake form or a duty plan."
    ),
    Harm.CREDENTIALS: gettext_lazy(
        "I do not make tools that collect passwords, codes or card numbers: no office needs them from people. People "
        "sign in through your own sign-in service; for payments use the national portal."
    ),
    Harm.DECEPTION: gettext_lazy(
        "I do not make imitations of sites, papers, stamps or signatures. For practice I can make a form or a print "
        "sheet that is plainly marked as a specimen."
    ),
    Harm.ATTACK: gettext_lazy(
        "I do not make tools that attack or break into systems. If you have found a weakness, report it to your "
        "administrator; I can make a form for such reports."
    ),
    Harm.SCORING: gettext_lazy(
        "I do not make tools that rate people by their opinions, origin or conduct: decisions about people need a "
        "legal ground and a person. I can make a queue, a checklist of what the law asks for, or an appeal form."
    ),
}


def declined(harm: Harm) -> str:
    return str(REASONS[harm])


def pattern_title(key: str, language: str) -> str:
    try:
        return str(pattern(key).title.get(language, key))
    except UnknownPattern:
        return ""


def begun_with(title: str) -> str:
    return _("Here is the pattern “%(title)s” with its example. Say what is to be different.") % {"title": title}


def made(turn: Turn, result: Any) -> str:
    if turn.kind == TurnKind.REPAIR:
        return _("I have changed what did not work. The checks run again.")
    if turn.kind == TurnKind.CHANGE:
        return _("Changed.")
    if result.broken:
        return _("The answer broke off; this is what had come. Say what is missing, or describe it again.")
    if "pattern" in result.source:
        title = pattern_title(result.source["pattern"], turn.tool.language)
        return _("Here it is, made from the pattern “%(title)s”. Try it; then say what is to be different.") % {
            "title": title
        }
    return _("Here it is, written anew because no pattern fits. Try it with care; then say what is to be different.")


def steps(turn: Turn, result: Any) -> list[str]:
    """What was done or is to be checked, a line each."""
    found = [_note(note) for note in result.notes]
    if result.ledger or turn.kind == TurnKind.DESCRIBE:
        return found
    return [*found, _("Understood without the model.")]


COLOURS = {
    "green": gettext_lazy("Green"), "blue": gettext_lazy("Blue"), "red": gettext_lazy("Red"),
    "orange": gettext_lazy("Orange"), "yellow": gettext_lazy("Yellow"), "purple": gettext_lazy("Purple"),
    "pink": gettext_lazy("Pink"), "brown": gettext_lazy("Brown"), "grey": gettext_lazy("Grey"),
    "black": gettext_lazy("Black"), "teal": gettext_lazy("Teal"), "white": gettext_lazy("White"),
}  # fmt: skip


def _note(note: str) -> str:
    kind, _sign, rest = note.partition(":")
    if kind == "example":
        return _("“%(name)s” was not in your words and stands as in the pattern: check it.") % {"name": rest}
    if kind == "number":
        return _("The number %(number)s is not in your words: check it.") % {"number": rest}
    if kind == "formula":
        return _("Found from your figures and examples: %(formula)s") % {"formula": rest}
    if kind == "left":
        return _("The figure %(number)s stands in your words, and no example shows what it does: check it.") % {
            "number": rest
        }
    if kind == "read":
        return _("Read from your description by rules, without the model.")
    if kind == "searched":
        return _("One value was changed until all examples worked: look whether that is what you mean.")
    if kind == "colour":
        return str(COLOURS.get(rest, rest))
    if kind == "title":
        return _("Title: %(title)s") % {"title": rest.strip()}
    if note.isdigit():
        count = int(note)
        return ngettext("%(count)s place was not found again.", "%(count)s places were not found again.", count) % {
            "count": count
        }
    return note


def reason(turn: Turn) -> str:
    if turn.kind == TurnKind.REPAIR:
        return _("Repair")
    return turn.asked.replace("\n", " ")[:280]


def no_way_out() -> str:
    return _(
        "A tool here sends nothing anywhere: whatever was to go to another address stays in the tool. Use its export "
        "to take data along."
    )


def not_understood() -> str:
    return _(
        "I could not turn that into a change. Say which field, text or number is to become what; the tool is as it was."
    )


def broke_off() -> str:
    return _("It broke off. The tool is as it was before; try again in a moment.")


def stopped() -> str:
    return _("Stopped. The tool is as it was before.")


def stopped_half_way() -> str:
    return _("Stopped. What had come is kept; the rest stands as in the pattern.")


def without_model(refusal: str) -> str:
    return _("%(refusal)s This is the pattern that fits, with its example: change it by hand or by simple wishes.") % {
        "refusal": refusal
    }
