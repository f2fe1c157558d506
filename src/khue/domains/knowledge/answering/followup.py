"""Completing a question that leans on what went before ("Còn lệ phí?", "And for a child?")."""

import re

from khue.domains.knowledge.answering import words

_LEANS = re.compile(
    r"^\s*(?:còn|thế|vậy|thế còn|vậy còn|nếu vậy|and|what about|how about|et|et pour|qu[’']en est-il)(?!\w)"
    r"|(?<!\w)(?:thủ tục này|việc này|việc đó|cái này|cái đó|trường hợp này|trường hợp đó|giấy này|giấy đó"
    r"|nó|ở đó|khi đó"
    r"|it|its|that one|this one|they|them|there|cela|celle-ci|celui-ci|y)(?!\w)",
    re.IGNORECASE,
)
FEW = 3


def completed(question: str, before: str, *, language: str) -> str:
    """The question to search for; `before` is the last question as it was searched for, empty for a first question."""
    said = words.content(question, language)
    if not before or not (_LEANS.search(question) or len(said) <= FEW):
        return question
    return f"{before.rstrip(' ?.!')}. {question}"
