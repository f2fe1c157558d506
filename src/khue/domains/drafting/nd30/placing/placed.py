"""A document whose elements are found."""

import re
from dataclasses import dataclass, field

from khue.domains.drafting.nd30.kinds import Kind
from khue.domains.drafting.nd30.reading import Paragraph, Reading

SIGNED = re.compile(r"\((?:da )?ky\)|\(chu ky|\(ky,|\[?\(da ky|dau/chu ky|dau, chu ky")


@dataclass
class Placed:
    """A reading with its elements found."""

    reading: Reading
    kind: Kind | None = None
    # official letter: there is no title, but "V/v" or "Kính gửi"
    is_letter: bool = False
    by_role: dict[str, list[Paragraph]] = field(default_factory=dict)
    body: list[Paragraph] = field(default_factory=list)
    annexes: list[list[Paragraph]] = field(default_factory=list)

    def first(self, role: str) -> Paragraph | None:
        return next(iter(self.by_role.get(role, ())), None)

    def all(self, *roles: str) -> list[Paragraph]:
        return [paragraph for role in roles for paragraph in self.by_role.get(role, ())]

    def put(self, paragraph: Paragraph, role: str) -> None:
        paragraph.role = role
        self.by_role.setdefault(role, []).append(paragraph)

    @property
    def form(self) -> str:
        if self.kind:
            return self.kind.form
        return "letter" if self.is_letter else ""


def is_bold(paragraph: Paragraph) -> bool:
    said = paragraph.said
    return bool(said) and all(piece.format.bold for piece in said)
