"""What is taken in and followed: forms and registers whose rows have a state and a day on which they are due."""

from typing import Any

from khue.domains.prototypes.patterns import words
from khue.domains.prototypes.patterns.markup import Markup, figure, head, lines, part, tag
from khue.domains.prototypes.patterns.shape import Built, Parameters

Column = dict[str, Any]
LIST = "entries"


def _field(label: str, name: str, kind: str = "text", **more: Any) -> Markup:
    given = {"label": label, "name": name, "type": None if kind == "text" else kind, **more}
    return tag("k-field", given)


def _choice(label: str, name: str, options: list[str], **more: Any) -> Markup:
    return _field(label, name, "choice", options="|".join(options), **more)


def _column(name: str, label: str, kind: str = "text", **more: Any) -> Column:
    return {"name": name, "label": label, "type": kind, **more}


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


def _register(told: Parameters, language: str, fields: list[Markup], columns: list[Column], **more: Any) -> Built:
    """A form over a table; `counts` stand above it, `mark` is the rule for rows that need a look."""
    given = {"list": LIST, "button": more.get("button") or words.ADD[language], "sets": more.get("sets")}
    form = tag("k-form", given, lines("", *fields, ""))
    counts = tag("div", {"class": "k-counts-grid"}, *more["counts"]) if more.get("counts") else ""
    settings = {"list": LIST, "title": more.get("list") or words.ENTRIES[language], "columns": columns}
    settings |= {name: more[name] for name in ("mark", "marked") if name in more}
    body = lines(
        head(told["title"], told.get("intro", "")), form, more.get("after", ""), counts, part("k-table", settings)
    )
    return Built(body, "", "", told["title"])


def _count(label: str, where: str | None = None, **more: Any) -> Markup:
    return tag("k-count", {"list": LIST, "label": label, "where": where, **more})


def intake(told: Parameters, language: str) -> Built:
    fields, columns = [], []
    for at, one in enumerate(told["fields"], 1):
        options = one.get("options")
        kind = one["type"] if one["type"] != "choice" or options else "text"
        fields.append(_field(one["label"], f"f{at}", kind, options=options, required=bool(one.get("required"))))
        columns.append(
            _column(f"f{at}", one["label"], kind if kind in {"date", "number", "money", "yesno"} else "text")
        )
    button = told.get("button") or words.SAVE[language]
    return _register(told, language, fields, columns, button=button, counts=[_count(words.TOTAL_ENTRIES[language])])


def dossiers(told: Parameters, language: str) -> Built:
    kinds, statuses = told["kinds"], told["statuses"]
    days = "0"
    for kind in reversed(kinds):
        days = f"if(kind = {_quoted(kind['label'])}, {kind['days']}, {days})"
    fields = [
        _field(words.CODE[language], "code", required=True),
        _field(words.APPLICANT[language], "who", required=True),
        _choice(words.KIND[language], "kind", [kind["label"] for kind in kinds], value=kinds[0]["label"]),
        _field(words.RECEIVED[language], "received", "date", value="today", required=True),
        _choice(words.STATUS[language], "status", statuses, value=statuses[0]),
    ]
    columns = [
        _column("code", words.CODE[language]),
        _column("who", words.APPLICANT[language]),
        _column("kind", words.KIND[language]),
        _column("received", words.RECEIVED[language], "date"),
        _column("due", words.DUE[language], "date", formula=f"addworkdays(received, {days})"),
        _column("status", words.STATUS[language], options=statuses),
    ]
    return _due(told, language, fields, columns, f"addworkdays(received, {days})", statuses[-1])


def _due(
    told: Parameters, language: str, fields: list[Markup], columns: list[Column], due: str, done: str, **more: Any
) -> Built:
    late = f"status != {_quoted(done)} and {due} < today()"
    counts = [
        _count(words.TOTAL_ENTRIES[language]),
        _count(words.OPEN[language], f"status != {_quoted(done)}"),
        _count(words.LATE[language], late),
    ]
    marks = {"mark": late, "marked": words.LATE[language]}
    return _register(told, language, fields, columns, counts=counts, **marks, **more)


