"""Jobs of the academy."""

from uuid import UUID

from khue.domains.academy.actions import certificates, checks, gallery, invitations, notices, submissions, voices
from khue.domains.academy.models import BatchState, CertificateBatch
from khue.kernel import jobs
from khue.kernel.errors import UserError


@jobs.task(name=submissions.CHECK)
def check(submission: str) -> None:
    checks.run(UUID(submission))


@jobs.task(name=certificates.ISSUE)
def issue(batch: str) -> None:
    """Killed, it is begun again and goes on; a refusal is kept for whoever asked."""
    found = CertificateBatch.objects.select_related("cohort__version").get(pk=batch)
    try:
        certificates.issue(by=None, cohort=found.cohort, batch=found)
    except Exception as error:
        known = str(error) if isinstance(error, UserError) else ""
        CertificateBatch.objects.filter(pk=batch).update(state=BatchState.FAILED, problem=known)
        if not known:
            raise


@jobs.regularly("academy.seal_rooms", cron="*/10 * * * *")
def seal_rooms() -> None:
    """Who voted and answered in sessions that are over."""
    voices.seal_due()


@jobs.regularly("academy.ask_follow_ups", cron="17 7 * * *")
def ask_follow_ups() -> None:
    """What became of sprints three and six months ago."""
    gallery.ask_due()


@jobs.task(name=invitations.SEND)
def send_invitation(letter: str) -> None:
    invitations.deliver(UUID(letter))


@jobs.task(name=notices.SEND)
def send_news(letter: str) -> None:
    notices.deliver(UUID(letter))


@jobs.regularly("academy.remind_graders", cron="7 0 * * *")
def remind_graders() -> None:
    """In the morning of Việt Nam, of what has waited longer than a day."""
    notices.remind_graders()
