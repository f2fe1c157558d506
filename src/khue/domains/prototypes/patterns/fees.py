"""What is counted: fees, formulas, scores, receipts, units."""

from typing import Any

from khue.domains.prototypes.patterns import words
from khue.domains.prototypes.patterns.markup import Markup, amount, figure, head, lines, tag
from khue.domains.prototypes.patterns.shape import Built, Parameters

NOTHING_YET = 0


def fee(told: Parameters, language: str) -> Built:
    fields, sums, factors = [], [], []
    for at, line in enumerate(told["lines"], 1):
        fields.append(_priced(at, line, language))
        sums.append(f"n{at} * {figure(line['price'])}")
    for at, extra in enumerate(told.get("extras", []), 1):
        fields.append(tag("k-field", {"label": extra["label"], "name": f"x{at}", "type": "yesno"}))
        if extra.get("amount"):
            sums.append(f"if(x{at}, {figure(extra['amount'])}, 0)")
        if extra.get("percent"):
            factors.append(f"if(x{at}, {figure(1 + extra['percent'] / 100)}, 1)")
    return _money(told, fields, " * ".join([f"({' + '.join(sums)})", *factors]), language)


def tiered(told: Parameters, language: str) -> Built:
    table = " ".join(f"{_limit(tier)}:{figure(tier['price'])}" for tier in _rising(told["tiers"]))
    unit = told.get("unit")
    field = tag("k-field", {"label": told["input"], "name": "n", "type": "number", "min": 0, "unit": unit})
    counted = f'{"tiers" if told["mode"] == "parts" else "bracket"}(n, "{table}")'
    least = figure(told.get("least", NOTHING_YET))
    return _money(told, [field], f"if(n > 0, max({counted}, {least}), 0)", language)


def _rising(tiers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(tiers, key=lambda tier: tier.get("up_to") or float("inf"))


def _limit(tier: dict[str, Any]) -> str:
    return figure(tier["up_to"]) if tier.get("up_to") else "*"


def _priced(at: int, line: dict[str, Any], language: str) -> Markup:
    hint = words.EACH[language].format(amount(line["price"], language), line.get("unit") or line["label"].lower())
    told = {"label": line["label"], "name": f"n{at}", "type": "number", "min": 0, "value": 0, "hint": hint}
    return tag("k-field", told)


def _money(told: Parameters, fields: list[Markup], formula: str, language: str) -> Built:
    result = told.get("result") or words.FEE[language]
    total = tag("k-calc", {"label": result, "formula": formula, "format": "money", "class": "k-total"})
    return _sheet(told, *fields, total)


def _sheet(told: Parameters, *inside: str) -> Built:
    body = lines(head(told["title"], told.get("intro", "")), tag("k-sheet", None, lines("", *inside, "")))
    return Built(body, "", "", told["title"])


def formula(told: Parameters, language: str) -> Built:
    given = ("label", "name", "type", "unit", "value", "options")
    fields = [tag("k-field", {name: one.get(name) for name in given}) for one in told.get("fields", [])]
    presses = [
        tag("k-press", {"label": one["label"], "sets": one.get("changes"), "formula": one.get("formula")})
        for one in told.get("buttons", [])
    ]
    last = len(told["results"])
    results = [
        tag("k-calc", {**{key: one.get(key) for key in ("label", "formula", "format", "unit")}, **_weight(at, last)})
        for at, one in enumerate(told["results"], 1)
    ]
    return _sheet(told, *fields, *presses, *results)


def _weight(at: int, last: int) -> dict[str, str]:
    return {"class": "k-total"} if at == last else {}


def converter(told: Parameters, language: str) -> Built:
    field = tag("k-field", {"label": told["input"], "name": "n", "type": "number", "unit": told.get("unit")})
    results = [
        tag("k-calc", {"label": one["label"], "formula": f"n * {figure(one['factor'])}", "format": "number"})
        for one in told["targets"]
    ]
    return _sheet(told, field, *results)


def scoring(told: Parameters, language: str) -> Built:
    fields, names = [], []
    for at, one in enumerate(told["criteria"], 1):
        limit = figure(one["most"])
        hint = words.OUT_OF[language].format(limit)
        given = {"label": one["text"], "name": f"c{at}", "type": "number", "min": 0, "max": limit, "unit": hint}
        fields.append(tag("k-field", given))
        names.append(f"min(c{at}, {limit})")
    total = tag("k-calc", {"label": words.TOTAL[language], "name": "total", "formula": f"sum({', '.join(names)})"})
    return _sheet(told, *fields, total, _grade(told, language))


def _grade(told: Parameters, language: str) -> Markup:
    names = [f"c{at}" for at in range(1, len(told["criteria"]) + 1)]
    total = " + ".join(f"min({name}, {figure(one['most'])})" for name, one in zip(names, told["criteria"], strict=True))
    grades = sorted(told.get("grades", []), key=lambda grade: -grade["least"])
    if not grades:
        return Markup("")
    chosen = '"–"'
    for grade in reversed(grades):
        name = grade["name"].replace('"', "'")
        chosen = f'if({total} >= {figure(grade["least"])}, "{name}", {chosen})'
    open_ = " or ".join(f'{name} = ""' for name in names)
    chosen = f'if({open_}, "", {chosen})'
    return tag("k-calc", {"label": words.GRADE[language], "formula": chosen, "format": "text", "class": "k-total"})


def receipt(told: Parameters, language: str) -> Built:
    top = [
        tag("k-field", {"label": words.PAYER[language], "name": "payer", "required": True}),
        tag("k-field", {"label": words.DAY[language], "name": "day", "type": "date", "value": "today"}),
    ]
    fields = [_priced(at, one, language) for at, one in enumerate(told["items"], 1)]
    total = " + ".join(f"n{at} * {figure(one['price'])}" for at, one in enumerate(told["items"], 1))
    sum_ = tag("k-calc", {"label": words.TOTAL[language], "formula": total, "format": "money", "class": "k-total"})
    in_words = tag("k-calc", {"label": words.IN_WORDS[language], "formula": total, "format": "words"})
    signed = tag("p", {"class": "k-signed"}, words.DATE_PLACE[language])
    agency = tag("p", {"class": "k-agency"}, told["agency"])
    spoken = in_words if words.IN_WORDS[language] else ""
    return _sheet(told, agency, *top, *fields, sum_, spoken, signed)