def petitions(told: Parameters, language: str) -> Built:
    topics, statuses, days = told["topics"], told["statuses"], told["days"]
    due = f"addworkdays(received, {days})"
    fields = [
        _field(words.SENDER[language], "who", required=True),
        _field(words.CONTENT[language], "what", "longtext", required=True),
        _choice(words.TOPIC[language], "topic", topics, value=topics[0]),
        _field(words.RECEIVED[language], "received", "date", value="today", required=True),
        _choice(words.STATUS[language], "status", statuses, value=statuses[0]),
    ]
    columns = [
        _column("id", "№", "number"),
        _column("who", words.SENDER[language]),
        _column("what", words.CONTENT[language]),
        _column("topic", words.TOPIC[language]),
        _column("received", words.RECEIVED[language], "date"),
        _column("due", words.DUE[language], "date", formula=due),
        _column("status", words.STATUS[language], options=statuses),
    ]
    return _due(told, language, fields, columns, due, statuses[-1])


def tasks(told: Parameters, language: str) -> Built:
    people, statuses = told["people"], told["statuses"]
    fields = [
        _field(words.TASK[language], "what", required=True),
        _choice(words.PEOPLE[language], "who", people, value=people[0]),
        _field(words.DUE[language], "due", "date", required=True),
        _choice(words.STATUS[language], "status", statuses, value=statuses[0]),
    ]
    columns = [
        _column("what", words.TASK[language]),
        _column("who", words.PEOPLE[language]),
        _column("due", words.DUE[language], "date"),
        _column("status", words.STATUS[language], options=statuses),
    ]
    return _due(told, language, fields, columns, "due", statuses[-1])


def visitors(told: Parameters, language: str) -> Built:
    here, gone = words.HERE[language], words.GONE[language]
    fields = [
        _field(words.NAME[language], "who", required=True),
        _field(words.PHONE[language], "phone", "phone"),
        _choice(words.HOST[language], "host", told["hosts"], required=True),
        _choice(words.PURPOSE[language], "purpose", told["purposes"], value=told["purposes"][0]),
    ]
    columns = [
        _column("who", words.NAME[language]),
        _column("host", words.HOST[language]),
        _column("purpose", words.PURPOSE[language]),
        _column("status", words.STATUS[language], options=[here, gone]),
    ]
    counts = [_count(words.TOTAL_ENTRIES[language]), _count(here, f"status != {_quoted(gone)}")]
    return _register(told, language, fields, columns, counts=counts, button=words.SAVE[language], sets=f"status={here}")


def rooms(told: Parameters, language: str) -> Built:
    fields = [
        _choice(words.ROOM[language], "room", told["rooms"], value=told["rooms"][0]),
        _field(words.DAY[language], "day", "date", value="today", required=True),
        _field(words.FROM[language], "start", "time", value="08:00", required=True),
        _field(words.TO[language], "end", "time", value="09:00", required=True),
        _field(words.WHO_BOOKS[language], "who", required=True),
        _field(words.PURPOSE[language], "what"),
    ]
    names = [
        ("room", words.ROOM),
        ("day", words.DAY),
        ("start", words.FROM),
        ("end", words.TO),
        ("who", words.WHO_BOOKS),
    ]
    columns = [_column(name, label[language], "date" if name == "day" else "text") for name, label in names]
    form = tag(
        "k-form",
        {
            "list": LIST,
            "button": words.BOOK[language],
            "must": "end > start",
            "else": words.UNTIL_FIRST[language],
            "unless": "old_room = room and old_day = day and old_start < end and start < old_end",
            "clash": words.TAKEN[language],
        },
        lines("", *fields, ""),
    )
    table = part("k-table", {"list": LIST, "title": words.ENTRIES[language], "columns": columns})
    return Built(lines(head(told["title"]), form, _count(words.TOTAL_ENTRIES[language]), table), "", "", told["title"])


def budget(told: Parameters, language: str) -> Built:
    fields = [
        _field(words.DETAIL[language], "what", required=True),
        _choice(words.CATEGORY[language], "kind", told["categories"], value=told["categories"][0]),
        _field(words.AMOUNT[language], "amount", "money", min=0, required=True),
        _field(words.DAY[language], "day", "date", value="today"),
    ]
    columns = [
        _column("what", words.DETAIL[language]),
        _column("kind", words.CATEGORY[language]),
        _column("day", words.DAY[language], "date"),
        _column("amount", words.AMOUNT[language], "money", sum=True),
    ]
    counts = [
        _count(words.SPENT[language], sum="amount", format="money"),
        _count(words.LEFT[language], sum="amount", format="money", **{"from": figure(told["budget"])}),
    ]
    chart = part("k-chart", {"list": LIST, "by": "kind", "sum": "amount", "title": words.CATEGORY[language]})
    return _register(told, language, fields, columns, counts=counts, after=chart)


def stock(told: Parameters, language: str) -> Built:
    settings = {"items": told["items"]}
    return Built(lines(head(told["title"], told.get("intro", "")), part("k-stock", settings)), "", "", told["title"])
