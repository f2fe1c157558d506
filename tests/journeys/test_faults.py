"""A part is killed in the middle of an answer: one is told, the next question works, nothing recorded is lost."""

from uuid import UUID

import pytest
from django.utils import translation
from django.utils.html import escape

from khue.domains.knowledge.models.conversation import ExchangeStatus
from khue.gateway.errors import ModelDied
from khue.kernel.supervision import answers
from tests.running.installation import eventually

pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.usefixtures("all_read")]

LONG = "Đăng ký khai sinh cho con cần những giấy tờ gì, nộp ở đâu và trong thời hạn nào?"
NEXT = "Bị mất hộ chiếu phải báo trong bao lâu?"
EXCHANGE = "select status, error, question from knowledge_exchange where id = %s"
# the answer's own call: the latest of Ask; the demonstration's synthesis asks beside it
CALL = """
select e.payload::jsonb ->> 'outcome', coalesce(e.payload::jsonb ->> 'error', '') from gateway_entry b
left join gateway_entry e on e.call = b.call and e.kind = 'ended'
where b.kind = 'begun' and b.payload::jsonb ->> 'task' = 'chat' and b.payload::jsonb ->> 'tool' = 'ask'
order by b.seq desc limit 1
"""


@pytest.fixture
def an(visitor):
    return visitor.sign_in("an", "hoc-cung-khue")


def killed_mid_answer(khue, part, events):
    """Kills the part with the first words of the answer; what came after them."""
    seen = []
    for name, data in events:
        seen.append((name, data[:300]))
        if name == "unchecked" and data:
            break
    else:
        pytest.fail(f"no first word: {seen}")
    before = khue.part(part)
    before.kill()
    rest = list(events)
    assert eventually(lambda: khue.part(part) not in {None, before})
    return rest


def check_told(events):
    """The last event is the answer as it will stay: with words that say what happened, or quoted from the sources."""
    name, html = events[-1]
    assert name == "finished"
    assert 'role="alert"' in html or "sentence supported" in html
    assert "data-stream" not in html
    return html


def check_next_question(an):
    """As a person would: told that the model is not there yet, they ask again."""

    def works():
        asked = an.ask(NEXT)
        return "48 giờ" in asked.page and "sentence supported" in an.whole_answer(asked)

    assert eventually(works)


@pytest.fixture
def model_serves(khue):
    """Also where the test before has just killed it."""
    assert eventually(lambda: answers(int(khue.environment["KHUE_RUNTIME_PORT"]), "/health"), 120)


def test_the_model_is_killed(khue, records, an, model_serves):
    asked = an.ask(LONG)
    html = check_told(killed_mid_answer(khue, "runtime", an.answer(asked)))

    status, error, question = records.one(EXCHANGE, UUID(asked.exchange))
    assert (status, question) == (ExchangeStatus.FAILED, LONG)
    with translation.override("vi"):
        assert error == str(ModelDied()) and escape(error) in html
    assert records.one(CALL) == ("failed", "ModelDied")
    check_next_question(an)


def test_the_database_is_killed(khue, records, an, model_serves):
    before = records.one("select count(*) from gateway_entry")
    asked = an.ask(LONG)
    check_told(killed_mid_answer(khue, "postgres", an.answer(asked)))

    assert eventually(records.server.is_ready)
    status, error, question = records.one(EXCHANGE, UUID(asked.exchange))
    assert question == LONG
    assert status == ExchangeStatus.ANSWERED or (status == ExchangeStatus.FAILED and error)
    outcome, _ = records.one(CALL)
    assert outcome in {"done", "cancelled", "failed"}
    assert records.one("select count(*) from gateway_entry") > before
    assert an.answer_now(asked).status_code == 200
    check_next_question(an)
