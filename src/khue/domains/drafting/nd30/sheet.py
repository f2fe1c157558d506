"""A document as it stands on paper: lines with their roles, cell by cell. DOCX, PDF and the preview are made of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Run:
    """`bold` None: as its role says. `gap`: a place that is still to be filled."""

    text: str
    bold: bool | None = None
    gap: bool = False


@dataclass(frozen=True)
class Line:
    """`rule`: which line is drawn under it. `field`: where in the document it comes from ("subject", "body.3")."""

    role: str
    runs: tuple[Run, ...]
    field: str = ""
    rule: str = ""
    # the first of its cell: no gap above
    before: float | None = None
    # stays with what follows
    keep: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]
    field: str = ""


Body = tuple[Line | Table, ...]


@dataclass(frozen=True)
class End:
    """Rows of two cells: recipients and signature, or two who sign."""

    rows: tuple[tuple[tuple[Line, ...], tuple[Line, ...]], ...]


@dataclass(frozen=True)
class Sheet:
    language: str
    # the rows of the head: left and right cell
    head: tuple[tuple[tuple[Line, ...], tuple[Line, ...]], ...]
    body: Body
    end: End
    contact: Line | None = None
    annexes: tuple[Body, ...] = ()
    # a full line above the head: copies stand under what they copy
    ruled: bool = False
    # annex VI, by name
    metadata: dict[str, str] = field(default_factory=dict)
