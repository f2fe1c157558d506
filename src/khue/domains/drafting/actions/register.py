"""Numbers: the next of its year and series, no gaps, no doubles (article 15)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.drafting.models import Book, Draft, Entry, Series
from khue.domains.drafting.nd30 import composing
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.permissions import check_can_keep_books
from khue.domains.people.api import Actor
from khue.kernel import clock
from khue.kernel.errors import UserError


class HasNumber(UserError):
    def __init__(self, code: str) -> None:
        super().__init__(gettext_lazy("It has its number already: %(code)s.") % {"code": code})


class OutOfOrder(UserError):
    def __init__(self, last: date) -> None:
        text = gettext_lazy("Numbers follow the days: the last one was given for %(day)s.")
        super().__init__(text % {"day": f"{last:%d/%m/%Y}"})


def issue(*, by: Actor, draft: Draft, dated: date | None = None, series: str = "") -> Entry:
    """Gives the draft its number and date and enters it in the outgoing book. Raises NotAllowed, HasNumber,
    OutOfOrder."""
    check_can_keep_books(by)
    day = dated or clock.today()
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        if known := Entry.objects.filter(draft=held).first():
            raise HasNumber(known.code)
        row = _row(held.organisation_id, Book.OUT, day, series)
        document = held.document.model_copy(update={"number": row.last + 1, "date": day})
        said = composing.code(document, held.kind).removeprefix("Số: ")
        entry = _entered(
            row,
            by=by,
            code=said,
            dated=day,
            type_name=held.kind.names["vi"].split(" (")[0],
            draft=held,
            **_told(document),
        )
        held.content = document.model_dump(mode="json")
        held.revision += 1
        held.save(update_fields=["content", "revision", "updated_at"])
    return entry


def follow(draft: Draft) -> None:
    """What was changed after the number was given stands in the book as it is signed."""
    Entry.objects.filter(draft=draft).update(**_told(draft.document))


def _told(document: Document) -> dict[str, str]:
    return {
        "subject": document.subject or document.copied,
        "correspondent": "; ".join([*document.to, *document.recipients]),
        "signed_by": document.signature.name,
    }


def receive(
    *, by: Actor, code: str, dated: date, type_name: str, subject: str, sender: str, due: date | None = None
) -> Entry:
    """Into the incoming book, with the next number of arrival. Raises NotAllowed, UserError for what is there."""
    check_can_keep_books(by)
    with transaction.atomic():
        row = _row(by.organisation_id, Book.IN, clock.today(), "")
        twin = Entry.objects.filter(
            series__organisation_id=by.organisation_id,
            series__book=Book.IN,
            code=code.strip(),
            dated=dated,
            correspondent=sender.strip(),
        )
        if code.strip() and twin.exists():
            raise UserError(_("A document of this number, day and sender is in the book already."))
        return _entered(row, by=by, code=code.strip(), dated=dated, type_name=type_name, subject=subject.strip(),
                        correspondent=sender.strip(), due=due)  # fmt: skip


def _row(organisation_id: object, book: str, day: date, name: str) -> Series:
    """Locked until the number is written: two who ask at once get two numbers."""
    key: dict[str, Any] = {"organisation_id": organisation_id, "book": book, "year": day.year, "name": name}
    Series.objects.get_or_create(**key)
    row = Series.objects.select_for_update().get(**key)
    last = row.entries.order_by("-number").first()
    if book == Book.OUT and last is not None and last.dated > day:
        raise OutOfOrder(last.dated)
    return row


def _entered(row: Series, *, by: Actor, **facts: object) -> Entry:
    row.last += 1
    row.save(update_fields=["last", "updated_at"])
    return Entry.objects.create(series=row, number=row.last, by_id=by.person_id, **facts)
