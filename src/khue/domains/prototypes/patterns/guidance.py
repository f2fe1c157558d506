"""What decides and explains: deadlines, conditions, ways through a procedure, answers, where a letter goes."""

from typing import Any

from khue.domains.prototypes.patterns import words
from khue.domains.prototypes.patterns.markup import Markup, figure, head, lines, part, tag
from khue.domains.prototypes.patterns.shape import Built, Parameters


def _page(told: Parameters, *inside: str) -> Built:
    return Built(lines(head(told["title"], told.get("intro", "")), *inside), "", "", told["title"])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


def deadline(told: Parameters, language: str) -> Built:
    kinds = told["kinds"]
    due = '""'
    for kind in reversed(kinds):
        counted = "addworkdays(received, {})" if kind["working"] else "onworkday(adddays(received, {}))"
        due = f"if(kind = {_quoted(kind['label'])}, {counted.format(kind['days'])}, {due})"
    labels = [kind["label"] for kind in kinds]
    kind_field = {"label": words.KIND[language], "name": "kind", "type": "choice", "options": "|".join(labels)}
    sheet = tag(
        "k-sheet",
        None,
        tag("k-field", {**kind_field, "value": labels[0]}),
        tag("k-field", {"label": words.RECEIVED[language], "name": "received", "type": "date", "value": "today"}),
        tag("k-calc", {"label": words.DUE[language], "formula": due, "format": "date", "class": "k-total"}),
    )
    return _page(told, sheet)


def eligibility(told: Parameters, language: str) -> Built:
    fields: list[Markup] = []
    rules: list[dict[str, str]] = []
    waited: list[str] = []
    for at, one in enumerate(told["conditions"], 1):
        name = f"q{at}"
        is_number = one["type"] == "number"
        yes_no = {} if is_number else {"options": f"{words.YES[language]}|{words.NO[language]}"}
        fields.append(tag("k-field", {"label": one["label"], "name": name, "type": _kind(is_number), **yes_no}))
        waited.append(name)
        rules.extend({"when": fault, "text": one["reason"], "kind": "no"} for fault in _faults(name, one, language))
    yes, no = told.get("met") or words.ELIGIBLE[language], told.get("unmet") or words.NOT_SET[language]
    told_verdict = {"rules": rules, "all": "", "yes": yes, "no": no, "otherwise": yes, "wait": "|".join(waited)}
    return _page(told, tag("k-sheet", None, lines("", *fields, part("k-verdict", told_verdict), "")))


def _kind(is_number: bool) -> str:
    return "number" if is_number else "choice"


def _faults(name: str, one: dict[str, Any], language: str) -> list[str]:
    if one["type"] != "number":
        wanted = words.YES if one.get("wanted", True) else words.NO
        return [f'{name} != "{wanted[language]}"']
    low = [f"{name} < {figure(one['least'])}"] if one.get("least") is not None else []
    high = [f"{name} > {figure(one['most'])}"] if one.get("most") is not None else []
    return [" or ".join([*low, *high])] if low or high else []


def guide(told: Parameters, language: str) -> Built:
    known = {step["id"] for step in told["steps"]}
    steps: list[dict[str, Any]] = []
    for step in told["steps"]:
        ways = [(words.YES[language], step.get("if_yes")), (words.NO[language], step.get("if_no"))]
        options = [{"text": said, "to": to} for said, to in ways if to]
        steps.append({"id": step["id"], "text": step["text"], "options": options} | _end(step["text"], options))
        steps.extend({"id": way["to"], "result": way["to"]} for way in options if way["to"] not in known)
    return _page(told, part("k-guide", {"steps": steps}))


def _end(text: str, options: list[dict[str, Any]]) -> dict[str, str]:
    return {} if options else {"result": text}


def lookup(told: Parameters, language: str) -> Built:
    return _page(told, part("k-lookup", {"entries": told["entries"]}))


def triage(told: Parameters, language: str) -> Built:
    rules = []
    for rule in told["rules"]:
        asked = [word.strip() for word in rule["words"].replace(";", ",").split(",") if word.strip()]
        when = " or ".join(f"contains(text, {_quoted(word)})" for word in asked)
        rules.append({"when": when, "text": words.SEND_TO[language].format(rule["unit"], rule["days"]), "kind": "wait"})
    field = tag("k-field", {"label": words.CONTENT[language], "name": "text", "type": "longtext", "rows": 6})
    verdict = {"rules": rules, "otherwise": told["otherwise"], "otherwise_kind": "wait", "wait": "text"}
    return _page(told, tag("k-sheet", None, lines("", field, part("k-verdict", verdict), "")))


def checklist(told: Parameters, language: str) -> Built:
    settings = {"items": told["items"]} | ({"done": told["done"]} if told.get("done") else {})
    return _page(told, tag("k-sheet", None, part("k-checklist", settings)))


def attendance(told: Parameters, language: str) -> Built:
    settings = {"items": told["people"], "done": words.PRESENT[language], "missing": words.ABSENT[language]}
    return _page(told, tag("k-sheet", None, part("k-checklist", settings)))


def letter(told: Parameters, language: str) -> Built:
    settings: dict[str, Any] = {"text": told["text"], "title": told["title"]}
    if told.get("fields"):
        settings["fields"] = told["fields"]
    return _page(told, part("k-letter", settings))
