"""A change of a tool: frequent wishes understood by rules, others as a model's list of places and values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khue.domains.prototypes.editing import colours
from khue.domains.prototypes.patterns import Pattern, faults, pattern
from khue.domains.prototypes.patterns.catalogue import UnknownPattern
from khue.domains.prototypes.rules import plain
from khue.domains.prototypes.writing import html, paths

MOST_CHANGES = 3


@dataclass(frozen=True)
class Done:
    """`said`: what was changed, to be shown: "title: New name"."""

    source: dict[str, Any]
    said: tuple[str, ...]


# by which of its parameters a row is known
NAMED = ("label", "text", "name", "title", "question")
QUOTES = "\"'“”«»‘’"
RENAME = re.compile(
    r"^(?:please |hãy |xin |vui lòng )?(?:"
    r"(?:đổi|sửa|đặt|thay) (?:lại )?(?:tên|tiêu đề)(?: (?:công cụ|trang|nó|của nó))?(?: này)? (?:thành|là|lại là)|"
    r"(?:rename|retitle)(?: it| the (?:tool|page))?(?: to| as)?|"
    r"(?:change|set) the (?:title|name|heading)(?: of the (?:tool|page))? to|call it|"
    r"(?:renomme[rz]?|rebaptise[rz]?)(?:[- ]l[ea])?(?: l’outil| l'outil| la page)?(?: en)?|"
    r"(?:change[rz]?|mets|mettre|mettez) le (?:titre|nom)(?: en| à| par)?"
    r")\s*:?\s*(?P<new>.+)$",
    re.IGNORECASE,
)
ADD = re.compile(
    r"^(?:please |hãy |xin |vui lòng )?(?:"
    r"thêm (?:một |1 )?(?:trường|ô|mục|dòng)(?: nhập| thông tin)?(?: cho| về| ghi| tên là| là)?|"
    r"add (?:a |an |another |one )?(?:new )?(?:field|box|line|row|item|entry|question|step)"
    r"(?: for| called| named)?(?: the)?|"
    r"ajoute[rz]? (?:un |une )?(?:nouveau |nouvelle )?(?:champ|case|ligne|élément|question|étape)"
    r"(?: pour| nommée?| appelée?)?(?: le| la| les)?"
    r")\s*:?\s*(?P<new>.+)$",
    re.IGNORECASE,
)
REMOVE = re.compile(
    r"^(?:please |hãy |xin |vui lòng )?(?:"
    r"(?:bỏ|xóa|xoá|gỡ)(?: bớt| đi)? (?:trường|ô|mục|dòng|nút|bước)?|"
    r"(?:remove|delete|drop) (?:the )?(?:field|box|line|row|item|entry|question|step)?(?: for| called| named)?|"
    r"(?:supprime[rz]?|enlève|enlever|retire[rz]?) (?:le |la |l’|l'|les )?"
    r"(?:champ|case|ligne|élément|question|étape)?(?: pour)?"
    r")\s*:?\s*(?P<old>.+)$",
    re.IGNORECASE,
)
FROM_TO = re.compile(
    r"(?:từ|from|de)\s+(?P<old>\d[\d.,\u00a0\u202f ]*)\D{0,12}?"
    r"(?:thành|lên|xuống|sang|còn|to|into|à)\s+(?P<new>\d[\d.,\u00a0\u202f ]*)",
    re.IGNORECASE,
)
TO = re.compile(
    r"^(?P<what>.*?)\s*(?:thành|lên|xuống|còn|là|sang|\bto\b|\binto\b|\bà\b|=)\s*"
    r"(?P<new>\d[\d.,\u00a0\u202f ]*)\s*(?:₫|đ|đồng|vnd|dongs?)?\s*\.?$",
    re.IGNORECASE,
)
SWAP = re.compile(
    rf"(?:đổi|thay|sửa|change|replace|remplace[rz]?|change[rz]?)\D{{0,24}}?[{QUOTES}](?P<old>[^{QUOTES}]+)[{QUOTES}]\s*"
    rf"(?:thành|bằng|to|with|by|into|par|en)\s*[{QUOTES}](?P<new>[^{QUOTES}]+)[{QUOTES}]",
    re.IGNORECASE,
)


def by_rules(source: Mapping[str, Any], wish: str, language: str) -> Done | None:
    """None: the wish is not among those that rules understand; a model is asked."""
    said = " ".join(wish.split()).rstrip(".!")
    if style := colours.style_of(said):
        return (
            Done({**source, "extra": f"{_without(source, style)}{style.css}"}, (style.said,))
            if "html" not in source
            else None
        )
    if "pattern" not in source:
        return _of_code(source, said)
    try:
        one = pattern(source["pattern"])
    except UnknownPattern:
        return None
    for rule in (_swap, _rename, _number, _add, _remove):
        after = rule(one, source["parameters"], said)
        if after is not None and not faults(one, after):
            changed = paths.changed(source["parameters"], after)
            told = tuple(f"{called(after, path)}: {new if new is not None else '–'}" for path, _old, new in changed)
            return Done({**source, "parameters": after}, told) if told else None
    return None


def called(held: Mapping[str, Any], path: str) -> str:
    """A place in words: by the name of its row, else by its own."""
    *before, last = path.split(".")
    try:
        row = paths.at(held, ".".join(before)) if before else {}
    except paths.NoSuchPlace:
        row = {}
    name = _name_in(row) if isinstance(row, Mapping) else ""
    return str(row[name]) if name and name != last else last if not last.isdigit() else "+"


def _without(source: Mapping[str, Any], style: colours.Style) -> str:
    """Earlier wishes for the same thing give way."""
    lines = str(source.get("extra", "")).splitlines(keepends=True)
    return "".join(
        line if line.endswith("\n") else line + "\n" for line in lines if not line.startswith(style.selector)
    )


def _bare(text: str) -> str:
    return text.strip().strip(QUOTES + ".").strip()


def _swap(one: Pattern, held: Mapping[str, Any], said: str) -> Any:
    found = SWAP.search(said)
    if not found:
        return None
    after: Any = held
    for path, value in paths.leaves(held):
        if isinstance(value, str) and found["old"].casefold() in value.casefold():
            after = paths.put(
                after, path, re.sub(re.escape(found["old"]), lambda _m: found["new"], value, flags=re.IGNORECASE)
            )
    return after if after is not held else None


def _rename(one: Pattern, held: Mapping[str, Any], said: str) -> Any:
    found = RENAME.match(said)
    return {**held, "title": _bare(found["new"])} if found and "title" in held else None


def _number(one: Pattern, held: Mapping[str, Any], said: str) -> Any:
    """The one number that is meant: by what it is now, by the words beside it, or because there is only one."""
    numbers = [
        (path, value)
        for path, value in paths.leaves(held)
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if found := FROM_TO.search(said):
        old, new = _figure(found["old"]), _figure(found["new"])
        same = [path for path, value in numbers if value == old]
        return paths.put(held, same[0], new) if len(same) == 1 and new is not None else None
    found = TO.match(said)
    new = _figure(found["new"]) if found else None
    if not found or new is None:
        return None
    meant = [path for path, _value in numbers if _words_beside(held, path) & set(plain(found["what"]).split())]
    best = _closest(held, meant, plain(found["what"]))
    if best is None and len(numbers) == 1:
        best = numbers[0][0]
    return paths.put(held, best, new) if best else None


def _words_beside(held: Mapping[str, Any], path: str) -> set[str]:
    around = paths.at(held, path.rsplit(".", 1)[0]) if "." in path else {}
    texts = [value for value in around.values() if isinstance(value, str)] if isinstance(around, Mapping) else []
    return {word for text in texts for word in plain(text).split() if len(word) > 2}


def _closest(held: Mapping[str, Any], meant: list[str], what: str) -> str | None:
    asked = set(what.split())
    scored = sorted(((len(_words_beside(held, path) & asked), path) for path in meant), reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _lists(one: Pattern, held: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Lists of the parameters whose rows are known by a label, or are only texts."""
    found = []
    for name, schema in one.schema.get("properties", {}).items():
        if schema.get("type") == "array" and isinstance(held.get(name, []), list):
            item = schema["items"]
            if item.get("type") == "string" or _name_in(item.get("properties", {})):
                found.append((name, item))
    return found


