"""When a session is, and where; shifting; sessions and places that the programme does not know."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.sessions import Here
from khue.domains.academy.models import Cohort, Place, PlaceKind, Session, SessionPlace


class DateInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "time"}, format="%H:%M")


class TimesForm(forms.Form):
    """A day, and from when to when."""

    on = forms.DateField(label=_("Day"), widget=DateInput())
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput())
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput())

    def times(self, time_zone: str) -> tuple[datetime, datetime]:
        zone, given = ZoneInfo(time_zone), self.cleaned_data
        at: list[time] = [given["begins"], given["ends"]]
        first, last = (datetime.combine(given["on"], clock, zone) for clock in at)
        return first, last

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("begins") and given.get("ends") and given["ends"] <= given["begins"]:
            self.add_error("ends", str(_("The end must be after the beginning.")))
        return given


class SessionForm(TimesForm):
    """With a group of fields for each place; `teachers`: who may be chosen."""

    late_after = forms.IntegerField(label=_("Late after (minutes)"), min_value=0, max_value=600)
    trainers = forms.MultipleChoiceField(
        label=_("Trainers at every place"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, session: Session, teachers: Mapping[UUID, str], **kwargs: Any) -> None:
        zone = ZoneInfo(session.cohort.time_zone)
        first, last = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        initial: dict[str, Any] = {
            "on": first.date(), "begins": first.time(), "ends": last.time(), "late_after": session.late_after,
            "trainers": [str(pk) for pk in session.trainers.values_list("pk", flat=True)],
        }  # fmt: skip
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.places = list(session.cohort.places.all())
        self.fields["trainers"].choices = choices = [(str(key), name) for key, name in teachers.items()]  # type: ignore[attr-defined]
        known = {row.place_id: row for row in session.at_places.prefetch_related("trainers")}
        for place in self.places:
            self._add(place, known.get(place.pk), choices)

    def _add(self, place: Place, own: SessionPlace | None, choices: list[tuple[str, str]]) -> None:
        """The place's own room and link stand in the empty field."""
        room = forms.CharField(
            label=_("Room"), max_length=200, required=False, initial=own.room if own else "",
            widget=forms.TextInput(attrs={"placeholder": place.room}),
        )  # fmt: skip
        link = forms.URLField(
            label=_("Link"), max_length=500, required=False, assume_scheme="https", initial=own.link if own else "",
            widget=forms.URLInput(attrs={"placeholder": place.link}),
        )  # fmt: skip
        trainers = forms.MultipleChoiceField(
            label=_("Trainers here"), required=False, choices=choices, widget=forms.CheckboxSelectMultiple,
            initial=[str(person.pk) for person in own.trainers.all()] if own else [],
        )  # fmt: skip
        self.fields |= {f"{place.pk}-room": room, f"{place.pk}-link": link, f"{place.pk}-trainers": trainers}

    @property
    def of_session(self) -> list[BoundField]:
        return [self[name] for name in ("on", "begins", "ends", "late_after", "trainers")]

    @property
    def at_places(self) -> Iterator[tuple[Place, list[BoundField]]]:
        for place in self.places:
            yield place, [self[f"{place.pk}-{name}"] for name in ("room", "link", "trainers")]

    def here(self) -> list[Here]:
        given = self.cleaned_data
        return [
            Here(
                place,
                frozenset(map(UUID, given[f"{place.pk}-trainers"])),
                given[f"{place.pk}-room"].strip(),
                given[f"{place.pk}-link"],
            )
            for place in self.places
        ]


class ShiftForm(forms.Form):
    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.none())
    to = forms.DateField(label=_("New day"), widget=DateInput())
    following = forms.BooleanField(label=_("Each later session by as much"), required=False, initial=True)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = cohort.sessions.order_by("starts_at")
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]
        zone = ZoneInfo(cohort.time_zone)
        self.fields["session"].label_from_instance = (  # type: ignore[attr-defined]
            lambda session: f"{session.starts_at.astimezone(zone):%d/%m %H:%M} {session.name}"
        )


class NewSessionForm(TimesForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    field_order = ("name", "on", "begins", "ends")


class PlaceForm(forms.Form):
    room = forms.CharField(label=_("Room"), max_length=200, required=False)
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")


class NewPlaceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=PlaceKind.choices)
