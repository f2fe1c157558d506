"""What most systems do: the three best passages in the prompt, and the words "say so if it is not there"."""

import time
from collections.abc import Sequence

from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass, Options, Turn

INSTRUCTION = {
    "vi": "Chỉ trả lời dựa vào các đoạn văn dưới đây, bằng một câu. Nếu các đoạn văn không có câu trả lời, hãy viết "
    "đúng câu: Không có thông tin.",
    "en": "Answer only from the passages below, in one sentence. If they do not hold the answer, write exactly: "
    "No information.",
}
REFUSED = {"vi": ("không có thông tin", "không có câu trả lời", "không được đề cập"), "en": ("no information",)}
NOBODY = Caller(None, None, tool="benchmark")


def answer(question: str, passages: Sequence[str], language: str) -> tuple[str, bool, float]:
    """What it says, whether it refuses, and the milliseconds to its first word."""
    text = "\n\n".join(passages[:3]) + f"\n\n{question}"
    turns = [Turn("system", INSTRUCTION[language]), Turn("user", text)]
    began = time.perf_counter()
    first = 0.0
    said = ""
    options = Options(max_tokens=120)
    with gateway.chat(turns, caller=NOBODY, data_class=DataClass.PUBLIC, options=options) as stream:
        for piece in stream:
            first = first or (time.perf_counter() - began) * 1000
            said += piece
    return said, any(words in said.lower() for words in REFUSED[language]), first
