"""What goes on in a session: raised hands, questions without a name, quick polls.

Of a question, a vote and an answer to a poll nothing leads to a person: see actions/voices.py.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models.cohort import Place
from khue.domains.academy.models.enrolment import Enrolment
from khue.domains.academy.models.programme import Activity, Topic
from khue.domains.academy.models.session import Session
from khue.domains.academy.rules.polls import PollKind
from khue.kernel.models import Base

POLL_LABELS = {
    PollKind.SINGLE: _("One choice"),
    PollKind.MULTIPLE: _("Several choices"),
    PollKind.SCALE: pgettext_lazy("poll", "Scale"),
    PollKind.WORD: pgettext_lazy("poll", "One word"),
}


class Room(models.Model):
    """One row for a session, from the first question, vote or poll on. What makes a digest of a person in this session
    is here, and only while it may still be needed."""

    session = models.OneToOneField(Session, primary_key=True, on_delete=models.CASCADE, related_name="room")
    # half of the key; empty once it has been dropped: then no digest can be made again
    salt = models.BinaryField(default=bytes, blank=True)
    # digest → how many questions in this stretch of time; without order, forgotten with the stretch
    asked = models.JSONField(default=dict, blank=True)
    stretch = models.BigIntegerField(default=0)
    # counts what changed, so that whoever looks again learns cheaply that nothing did
    stamp = models.BigIntegerField(default=0)
    sealed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.session_id)


class HandQuerySet(models.QuerySet["Hand"]):
    def up(self) -> "HandQuerySet":
        """Of people who still take part; the one raised first comes first."""
        waiting = self.filter(settled_at=None, enrolment__in=Enrolment.objects.taking_part())
        return waiting.select_related(
            "enrolment__person", "enrolment__place", "topic", "activity", "taken_by"
        ).order_by("created_at")


class Hand(Base):
    """Somebody is stuck. One at a time for a person in a cohort."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="hands")
    # that ran when it was raised; none: they work by themselves
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="hands")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    line = models.CharField(max_length=300, blank=True)
    # who is on the way to them
    taken_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    # none: put down by the person who raised it
    settled_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # what the trainer says; the person reads it
    note = models.CharField(max_length=500, blank=True)

    objects = HandQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(settled_at=None), name="one_hand_up_per_enrolment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.line}"

    @property
    def where(self) -> str:
        return str(self.activity or self.topic or "")


class Question(models.Model):
    """No person, no time, an identifier without order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    position = models.IntegerField()
    text = models.CharField(max_length=500)
    answered_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField(max_length=200, blank=True)
    judged_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # what the votes were when the room was sealed
    kept_votes = models.IntegerField(default=0)

    class Meta:
        ordering = ["session", "position"]
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="one_question_per_position")]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """That somebody wants to hear the answer too. Gone when the room is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="votes")
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "digest"], name="one_vote_per_person")]

    def __str__(self) -> str:
        return str(self.id)


class Poll(Base):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="polls")
    kind = models.CharField(max_length=10, choices=[(kind.value, label) for kind, label in POLL_LABELS.items()])
    text = models.CharField(max_length=300)
    # of a choice: its options; of a scale: what its two ends mean
    options = models.JSONField(default=list, blank=True)
    steps = models.PositiveSmallIntegerField(default=5)
    # made by the page that opened it: the same form twice is one poll
    form = models.UUIDField(default=uuid.uuid4)
    opened_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    # words that the trainer took off the wall
    struck = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["session", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "form"], name="one_poll_per_form"),
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(closed_at=None), name="one_open_poll_per_session"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PollAnswer(models.Model):
    """What somebody at a place said; of whom, only the digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="answers")
    digest = models.CharField(max_length=32, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # numbers of options, a level, or a word
    given = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "digest"], condition=~models.Q(digest=""), name="one_poll_answer_per_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
