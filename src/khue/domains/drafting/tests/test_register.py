"""Numbers of the register: Chi keeps the books; An may not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from khue.domains.drafting.actions import drafts, register
from khue.domains.drafting.models import Draft, Entry
from khue.domains.drafting.queries import register as queries
from khue.domains.drafting.tests.cast import CONTENT
from khue.domains.people.api import actor_of
from khue.kernel.errors import NotAllowed, UserError

DAY = date(2026, 3, 5)


def draft_of(cast):
    return Draft.objects.create(organisation=cast.academy, owner=cast.an, holder=cast.an, content=CONTENT)


def test_the_next_number_stands_on_the_document(cast):
    chi = actor_of(cast.chi.pk)
    entries = [register.issue(by=chi, draft=draft_of(cast), dated=DAY) for _ in range(3)]
    assert [one.code for one in entries] == ["01/SNV-VP", "02/SNV-VP", "03/SNV-VP"]
    assert entries[0].draft.content["number"] == 1 and entries[0].draft.content["date"] == "2026-03-05"
    assert register.issue(by=chi, draft=draft_of(cast), dated=date(2027, 1, 4)).number == 1


def test_one_draft_has_one_number_and_days_do_not_go_back(cast):
    chi, draft = actor_of(cast.chi.pk), draft_of(cast)
    register.issue(by=chi, draft=draft, dated=DAY)
    with pytest.raises(register.HasNumber):
        register.issue(by=chi, draft=draft, dated=DAY)
    with pytest.raises(register.OutOfOrder):
        register.issue(by=chi, draft=draft_of(cast), dated=DAY - timedelta(days=1))
    assert register.issue(by=chi, draft=draft_of(cast), dated=DAY).number == 2


def test_who_does_not_keep_the_books_gives_no_number(cast):
    with pytest.raises(NotAllowed):
        register.issue(by=actor_of(cast.an.pk), draft=draft_of(cast))
    assert not Entry.objects.exists()


def test_arrivals_are_numbered_and_found_by_words(cast):
    chi = actor_of(cast.chi.pk)
    facts = {
        "code": "210/STC-VP",
        "dated": DAY,
        "type_name": "Công văn",
        "subject": "góp ý dự thảo",
        "sender": "Sở Tài chính",
    }
    first = register.receive(by=chi, **facts)
    second = register.receive(by=chi, **facts | {"code": "211/STC-VP"})
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(UserError):
        register.receive(by=chi, **facts)
    year = first.series.year
    assert [one.code for one in queries.entries(chi, book="in", year=year, words="dự thảo 211")] == ["211/STC-VP"]


@pytest.mark.django_db(transaction=True)
def test_numbers_asked_for_at_once_are_neither_doubled_nor_skipped(cast):
    chi, drafts = actor_of(cast.chi.pk), [draft_of(cast) for _ in range(12)]

    def one(draft):
        try:
            return register.issue(by=chi, draft=draft, dated=DAY).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crew:
        assert sorted(crew.map(one, drafts)) == list(range(1, 13))


def test_the_book_is_printed_by_its_form(cast, client):
    from io import BytesIO

    from openpyxl import load_workbook

    chi = actor_of(cast.chi.pk)
    for _number in range(2):
        register.issue(by=chi, draft=draft_of(cast), dated=DAY)
    facts = {"code": "=1+1", "dated": DAY, "type_name": "Công văn", "subject": "góp ý", "sender": "Sở Y tế"}
    register.receive(by=chi, **facts)
    client.force_login(cast.chi)
    book = client.get(reverse("drafting:book-xlsx"), {"book": "out", "year": DAY.year})
    rows = list(load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True))
    assert rows[4][:3] == ("Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản")
    assert rows[5][0] == "(1)" and [row[0].split("/")[0] for row in rows[6:]] == ["01", "02"]
    arrived = client.get(reverse("drafting:book-xlsx"), {"book": "in"})
    cell = load_workbook(BytesIO(arrived.content)).active["D7"]
    assert cell.value == "=1+1" and cell.data_type == "s"
    assert client.get(reverse("drafting:book-pdf"), {"book": "in"}).content.startswith(b"%PDF")


def test_what_changed_after_the_number_stands_in_the_book_as_signed(cast):
    chi, draft = actor_of(cast.chi.pk), draft_of(cast)
    entry = register.issue(by=chi, draft=draft, dated=DAY)
    draft.refresh_from_db()
    draft.content |= {"subject": "cử công chức dự tập huấn", "to": ["Sở Tài chính"], "recipients": []}
    draft.state, draft.holder = "signing", cast.chi
    draft.save()
    drafts.hand_on(by=chi, draft=draft, to="")
    entry.refresh_from_db()
    assert (entry.subject, entry.correspondent, entry.number) == ("cử công chức dự tập huấn", "Sở Tài chính", 1)
