"""A person in a cohort."""

from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models.cohort import Cohort, Place, Team
from khue.domains.academy.rules.cohorts import TAKES_PART, EnrolmentState
from khue.domains.academy.rules.names import FROM, TO
from khue.kernel.models import Base

STATE_LABELS = {
    EnrolmentState.INVITED: pgettext_lazy("state of an enrolment", "Invited"),
    EnrolmentState.ACTIVE: pgettext_lazy("state of an enrolment", "Taking part"),
    EnrolmentState.COMPLETED: pgettext_lazy("state of an enrolment", "Completed"),
    EnrolmentState.WITHDRAWN: pgettext_lazy("state of an enrolment", "Withdrawn"),
}

# the last word of the name, so that the database sorts it as the alphabet does
GIVEN = Func(
    Func(F("person__full_name"), Value(r"^.*\s"), Value(""), function="regexp_replace"),
    Value(FROM),
    Value(TO),
    function="translate",
)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def on_roll(self) -> "EnrolmentQuerySet":
        """With the names, by place and given name as lists are read."""
        return self.select_related("person", "place", "team").order_by("place__position", GIVEN, "person__full_name")

    def taking_part(self) -> "EnrolmentQuerySet":
        return self.filter(state__in=list(TAKES_PART))


class Enrolment(Base):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="enrolments")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="enrolments")
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=EnrolmentState.ACTIVE.value,
    )
    # what the list of participants says of them; the province as it is called today, and as it was written if before
    province = models.CharField(max_length=60, blank=True)
    province_before = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    job = models.CharField(max_length=200, blank=True)
    experience = models.PositiveSmallIntegerField(null=True, blank=True, help_text="years")
    phone = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=80, blank=True)
    # came without being on a list; to be merged with the account that was made for them, if there is one
    is_walk_in = models.BooleanField(default=False)
    enrolled_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "created_at"]
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="one_enrolment_per_person")]

    @property
    def is_opened(self) -> bool:
        """Their account: by themselves, with a code, a password or the institution's sign-in."""
        return self.person.last_login is not None or self.person.has_usable_password()

    @property
    def shown_state(self) -> str:
        """Whoever has opened their account is no longer only invited."""
        is_here = self.state == EnrolmentState.INVITED and self.is_opened
        return str(STATE_LABELS[EnrolmentState.ACTIVE if is_here else EnrolmentState(self.state)])

    def __str__(self) -> str:
        return f"{self.person_id} {self.cohort_id} {self.state}"
