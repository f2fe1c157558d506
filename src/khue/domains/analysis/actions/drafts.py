"""A brief drafted from the results of its worksheet: by ordinary code at once, then with what a model chooses among
what code found, and with those of its sentences that may stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from khue.domains.analysis.actions.briefs import NothingToSay, bind_all
from khue.domains.analysis.briefing import asking, checks, composing, findings
from khue.domains.analysis.briefing.composing import Choice, Composed, Offer
from khue.domains.analysis.briefing.instruments import Option
from khue.domains.analysis.briefing.wording import Worded
from khue.domains.analysis.models import Brief, WorkState
from khue.domains.analysis.models.brief import By
from khue.domains.analysis.permissions import check_can_change
from khue.domains.analysis.queries.findings import seen
from khue.domains.knowledge.api import detect_language
from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass
from khue.kernel import jobs
from khue.kernel.errors import UserError

DRAFT = "analysis.brief"
CHOICE_TOKENS, WHY_TOKENS, REASON_TOKENS = 60, 80, 60


@transaction.atomic
def later(*, by: Actor, brief: Brief) -> None:
    """The rule's draft stands at once; a job asks the model. Raises NotAllowed, NothingToSay."""
    check_can_change(by, brief.analysis)
    given = _offer(brief)
    _put(brief, composing.compose(given), {})
    brief.state, brief.error = WorkState.WAITING, ""
    brief.save()
    transaction.on_commit(lambda: jobs.later(DRAFT, brief=str(brief.pk), person=str(by.person_id)))


def waiting(brief_id: UUID, person_id: UUID) -> None:
    brief = Brief.objects.filter(pk=brief_id, state=WorkState.WAITING).select_related("analysis").first()
    if brief is None:
        return
    with translation.override(brief.language):
        try:
            draft(by=people.actor_of(person_id), brief=brief)
        except (UserError, people.NoMembership, ObjectDoesNotExist) as refusal:
            told = _("The model could not be asked: %(why)s What stands here was put together by ordinary code.")
            brief.state, brief.error = WorkState.FAILED, told % {"why": refusal}
            brief.save(update_fields=["state", "error", "updated_at"])


def draft(*, by: Actor, brief: Brief) -> Brief:
    """Problem, options and recommendation; the evidence stays as it is. Raises GatewayError, NothingToSay."""
    given = _offer(brief)
    level = DataClass(max(step.data_class for step in brief.analysis.steps.all()))
    model = _Model(Caller(by.person_id, by.organisation_id, "analysis", "policy brief"), level)
    choice = _chosen(model, given, brief.title)
    _put(brief, composing.compose(given, choice), _written(choice, given))
    brief.model, brief.state, brief.error = model.name, WorkState.DONE, ""
    brief.ledger = [*brief.ledger, *model.ledger]
    brief.save()
    return brief


def _offer(brief: Brief) -> Offer:
    """Raises NothingToSay."""
    found = findings.find(seen(brief.analysis), brief.language)
    if not found:
        raise NothingToSay
    return composing.offer(found, brief.language)


def _put(brief: Brief, made: Composed, written: Mapping[str, str]) -> None:
    """With its figures bound to the very cells that they were made of."""
    exact = {"problem": made.problem, "recommendation": made.recommendation}
    for at, option in enumerate(made.options):
        exact |= {f"options.{at}.{part}": text for part, text in option.items()}
    brief.sections = {
        **brief.sections, "problem": made.problem.text, "recommendation": made.recommendation.text,
    }  # fmt: skip
    brief.options = [{part: text.text for part, text in option.items()} for option in made.options]
    rest = {place: by for place, by in brief.written.items() if place == "evidence"}
    brief.written = {**rest, **dict.fromkeys(("problem", "options", "recommendation"), By.RULE), **written}
    bind_all(brief, {place: text.bound for place, text in exact.items()})


# With a model --------------------------------------------------------------------------------------


@dataclass
class _Model:
    """One question after the other; keeps the calls."""

    caller: Caller
    level: DataClass
    name: str = ""
    ledger: list[str] = field(default_factory=list)

    def __call__(self, asked: tuple[asking.Turns, asking.Schema], tokens: int) -> dict[str, Any]:
        turns, schema = asked
        options = gateway.Options(max_tokens=tokens, schema=schema)
        said = [gateway.Turn(role, text) for role, text in turns]  # type: ignore[arg-type]
        with gateway.chat(said, caller=self.caller, data_class=self.level, options=options) as stream:
            reply = stream.text()
        self.name = reply.model
        self.ledger.append(str(reply.ledger_id))
        return asking.read(reply.text)


def _chosen(model: _Model, given: Offer, title: str) -> Choice:
    said = asking.told(given, title)
    problem, picked = asking.chosen(said, model(asking.choosing(said), CHOICE_TOKENS))
    choice = Choice(problem=problem, options=picked)
    options = composing.chosen_options(given, choice)
    whys = _whys(model, said, options)
    answer = model(asking.recommending(said, options), REASON_TOKENS)
    option, strength, reasons = asking.recommended(said, options, answer)
    return replace(choice, whys=whys, option=option, strength=strength, reasons=reasons)


def _whys(model: _Model, said: asking.Told, options: list[Option]) -> dict[str, Worded]:
    """Its sentences that may stand; after the first that may not it is asked for no other."""
    kept: dict[str, Worded] = {}
    for option in options:
        answer = model(asking.explaining(said, option), WHY_TOKENS)
        text = checks.first_sentence(asking.sentence(answer))
        if checks.fault(text, _ground(said, option)):
            break
        made = checks.filled(text, said.stands)
        if made not in kept.values():
            kept[option.id] = made
    return kept


def _ground(said: asking.Told, option: Option) -> checks.Ground:
    return checks.Ground(
        language=said.language,
        found=list(said.findings.values()),
        option=f"{option.texts['name'].text} {option.texts['what'].text}",
        order=asking.order(said),
        names=frozenset(name for one in said.findings.values() for name in one.known),
        stands=said.stands,
        detect=detect_language,
    )


def _written(choice: Choice, given: Offer) -> dict[str, str]:
    """By whom, place by place."""
    found = {
        "problem": By.CHOSEN if choice.problem else By.RULE,
        "options": By.CHOSEN if choice.options else By.RULE,
        "recommendation": By.CHOSEN if choice.option else By.RULE,
    }
    for at, option in enumerate(composing.chosen_options(given, choice)):
        if option.id in choice.whys:
            found[f"options.{at}.why"] = By.MODEL
    return found
