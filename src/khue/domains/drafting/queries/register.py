"""The books: by year, book and words."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from khue.domains.drafting.models import Entry, Series
from khue.domains.drafting.nd30.books import Book
from khue.domains.people import api as people
from khue.domains.people.api import Actor


def entries(by: Actor, *, book: str, year: int, words: str = "") -> QuerySet[Entry]:
    found = Entry.objects.filter(series__organisation_id__in=by.branch, series__book=book, series__year=year)
    for word in words.split()[:8]:
        found = found.filter(
            Q(subject__icontains=word) | Q(code__icontains=word) | Q(correspondent__icontains=word)
            | Q(type_name__icontains=word) | Q(signed_by__icontains=word)
        )  # fmt: skip
    return found.select_related("series", "draft")


def years(by: Actor) -> list[int]:
    rows = Series.objects.filter(organisation_id__in=by.branch).values_list("year", flat=True)
    return sorted(set(rows), reverse=True)


def book(by: Actor, *, kind: str, year: int, words: str = "") -> Book:
    """The book to be printed, in the order of its numbers; `words`: of what was found only."""
    found = list(entries(by, book=kind, year=year, words=words).order_by("number"))
    days = [timezone.localdate(one.created_at) if kind == "in" else one.dated for one in found]
    return Book(
        kind=kind,
        agency=people.organisation_names([by.organisation_id]).get(by.organisation_id, ""),
        superior="",
        year=year,
        rows=[_arrived(one) if kind == "in" else _issued(one) for one in found],
        first=found[0].number if found else 0,
        last=found[-1].number if found else 0,
        begins=min(days, default=None),
        ends=max(days, default=None),
    )


def _issued(one: Entry) -> list[str]:
    document = one.draft.content if one.draft else {}
    copies = document.get("prints") or ""
    kept = ", ".join(dict.fromkeys(filter(None, ("VT", document.get("unit")))))
    told = f"{one.type_name}: {one.subject}" if one.subject else one.type_name
    day, to = f"{one.dated:%d/%m/%Y}", one.correspondent
    return [one.code, day, told, one.signed_by, to, kept, str(copies), ""]


def _arrived(one: Entry) -> list[str]:
    day = timezone.localdate(one.created_at)
    due = f"Hạn trả lời: {one.due:%d/%m/%Y}" if one.due else ""
    return [f"{day:%d/%m/%Y}", f"{one.number:02d}", one.correspondent, one.code, f"{one.dated:%d/%m/%Y}",
            f"{one.type_name}: {one.subject}", "", "", "", due]  # fmt: skip
