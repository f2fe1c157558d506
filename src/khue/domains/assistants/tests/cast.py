"""An assistant for tests that only need one: Bình's, published, asked once."""

from typing import Any

from khue.domains.assistants.actions.assistants import freeze
from khue.domains.assistants.definition.shape import Definition
from khue.domains.assistants.models import Assistant, HandOver, Message, Run, TestQuestion, Visit

DEFINITION = {
    "name": {"vi": "Trợ lý thử"},
    "purpose": "Thử",
    "audience": "Người dân",
    "languages": ["vi", "en", "fr"],
    "notice": {"vi": "Đây là AI.", "en": "This is an AI.", "fr": "Ceci est une IA."},
    "handover": {"contact": {"name": "Một cửa", "phone": "024"}},
    "voice": {"limits": ["Không tra hồ sơ."]},
}


def stored_assistant(people: Any) -> Assistant:
    draft = Definition.model_validate(DEFINITION).model_dump(mode="json")
    facts = {"organisation": people.academy, "owner": people.binh, "draft": draft}
    made, is_new = Assistant.objects.get_or_create(slug="tro-ly-thu", defaults=facts)
    if is_new:
        made.published, made.state = freeze(by=None, assistant=made), "published"
        made.save()
    return made


def stored_question(people: Any) -> TestQuestion:
    facts = {"question": "Phí?", "answer": "8.000 đồng"}
    return TestQuestion.objects.get_or_create(assistant=stored_assistant(people), **facts)[0]


def stored_run(people: Any) -> Run:
    version = stored_assistant(people).published
    return Run.objects.get_or_create(version=version, defaults={"knowledge": "", "state": "done"})[0]


def stored_message(people: Any) -> Message:
    assistant = stored_assistant(people)
    visit = Visit.objects.get_or_create(
        assistant=assistant, version=assistant.published, defaults={"channel": "page", "language": "vi"}
    )[0]
    answer = {"answer": "Chào bạn", "abstained": True, "language": "vi", "sentences": [], "evidence": [], "timings": {}}
    facts = {"question": "Xin chào", "language": "vi", "outcome": "abstained", "answer": answer}
    return Message.objects.get_or_create(visit=visit, position=0, defaults=facts)[0]


def stored_trial(people: Any) -> Message:
    message = stored_message(people)
    Visit.objects.filter(pk=message.visit_id).update(channel="preview")
    return message


def stored_hand_over(people: Any) -> HandOver:
    return HandOver.objects.get_or_create(message=stored_message(people))[0]


def stored_use_case(people: Any) -> Any:
    from khue.domains.stewardship.models import UseCase

    facts = {"organisation": people.academy, "title": "Trợ lý thử", "data_class": 0, "digest": "0"}
    return UseCase.objects.get_or_create(kind="assistant", thing_id=stored_assistant(people).pk, defaults=facts)[0]
