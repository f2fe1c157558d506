"""The books: by year, book and words."""

from django.db.models import Q, QuerySet

from khue.domains.drafting.models import Entry, Series
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
