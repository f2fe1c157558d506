"""Fees and charges: by number, by tier."""

from khue.domains.prototypes.patterns.markup import amount, figure, head, lines, tag
from khue.domains.prototypes.patterns.shape import Built, Parameters

TOTAL = {"vi": "Phí", "en": "Fee", "fr": "Frais"}
EACH = {"vi": "{} mỗi {}", "en": "{} per {}", "fr": "{} par {}"}


def fee(told: Parameters, language: str) -> Built:
    fields, sums, factors = [], [], []
    for at, line in enumerate(told["lines"], 1):
        hint = EACH[language].format(amount(line["price"], language), line.get("unit") or line["label"].lower())
        given = {"label": line["label"], "name": f"n{at}", "type": "number", "min": 0, "value": 0, "hint": hint}
        fields.append(tag("k-field", given))
        sums.append(f"n{at} * {figure(line['price'])}")
    for at, extra in enumerate(told.get("extras", []), 1):
        fields.append(tag("k-field", {"label": extra["label"], "name": f"x{at}", "type": "yesno"}))
        if extra.get("amount"):
            sums.append(f"if(x{at}, {figure(extra['amount'])}, 0)")
        if extra.get("percent"):
            factors.append(f"if(x{at}, {figure(1 + extra['percent'] / 100)}, 1)")
    return _sheet(told, fields, " * ".join([f"({' + '.join(sums)})", *factors]), language)


def _sheet(told: Parameters, fields: list[str], formula: str, language: str) -> Built:
    result = told.get("result") or TOTAL[language]
    total = tag("k-calc", {"label": result, "formula": formula, "format": "money", "class": "k-total"})
    body = lines(head(told["title"], told.get("intro", "")), tag("k-sheet", None, lines(*fields, total)))
    return Built(body, "", "", told["title"])
