"""Proposals of other words, with their changes one by one."""

from dataclasses import dataclass

from khue.domains.drafting.models import Draft, Rewrite
from khue.domains.drafting.planning import changes

LANGUAGES = ("vi", "en", "fr")
# beyond this share of new words the changes are shown as one
MOST_NEW = 0.7


@dataclass(frozen=True)
class Proposal:
    """`pieces`: where its changes can be taken one by one; empty for a translation, and where all is new."""

    rewrite: Rewrite
    pieces: list[changes.Piece]

    @property
    def changes(self) -> int:
        return sum(piece.number is not None for piece in self.pieces)


def proposals(draft: Draft) -> list[Proposal]:
    """Those that nobody has settled, the latest first."""
    found = draft.rewrites.exclude(outcome__in=[Rewrite.Outcome.ACCEPTED, Rewrite.Outcome.REJECTED])
    return [Proposal(one, _pieces(one)) for one in found]


def _pieces(one: Rewrite) -> list[changes.Piece]:
    if one.outcome != Rewrite.Outcome.OPEN or one.manner in LANGUAGES:
        return []
    found = changes.pieces(one.before, one.after)
    same = sum(len(piece.old) for piece in found if piece.number is None)
    return found if same > len(one.before) * (1 - MOST_NEW) else []
