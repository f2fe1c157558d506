"""The passages in a plain prompt, its answer shown as Markdown: how most assistants over documents are built."""

from collections.abc import Sequence

from markdown_it import MarkdownIt

from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass, Options, Turn

INSTRUCTION = {
    "vi": "Bạn là trợ lý hữu ích của một cơ quan nhà nước. Hãy trả lời người dùng dựa vào các tài liệu được cung cấp.",
    "en": "You are a helpful assistant of a public authority. Answer the user on the basis of the documents provided.",
    "fr": "Tu es un assistant utile d'une administration. Réponds à l'utilisateur à partir des documents fournis.",
}
NOBODY = Caller(None, None, tool="benchmark")


def answer(question: str, passages: Sequence[tuple[str, str]], language: str) -> tuple[str, str]:
    """What it says and the page that shows it; passages are titles and texts."""
    documents = "\n\n".join(f"# {title}\n{text}" for title, text in passages)
    turns = [Turn("system", INSTRUCTION[language]), Turn("user", f"{documents}\n\n{question}")]
    reply = gateway.chat(turns, caller=NOBODY, data_class=DataClass.PUBLIC, options=Options(max_tokens=60)).text()
    return reply.text, MarkdownIt("commonmark").render(reply.text)