def _name_in(row: Mapping[str, Any]) -> str:
    return next((name for name in NAMED if name in row), "")


def _add(one: Pattern, held: Mapping[str, Any], said: str) -> Any:
    found = ADD.match(said)
    fit = [(name, item) for name, item in _lists(one, held) if set(item.get("required", ())) <= {*NAMED, "type"}]
    if not found or len(fit) != 1:
        return None
    name, item = fit[0]
    text = _bare(found["new"])
    row = text[:1].upper() + text[1:]
    return {**held, name: [*held.get(name, []), row if item.get("type") == "string" else _labelled(row, item)]}


# what a new field takes, by its name
TYPES = (
    (r"ngay|date|jour", "date"),
    (r"gio|time|heure", "time"),
    (r"dien thoai|phone|telephone", "phone"),
    (r"e-?mail|thu dien tu|courriel", "email"),
    (r"can cuoc|cccd", "cccd"),
    (r"ma so thue|tax (?:code|number)", "mst"),
    (r"so tien|tien|amount|montant", "money"),
    (r"so luong|so (?:nguoi|ban|lan)|number of|quantity|nombre|quantite", "number"),
    (r"ghi chu|note|remark|noi dung|remarque", "longtext"),
)


def _labelled(label: str, item: Mapping[str, Any]) -> dict[str, Any]:
    name = _name_in(item["properties"])
    if "type" not in item.get("required", ()):
        return {name: label}
    said, known = plain(label), item["properties"]["type"].get("enum", [])
    kind = next(
        (kind for words, kind in TYPES if kind in known and re.search(rf"(?<!\w)(?:{words})(?!\w)", said)), "text"
    )
    return {name: label, "type": kind}


