"""What stands between a draft and the public."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.assistants.definition.shape import Definition
from khue.domains.assistants.models import Assistant, Run, RunState
from khue.domains.assistants.queries import knowledge
from khue.domains.assistants.rules import LEAST
from khue.domains.knowledge.api import DataClass
from khue.domains.people.api import Actor
from khue.domains.stewardship import api as stewardship
from khue.gateway import api as gateway
from khue.ui.formats import percent

KIND = "assistant"
# a steward may sign for these; the others are done or not done
OVERRIDABLE = frozenset({"bench", "questions", "class"})


@dataclass(frozen=True)
class Check:
    """`step` is the page of the builder where it is put right."""

    key: str
    label: str
    passed: bool
    detail: str
    step: str

    @property
    def may_be_overridden(self) -> bool:
        return self.key in OVERRIDABLE

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Gate:
    checks: tuple[Check, ...]

    @property
    def is_open(self) -> bool:
        return all(check.passed for check in self.checks)

    @property
    def shut(self) -> list[Check]:
        return [check for check in self.checks if not check.passed]

    @property
    def could_be_overridden(self) -> bool:
        return bool(self.shut) and all(check.may_be_overridden for check in self.shut)


def gate(assistant: Assistant, reader: Actor) -> Gate:
    shape = assistant.definition
    return Gate(
        (
            _purpose(shape),
            _knowledge(shape, reader),
            _notice(shape),
            _contact(shape),
            _questions(assistant),
            _bench(assistant, shape, reader),
            _class(shape, reader),
            _register(assistant, reader),
        )
    )


def _purpose(shape: Definition) -> Check:
    done = bool(shape.purpose and shape.audience)
    detail = "" if done else _("Say what it is for and for whom.")
    return Check("purpose", _("Purpose and audience"), done, detail, "purpose")


def _knowledge(shape: Definition, reader: Actor) -> Check:
    label = _("Sources")
    if shape.knowledge.is_empty:
        return Check("knowledge", label, False, _("It has nothing to answer from."), "knowledge")
    if gone := knowledge.lacking(shape, reader):
        return Check(
            "knowledge", label, False, _("No longer there: %(names)s.") % {"names": "; ".join(gone)}, "knowledge"
        )
    count = knowledge.held(shape, reader).documents
    detail = ngettext("%(count)s document", "%(count)s documents", count) % {"count": count}
    return Check("knowledge", label, count > 0, detail, "knowledge")


def _notice(shape: Definition) -> Check:
    lacking = shape.notice.lacking(shape.languages)
    detail = _("It is missing in: %(languages)s.") % {"languages": ", ".join(lacking)} if lacking else ""
    return Check("notice", _("Notice that an AI answers"), not lacking, detail, "voice")


def _contact(shape: Definition) -> Check:
    done = shape.handover.contact.is_reachable
    detail = "" if done else _("Name who answers for it, and how they are reached.")
    return Check("contact", _("A contact for what it cannot answer"), done, detail, "handover")


def _questions(assistant: Assistant) -> Check:
    kinds = list(assistant.questions.filter(accepted=True).values_list("kind", flat=True))
    lacking = {kind: least - kinds.count(kind) for kind, least in LEAST.items() if kinds.count(kind) < least}
    names = {
        "answerable": _("to be answered"),
        "outside": _("outside its task"),
        "hostile": _("hostile"),
    }
    words = ", ".join(f"{count} {names[kind]}" for kind, count in lacking.items())
    detail = _("Still missing: %(what)s.") % {"what": words} if lacking else ""
    return Check("questions", _("Test questions of every kind"), not lacking, detail, "questions")


def latest_run(assistant: Assistant, digest: str) -> Run | None:
    """Of the version with this definition."""
    done = Run.objects.filter(version__assistant=assistant, version__digest=digest, state=RunState.DONE)
    return done.order_by("-created_at").first()


def _bench(assistant: Assistant, shape: Definition, reader: Actor) -> Check:
    label, run = _("Test passed"), latest_run(assistant, shape.digest)
    if run is None:
        return Check("bench", label, False, _("This version has not been tested yet."), "check")
    if run.of != assistant.questions.filter(accepted=True).count():
        return Check("bench", label, False, _("The test questions have changed since it was tested."), "check")
    if run.knowledge != knowledge.fingerprint(shape, reader):
        return Check("bench", label, False, _("Its sources have changed since it was tested."), "check")
    short = [
        f"{name}: {percent(got)} < {percent(least)}"
        for name, got, least in compared(run.totals, shape)
        if got is not None and got < least
    ]
    return Check("bench", label, not short, "; ".join(short), "check")


def compared(totals: dict[str, Any], shape: Definition) -> list[tuple[str, float | None, float]]:
    """Name, share reached, share needed."""
    return [
        (_("answered rightly"), totals.get("right"), shape.threshold.right),
        (_("declined rightly"), totals.get("abstained"), shape.threshold.abstained),
        (_("sentences backed"), totals.get("supported"), shape.threshold.supported),
    ]


def _class(shape: Definition, reader: Actor) -> Check:
    """The public may read public data only; and the policy must let it go to a model that there is."""
    highest, label = knowledge.held(shape, reader).highest, _("Data that the public may read")
    if highest > DataClass.PUBLIC:
        return Check("class", label, False, _("Some of its sources are not public."), "knowledge")
    zones = [one.zone for one in gateway.providers() if one.kind == "chat"]
    rulings = [gateway.decide(DataClass.PUBLIC, zone, reader.organisation_id).decision for zone in zones]
    refused = bool(rulings) and all(ruling == gateway.Ruling.DENY for ruling in rulings)
    detail = _("The data policy lets this go to no model that there is.") if refused else ""
    return Check("class", label, not refused, detail, "knowledge")


def facts(assistant: Assistant, reader: Actor) -> stewardship.UseCaseFacts:
    """What the register says of it."""
    shape = assistant.definition
    contact = shape.handover.contact
    return stewardship.UseCaseFacts(
        kind=KIND,
        thing_id=assistant.pk,
        title=shape.name.said("vi")[:300],
        purpose=shape.purpose,
        audience=shape.audience,
        data_class=int(knowledge.held(shape, reader).highest),
        risks="\n".join(shape.voice.limits),
        oversight="\n".join(shape.handover.topics),
        contact=", ".join(filter(None, (contact.name, contact.phone, contact.email, contact.address))),
    )


def _register(assistant: Assistant, reader: Actor) -> Check:
    label, entry = _("Entry in the register of use cases"), stewardship.use_case(KIND, assistant.pk)
    if entry is None:
        return Check("register", label, False, _("Ask for it: a data steward decides."), "publish")
    if entry.digest != facts(assistant, reader).digest:
        return Check("register", label, False, _("Purpose, sources or contact have changed; ask again."), "publish")
    details = {"asked": _("It waits for a data steward."), "refused": entry.reason}
    return Check("register", label, entry.is_approved, details.get(entry.state, ""), "publish")
