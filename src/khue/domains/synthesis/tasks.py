"""Jobs of synthesis."""

from uuid import UUID

from khue.domains.synthesis.actions import consultations, meetings, working
from khue.kernel import jobs


@jobs.task(name=working.WORK)
def work(synthesis: str) -> None:
    working.work(UUID(synthesis))


@jobs.task(name=consultations.SORT)
def consult(consultation: str) -> None:
    consultations.sort(UUID(consultation))


@jobs.task(name=meetings.WRITE)
def minute(meeting: str) -> None:
    meetings.write(UUID(meeting))
