"""The worker is killed while the model merges sentences of reports: the next one goes on with the sentence that it was
at; what was merged is kept and nobody is asked for it again."""

import json
import time
from typing import Any

import pytest
from tests.journeys.conftest import Records
from tests.running.installation import Installation, eventually

from khue.gateway.tests.fake import FakeServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

# a job counts as abandoned half a minute after its worker's last sign of life, and is looked for every minute
RESUMED_S = 240
# point of the outline, and what all units say of it
POINTS = {
    "Cán bộ công nghệ thông tin": "Cán bộ công nghệ thông tin ở cấp xã còn thiếu và phải kiêm nhiệm.",
    "Đường truyền vùng cao": "Đường truyền vùng cao chưa ổn định nên hồ sơ bị gián đoạn.",
    "Máy quét": "Máy quét đã cũ, thường xuyên hỏng, chậm được thay thế.",
    "Người cao tuổi": "Người cao tuổi chưa quen nộp giấy tờ qua mạng.",
}
SHARED = tuple(POINTS.values())
BEGIN = """
import django; django.setup()
from django.core.files.base import ContentFile
from khue.domains.people.api import operator
from khue.domains.synthesis.actions import syntheses
head = "ỦY BAN NHÂN DÂN TỈNH {}\\nBÁO CÁO\\nKết quả công tác 6 tháng đầu năm 2026\\n"
points = %r
body = "\\n".join(f"{n}. {title}\\n{said}" for n, (title, said) in enumerate(points.items(), 1))
files = [
    (f"{name}.txt", ContentFile((head.format(name.upper()) + body).encode()))
    for name in ("Huế", "Hà Tĩnh", "Lai Châu")
]
made = syntheses.begin(by=operator(), title="tổng hợp", files=files, outline="\\n".join(points))
syntheses.work_later(made)
print(made.pk)
"""
STATE = "select stage, error from synthesis_synthesis where id = %s"
MERGED = """
select coalesce(json_agg(one->>'text'), '[]') from synthesis_section, jsonb_array_elements(groups) as one
where synthesis_id = %s and one->>'state' = 'merged'
"""


class Merging(FakeServer):
    """Answers with the sentence that it is shown, after a while."""

    def answer(self, messages: list[dict[str, str]]) -> str:
        time.sleep(3)
        shown = messages[-1]["content"]
        return json.dumps({"sentence": next((one for one in SHARED if one in shown), shown[:200])})

    def asked(self, sentence: str) -> int:
        chats = [one for one in self.requests if "messages" in one]
        return sum(sentence in one["messages"][-1]["content"] for one in chats)


@pytest.fixture
def model():
    model = Merging()
    yield model
    model.stop()


@pytest.fixture
def running(tmp_path_factory, model):
    embeddings = FakeServer()
    servers = {"KHUE_MODEL": "local", "KHUE_MODEL_URL": model.url, "KHUE_MODEL_NAME": "fake"}
    home = tmp_path_factory.mktemp("merging") / "home"
    installation = Installation(home, KHUE_EMBED_URL=embeddings.url, **servers)
    try:
        installation.up().wait_for("documents added", 240)
        yield installation
    finally:
        installation.stop()
        embeddings.stop()


def test_in_the_middle_of_a_synthesis(running, model):
    records = Records(running)
    made = running.python(BEGIN % (POINTS,)).strip()

    def merged() -> Any:
        return records.one(MERGED, made)[0]

    assert eventually(merged, 240), records.one(STATE, made)
    running.part("worker").kill()
    before = merged()
    assert 0 < len(before) < len(SHARED)
    assert eventually(lambda: records.one(STATE, made)[0] == "done", RESUMED_S), records.one(STATE, made)
    assert sorted(merged()) == sorted(SHARED)
    assert {model.asked(one) for one in before} == {1}
    assert sum(model.asked(one) for one in SHARED) <= len(SHARED) + 1