def _remove(one: Pattern, held: Mapping[str, Any], said: str) -> Any:
    found = REMOVE.match(said)
    if not found:
        return None
    old = plain(_bare(found["old"]))
    for name, _item in _lists(one, held):
        rows = held.get(name, [])
        meant = [row for row in rows if plain(_label(row)) == old] or [row for row in rows if old in plain(_label(row))]
        if len(meant) == 1 and len(rows) > 1:
            return {**held, name: [row for row in rows if row is not meant[0]]}
    return None


def _label(row: Any) -> str:
    return str(row.get(_name_in(row), "")) if isinstance(row, Mapping) else str(row)


def _figure(text: str) -> float | int | None:
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare)
    try:
        value = float(re.sub(r"[.,]", "", bare) if grouped else bare.replace(",", "."))
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


def _of_code(source: Mapping[str, Any], said: str) -> Done | None:
    """Free code: words in quotes that are to be others, and its title."""
    code = code_of(source)
    if (found := SWAP.search(said)) and found["old"] in code:
        return Done(_with_code(source, code.replace(found["old"], found["new"])), (f"{found['old']} → {found['new']}",))
    if found := RENAME.match(said):
        after = re.sub(
            r"(<h1\b[^>]*>).*?(</h1>)", lambda m: f"{m[1]}{_bare(found['new'])}{m[2]}", code, count=1, flags=re.DOTALL
        )
        if after != code:
            return Done(
                {**_with_code(source, after), **({"title": _bare(found["new"])} if "html" not in source else {})},
                (f"title: {_bare(found['new'])}",),
            )
    return None


def code_of(source: Mapping[str, Any]) -> str:
    """As the model wrote it, or as a person did."""
    if "html" in source:
        return str(source["html"])
    style = f"<style>\n{source['style']}\n</style>\n" if source.get("style") else ""
    script = f"\n<script>\n{source['script']}\n</script>" if source.get("script") else ""
    return f"{style}{source.get('body', '')}{script}"


def _with_code(source: Mapping[str, Any], code: str) -> dict[str, Any]:
    if "html" in source:
        return {"html": code}
    made = html.pieces(code)
    return {
        **source,
        "body": made.body,
        "script": made.script,
        "style": made.style,
        "title": made.title or source.get("title", ""),
    }


# What a model answers ----------------------------------------------------------------------------


def schema(one: Pattern, held: Mapping[str, Any]) -> dict[str, Any]:
    """A few changes, each of a place that there is; the value has the kind of the place."""
    by_kind: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for path, kind in paths.places(held, one.schema):
        bare = {name: value for name, value in kind.items() if name != "description"}
        by_kind.setdefault(repr(sorted(bare.items(), key=str)), (bare, []))[1].append(path)
    choices = [
        {
            "type": "object",
            "properties": {"path": {"enum": names}, "value": {"anyOf": [kind, {"type": "null"}]}},
            "required": ["path", "value"],
            "additionalProperties": False,
        }
        for kind, names in by_kind.values()
    ]
    return {
        "type": "object",
        "properties": {
            "changes": {"type": "array", "items": {"anyOf": choices}, "minItems": 1, "maxItems": MOST_CHANGES}
        },
        "required": ["changes"],
        "additionalProperties": False,
    }


def applied(
    held: Mapping[str, Any], given: Mapping[str, Any], one: Pattern
) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """Those changes after which the tool can still be built → the parameters, and what was done."""
    after: Any = dict(held)
    done = []
    for row in given.get("changes", ()):
        try:
            tried = paths.put(after, str(row["path"]), row["value"])
        except (paths.NoSuchPlace, KeyError, TypeError):
            continue
        if tried != after and not faults(one, tried):
            after = tried
            done.append((str(row["path"]), row["value"]))
    return after, done
