"""Themes with their counts, quotations, groups and places: each number is counted in the database."""

from collections import Counter
from typing import Any

from django.db.models import Count

from khue.domains.people.api import Actor
from khue.domains.synthesis.consulting.agreement import Agreement, agreement, sample
from khue.domains.synthesis.models import Consultation, Judgement, Opinion, Theme

QUOTES, SHOWN = 3, 8


def themes(consultation: Consultation) -> list[dict[str, Any]]:
    """[{"theme", "count", "quotes", "groups", "places"}]; groups and places the most frequent first."""
    counts = dict(consultation.opinions.values_list("theme").annotate(n=Count("pk")))
    return [
        {
            "theme": theme,
            "count": counts.get(theme.pk, 0),
            "quotes": quotes(theme),
            "groups": _parts(theme, "group"),
            "places": _parts(theme, "place"),
        }
        for theme in consultation.themes.all()
    ]


def quotes(theme: Theme) -> list[Opinion]:
    """The nearest to its middle, no two in the same words."""
    found: dict[str, Opinion] = {}
    for one in theme.opinions.order_by("-nearness").defer("vector")[: QUOTES * 6]:
        found.setdefault(one.text.casefold(), one)
    return list(found.values())[:QUOTES]


def _parts(theme: Theme, by: str) -> list[tuple[str, int]]:
    rows = theme.opinions.exclude(**{by: ""}).values_list(by).annotate(n=Count("pk")).order_by("-n", by)
    return [(name, count) for name, count in rows[:SHOWN]]


def unsorted(consultation: Consultation) -> int:
    return consultation.opinions.filter(theme=None).count()


def crossed(consultation: Consultation, by: str) -> dict[str, Any]:
    """{"names", "rows": [(theme, counts, total)]}: themes by group or place."""
    held: dict[Any, Counter[str]] = {}
    rows = consultation.opinions.exclude(**{by: ""}).values_list("theme", by).annotate(n=Count("pk"))
    for theme, name, count in rows:
        held.setdefault(theme, Counter())[name] += count
    often = [name for name, _ in sum(held.values(), Counter[str]()).most_common(SHOWN)]
    return {
        "names": often,
        "rows": [
            (
                theme,
                [held.get(theme.pk, Counter())[name] for name in often],
                sum(held.get(theme.pk, Counter()).values()),
            )
            for theme in consultation.themes.all()
        ],
    }


def sample_of(consultation: Consultation) -> list[Opinion]:
    """The answers that a person sorts blind: drawn by chance, the same each time."""
    rows = list(consultation.opinions.values_list("row", flat=True))
    drawn = sample(rows, seed=consultation.pk.int % 2**32)
    return list(consultation.opinions.filter(row__in=drawn).defer("vector"))


def to_judge(consultation: Consultation, by: Actor) -> tuple[Opinion | None, int, int]:
    """The next answer for this person, how many are done, of how many."""
    drawn = sample_of(consultation)
    done = set(Judgement.objects.filter(opinion__in=drawn, by_id=by.person_id).values_list("opinion", flat=True))
    left = [one for one in drawn if one.pk not in done]
    return (left[0] if left else None), len(drawn) - len(left), len(drawn)


def agreed(consultation: Consultation) -> Agreement | None:
    """Of all who judged."""
    judged = Judgement.objects.filter(opinion__consultation=consultation).values_list("machine", "theme")
    return agreement([(machine, person) for machine, person in judged])


def as_json(consultation: Consultation) -> dict[str, Any]:
    found = agreed(consultation)
    return {
        "title": consultation.title,
        "answers": consultation.opinions.count(),
        "empty": consultation.empty,
        "repeated": consultation.repeated,
        "unsorted": unsorted(consultation),
        "themes": [
            {
                "name": one["theme"].name,
                "count": one["count"],
                "quotes": [{"row": q.row, "text": q.text} for q in one["quotes"]],
                "groups": one["groups"],
                "places": one["places"],
            }
            for one in themes(consultation)
        ],
        "agreement": None if found is None else {"judged": found.count, "share": found.share, "kappa": found.kappa},
    }
