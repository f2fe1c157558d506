"""What a participant makes with the tool that a lab opens."""

import re
from collections.abc import Awaitable, Callable

from khue.cli.simulation.player import Player
from khue.gateway.browser import Page

# the answers of one model come one after another, however many wait
PATIENCE_S = 3600.0
STREAM = re.compile(r'data-stream="([^"]+)"')


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


# by the address at which a tool opens
TOOLS: dict[str, Callable[[Player, Page], Awaitable[None]]] = {"/work/ask/": ask}
