"""What is sent to the model: one short instruction for each language, the sentences that matter, the question.

The instruction stands first and never changes, so that the runtime keeps it in its cache; the model is told to copy
words and never offered to refuse, because a small model refuses what it could answer and answers what it could not
(benchmarks/RESULTS.md): whether there is evidence has been decided before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from khue.domains.knowledge.answering.evidence import Sentence, choose, tokens_of

BUDGET = 150  # tokens of evidence: at 38-45 tokens a second the first word comes within five seconds
# for visitors of an assistant, who have the card already: the first word within three seconds, so no long labels either
BRIEF = 45
LONGEST_LABEL, BRIEF_LABEL = 100, 40
QUESTION_BUDGET = 200
MOST_SENTENCES = 5

INSTRUCTION = {
    "vi": "Bạn trả lời câu hỏi bằng một câu ngắn bằng tiếng Việt, chép nguyên văn các từ trong tài liệu.",
    "en": "Answer the question in one short sentence in English, copying the words of the documents exactly.",
    "fr": "Réponds à la question en une phrase courte en français, en recopiant exactement les mots des documents.",
}
FORM = {
    "vi": "Tài liệu:\n{evidence}\n\nCâu hỏi: {question}",
    "en": "Documents:\n{evidence}\n\nQuestion: {question}",
    "fr": "Documents :\n{evidence}\n\nQuestion : {question}",
}
ACROSS = {
    "vi": "Bạn trả lời câu hỏi bằng một câu ngắn bằng tiếng Việt, dịch chính xác từ tài liệu, giữ nguyên các con số.",
    "en": "Answer the question in one short sentence in English, translating the documents exactly, numbers unchanged.",
    "fr": "Réponds à la question en une phrase courte en français, en traduisant exactement les documents, "
    "nombres inchangés.",
}


@dataclass(frozen=True)
class Prompt:
    instruction: str
    text: str
    sent: tuple[Sentence, ...]
    left_out: tuple[Sentence, ...]
    cut: bool = False  # the question or the only sentence was too long and was cut


def build(question: str, ranked: Sequence[Sentence], *, language: str, budget: int = BUDGET) -> Prompt:
    sent, left_out = choose(ranked, budget=budget, most=MOST_SENTENCES)
    asked, question_cut = _cut(question, language, QUESTION_BUDGET)
    lines, line_cut = [], False
    for heading, group in _by_heading(sent, LONGEST_LABEL if budget >= BUDGET else BRIEF_LABEL):
        body, cut = _cut(" … ".join(sentence.text for sentence in group), group[0].source.language, 2 * budget)
        line_cut = line_cut or cut
        lines.append(f"- {heading}: {body}" if heading else f"- {body}")
    across = any(s.source.language and s.source.language != language for s in sent)
    instruction = (ACROSS if across else INSTRUCTION).get(language, INSTRUCTION["en"])
    form = FORM.get(language, FORM["en"])
    text = form.format(evidence="\n".join(lines), question=asked)
    return Prompt(instruction, text, tuple(sent), tuple(left_out), question_cut or line_cut)


def _by_heading(sent: Sequence[Sentence], longest: int) -> list[tuple[str, list[Sentence]]]:
    """Sentences of one passage together, under its title where that says what they are about."""
    groups: dict[tuple[str, int], list[Sentence]] = {}
    for sentence in sent:
        groups.setdefault((sentence.source.document, sentence.source.passage), []).append(sentence)
    return [(_label(group[0], longest), sorted(group, key=lambda s: s.start)) for group in groups.values()]


def _label(sentence: Sentence, longest: int) -> str:
    """The title and the innermost heading, short; the heading alone where there is no room for both."""
    inner = sentence.source.heading.rsplit(" › ", 1)[-1]
    parts = [part for part in (sentence.source.title, inner) if part and part not in sentence.text]
    whole = " › ".join(dict.fromkeys(parts))
    short = longest < LONGEST_LABEL and len(whole) > longest
    return (parts[-1] if short else whole)[:longest]


def _cut(text: str, language: str, budget: int) -> tuple[str, bool]:
    cost = tokens_of(text, language)
    if cost <= budget:
        return text, False
    return text[: int(len(text) * budget / cost)].rsplit(" ", 1)[0] + " …", True
