"""Answers of a public consultation: read, sorted into themes by the machine, put right by people."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import numpy as np
from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from khue.domains.knowledge import api as knowledge
from khue.domains.knowledge.api import Sandbox
from khue.domains.people.api import Actor
from khue.domains.synthesis.actions.embedding import caller
from khue.domains.synthesis.consulting import columns, themes
from khue.domains.synthesis.consulting.columns import Columns
from khue.domains.synthesis.grouping.clusters import Labels
from khue.domains.synthesis.grouping.naming import names
from khue.domains.synthesis.models import Consultation, Judgement, Opinion, Theme
from khue.domains.synthesis.permissions import check_can_begin, check_can_change
from khue.domains.synthesis.queries.consultations import sample_of
from khue.domains.synthesis.rules import OVER, Stage
from khue.gateway import api as gateway
from khue.gateway.api import DIMENSIONS, DataClass
from khue.kernel import jobs
from khue.kernel.errors import UserError
from khue.kernel.stored import on_disk

SORT = "synthesis.consult"
MOST_ANSWERS = 50_000
BATCH = 512
LONGEST = 4000


class NoAnswers(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("No column with free-text answers was found. Name the column that holds them, or check the file.")
        )


class TooManyAnswers(UserError):
    def __init__(self, count: int) -> None:
        text = _("The file has %(count)s answers; at most %(most)s can be sorted at once. Divide it.")
        super().__init__(text % {"count": count, "most": MOST_ANSWERS})


class NoEmbeddings(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The answers could not be compared, since no embedding model may be used for this class of data.")
        )


def begin(
    *,
    by: Actor,
    title: str,
    file: "File[bytes]",
    file_name: str,
    question: str = "",
    named: Mapping[str, str] | None = None,
    data_class: int = DataClass.INTERNAL,
    is_shared: bool = False,
) -> Consultation:
    """Raises NotAllowed."""
    check_can_begin(by)
    made = Consultation(
        organisation_id=by.organisation_id, owner_id=by.person_id, title=title.strip()[:300], question=question.strip(),
        file_name=file_name[:300], data_class=data_class, is_shared=is_shared, columns=dict(named or {}),
    )  # fmt: skip
    made.file.save(f"{made.pk}-{file_name[-40:]}", file, save=False)
    made.save()
    return made


def sort_later(consultation: Consultation) -> None:
    jobs.later(SORT, one_at_a_time=f"{SORT} {consultation.pk}", consultation=str(consultation.pk))


def sort(consultation_id: UUID) -> Consultation:
    """Reads, embeds and sorts; what is there already is not done again."""
    found = Consultation.objects.get(pk=consultation_id)
    if found.stage in OVER:
        return found
    try:
        if not found.opinions.exists():
            _stage(found, Stage.READING, 0, 1)
            _read(found)
        _embed(found)
        _stage(found, Stage.GROUPING, 1, 1)
        _sort(found)
        _stage(found, Stage.DONE, 1, 1)
    except UserError as refusal:
        Consultation.objects.filter(pk=found.pk).update(stage=Stage.FAILED, error=str(refusal))
    found.refresh_from_db()
    return found


def _stage(consultation: Consultation, stage: Stage, done: int, of: int) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(stage=stage, progress={"done": done, "of": of})


def _read(consultation: Consultation) -> None:
    with on_disk(consultation.file, Path(consultation.file_name).suffix[:10]) as path, Sandbox() as sandbox:
        rows = knowledge.read_rows(path, consultation.file_name, sandbox=sandbox)
    try:
        chosen = columns.named(rows, consultation.columns) if consultation.columns else columns.found(rows)
    except columns.NoAnswers as problem:
        raise NoAnswers from problem
    if len(rows) - 1 > MOST_ANSWERS:
        raise TooManyAnswers(len(rows) - 1)
    with transaction.atomic():
        made = list(_opinions(consultation, rows, chosen))
        Opinion.objects.bulk_create(made, batch_size=1000)
        Consultation.objects.filter(pk=consultation.pk).update(
            columns=chosen.as_names(rows[0]),
            empty=len(rows) - 1 - len(made),
            repeated=len(made) - len({one.text.casefold() for one in made}),
        )


def _opinions(consultation: Consultation, rows: Sequence[Sequence[str]], chosen: Columns) -> Iterator[Opinion]:
    for number, row in enumerate(rows[1:], 2):
        text = _cell(row, chosen.answer)
        if text:
            yield Opinion(
                consultation=consultation, row=number, text=text[:LONGEST],
                group=_cell(row, chosen.group)[:200], place=_cell(row, chosen.place)[:200],
            )  # fmt: skip


def _cell(row: Sequence[str], at: int) -> str:
    return " ".join(row[at].split()) if 0 <= at < len(row) else ""


def _embed(consultation: Consultation) -> None:
    waiting = list(consultation.opinions.filter(vector=b"").values_list("pk", "text"))
    of = consultation.opinions.count()
    for at in range(0, len(waiting), BATCH):
        part = waiting[at : at + BATCH]
        _stage(consultation, Stage.GROUPING, of - len(waiting) + at, of)
        texts = list(dict.fromkeys(text[:600] for _pk, text in part))
        try:
            made = gateway.embed(
                texts, kind="passage", caller=caller(consultation, "themes"),
                data_class=DataClass(consultation.data_class), priority="background",
            )  # fmt: skip
        except UserError as refusal:
            raise NoEmbeddings from refusal
        vectors = dict(zip(texts, made.astype(np.float16), strict=True))
        Opinion.objects.bulk_update(
            [Opinion(pk=pk, vector=vectors[text[:600]].tobytes()) for pk, text in part], ["vector"], batch_size=BATCH
        )


def _rows(opinions: Sequence[Opinion]) -> themes.Vectors:
    """Raises NoEmbeddings where one has no vector yet."""
    if not all(one.vector for one in opinions):
        raise NoEmbeddings
    matrix = np.frombuffer(b"".join(bytes(one.vector) for one in opinions), dtype=np.float16)
    return themes.features([one.text for one in opinions], matrix.reshape(-1, DIMENSIONS).astype(np.float32))


def _sort(consultation: Consultation, count: int | None = None) -> None:
    opinions = list(consultation.opinions.all())
    if not opinions:
        raise NoAnswers
    rows = _rows(opinions)
    with transaction.atomic():
        consultation.themes.all().delete()
        _keep(consultation, opinions, rows, themes.sorted_by([one.text for one in opinions], rows, count), first=0)
        _order(consultation)


def _keep(
    consultation: Consultation, opinions: Sequence[Opinion], rows: themes.Vectors, labels: Labels, *, first: int
) -> None:
    titles = names([one.text for one in opinions], labels)
    for at, title in sorted(titles.items()):
        theme = Theme.objects.create(consultation=consultation, name=title[:200] or "…", position=first + at)
        members = np.flatnonzero(labels == at).tolist()
        middle = rows[members].mean(axis=0)
        for member in members:
            opinions[member].theme, opinions[member].nearness = theme, float(rows[member] @ middle)
    Opinion.objects.bulk_update(opinions, ["theme", "nearness"], batch_size=1000)


def _order(consultation: Consultation) -> None:
    """The largest first."""
    held = sorted(consultation.themes.all(), key=lambda theme: -theme.opinions.count())
    for at, theme in enumerate(held):
        Theme.objects.filter(pk=theme.pk).update(position=at)


# What people put right -----------------------------------------------------------------------------


def rename(*, by: Actor, theme: Theme, name: str) -> None:
    check_can_change(by, theme.consultation)
    Theme.objects.filter(pk=theme.pk).update(name=name.strip()[:200] or theme.name, is_by_person=True)


@transaction.atomic
def merge(*, by: Actor, into: Theme, others: Collection[Theme]) -> None:
    """All answers of the others go to the first."""
    check_can_change(by, into.consultation)
    for other in others:
        if other.pk != into.pk and other.consultation_id == into.consultation_id:
            other.opinions.update(theme=into)
            Judgement.objects.filter(theme=other).update(theme=into)
            Judgement.objects.filter(machine=other).update(machine=into)
            other.delete()
    Theme.objects.filter(pk=into.pk).update(is_by_person=True)
    _order(into.consultation)


@transaction.atomic
def split(*, by: Actor, theme: Theme, parts: int = 2) -> None:
    """By what its answers mean; names are new, to be put right."""
    consultation = theme.consultation
    check_can_change(by, consultation)
    opinions = list(theme.opinions.all())
    if len(opinions) < 2 * parts:
        raise UserError(_("This theme has too few answers to be divided."))
    rows = _rows(opinions)
    last = consultation.themes.aggregate(last=Max("position"))["last"] or 0
    _keep(consultation, opinions, rows, themes.sorted_into(rows, parts), first=last + 1)
    theme.delete()
    consultation.themes.filter(position__gt=last).update(is_by_person=True)
    _order(consultation)


def move(*, by: Actor, opinion: Opinion, theme: Theme | None) -> None:
    check_can_change(by, opinion.consultation)
    if theme is None or theme.consultation_id == opinion.consultation_id:
        Opinion.objects.filter(pk=opinion.pk).update(theme=theme)


def again(*, by: Actor, consultation: Consultation, count: int | None) -> None:
    """Sorted anew into so many themes; what people have put right is lost, and judgements with it."""
    check_can_change(by, consultation)
    _sort(consultation, count)


def judge(*, by: Actor, consultation: Consultation, opinion: Opinion, theme: Theme | None) -> None:
    """One answer of the sample, sorted without seeing the machine's; others are passed over. Raises NotAllowed."""
    check_can_change(by, consultation)
    if opinion.pk in {one.pk for one in sample_of(consultation)}:
        Judgement.objects.update_or_create(
            opinion=opinion, by_id=by.person_id, defaults={"theme": theme, "machine_id": opinion.theme_id}
        )


def delete(*, by: Actor, consultation: Consultation) -> None:
    check_can_change(by, consultation)
    consultation.file.delete(save=False)
    consultation.delete()
