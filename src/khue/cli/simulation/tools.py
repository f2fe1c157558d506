"""What a participant makes with the tool that a lab opens."""

import re
from collections.abc import Awaitable, Callable

from khue.cli.simulation.player import Player
from khue.gateway.browser import Page

# the answers of one model come one after another, however many wait
PATIENCE_S = 3600.0
STREAM = re.compile(r'data-stream="([^"]+)"')
ASSISTANT = """format: khue-assistant/1
slug: mo-phong
definition:
  name: {{vi: Trợ lý của học viên {number}}}
  purpose: Trả lời câu hỏi hay gặp về đăng ký khai sinh, thường trú và căn cước.
  audience: Người dân hỏi ngoài giờ làm việc.
  languages: [vi]
  opening: {{vi: Chào bạn. Bạn cần làm thủ tục gì?}}
  notice: {{vi: Bạn đang trao đổi với trợ lý tự động (AI), không phải cán bộ.}}
questions:
- {{question: Đăng ký khai sinh cho con phải làm trong bao nhiêu ngày?, answer: 60 ngày}}
- {{question: Ngày mai trời có mưa không?, kind: outside}}
"""


async def ask(who: Player, page: Page) -> None:
    """About what was read, until the answer stands there."""
    for _number in range(who.questions):
        heading = who.chance.choice(who.headings or ["dữ liệu cá nhân"])
        question = f"Tài liệu nói gì về “{heading}”?"
        page = await who.computer.submit(page, "ask: question", ending=page.path, more={"question": question})
        stream = STREAM.findall(page.text)
        if not stream:
            who.figures.fail("ask: question", f"no answer begins on {page.path}")
            return
        answer = await who.computer.get(stream[-1], "ask: answer", patience_s=PATIENCE_S)
        who.confirm("questions", "event: finished" in answer.text, "ask: answer", answer)


async def build(who: Player, page: Page) -> None:
    """An assistant from a file that was shared in the room."""
    file = ("tro-ly.yaml", ASSISTANT.format(number=who.number).encode())
    made = await who.computer.send_file(page, "assistant: bring", ending="/bring/", field="file", file=file)
    who.confirm("assistants", made.path != page.path, "assistant: bring", made)


# by the address at which a tool opens
TOOLS: dict[str, Callable[[Player, Page], Awaitable[None]]] = {"/work/ask/": ask, "/work/assistants/": build}
