"""A person's timetable as a feed that calendars follow (RFC 5545)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from icalendar import Calendar, Event

from khue.domains.academy.models import Session
from khue.domains.academy.queries.whereabouts import Where

SALT = "academy.calendar"


def token(person_id: UUID) -> str:
    """For the address of the feed: names the person and cannot be made up."""
    return signing.Signer(salt=SALT).sign(person_id.hex)


def person_of(given: str) -> UUID | None:
    try:
        return UUID(signing.Signer(salt=SALT).unsign(given))
    except (signing.BadSignature, ValueError):
        return None


def feed(sessions: Iterable[Session], *, wheres: Mapping[UUID, Where], name: str, address: str) -> bytes:
    """`wheres`: session → where the person goes. The same UID and a higher SEQUENCE after each change: calendars then
    move the entry and do not double it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Khue//Timetable//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for session in sessions:
        calendar.add_component(_event(session, wheres.get(session.pk), address))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(session: Session, where: Where | None, address: str) -> Event:
    zone = ZoneInfo(session.cohort.time_zone)
    event = Event()
    event.add("uid", f"{session.pk}@{settings.KHUE_HOST}.khue")
    event.add("dtstamp", session.updated_at)
    event.add("sequence", session.sequence)
    event.add("dtstart", session.starts_at.astimezone(zone))
    event.add("dtend", session.ends_at.astimezone(zone))
    event.add("summary", session.name)
    event.add("description", _description(session, where))
    if where:
        event.add("location", where.address)
    event.add("url", address)
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    return event


def _description(session: Session, where: Where | None) -> str:
    lines = [f"{session.cohort.name} · {session.cohort.version.name}"]
    lines += [", ".join(where.trainers), where.link] if where else []
    return "\n".join(line for line in lines if line)
