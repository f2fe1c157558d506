"""HTML that a model writes: without what stands around it, cut to what is closed while it is still coming."""

import re
from dataclasses import dataclass

FENCE = re.compile(r"```(?:html)?\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>|<!--.*?-->", re.DOTALL)
RAW = re.compile(r"<(script|style|textarea)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# a script or a style that nobody closed
OPEN = re.compile(r"<(script|style)\b(?:(?!</\1)[\s\S])*\Z", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*application/json)[^>]*>(.*?)(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE)
STYLE = re.compile(r"<style\b[^>]*>(.*?)(?:</style\s*>|\Z)", re.DOTALL | re.IGNORECASE)
TITLE = re.compile(r"<(?:h1|title)\b[^>]*>(.*?)</(?:h1|title)\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Pieces:
    body: str
    script: str
    style: str
    title: str


def bare(answer: str) -> str:
    """Only the HTML: no fence, no words before the first element or after the last."""
    fenced = FENCE.search(answer)
    text = fenced.group(1) if fenced else answer
    start, end = text.find("<"), text.rfind(">")
    if not 0 <= start < end:
        return ""
    return text[start:] if OPEN.search(text) else text[start : end + 1]


def pieces(answer: str) -> Pieces:
    """An element that nobody closed is closed; of a whole document only what it shows."""
    text = bare(answer)
    script = "\n".join(part.strip() for part in SCRIPT.findall(text))
    style = "\n".join(part.strip() for part in STYLE.findall(text))
    body = STYLE.sub("", SCRIPT.sub("", text))
    inner = re.search(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", body, re.DOTALL | re.IGNORECASE)
    body = (
        inner.group(1)
        if inner
        else re.sub(r"<!doctype[^>]*>|<head\b.*?</head\s*>|</?html\b[^>]*>", "", body, flags=re.DOTALL | re.IGNORECASE)
    )
    named = TITLE.search(text)
    title = re.sub(r"<[^>]+>|\s+", " ", named.group(1)).strip() if named else ""
    return Pieces(closed(body.strip()), script, style, title)


def closed(text: str) -> str:
    open_: list[str] = []
    for slash, name, _attributes, itself in TAG.findall(RAW.sub("", text)):
        tag = name.lower()
        if not tag or tag in VOID or itself:
            continue
        if not slash:
            open_.append(tag)
        elif tag in open_:
            while open_.pop() != tag:
                pass
    return text + "".join(f"</{tag}>" for tag in reversed(open_))


def so_far(answer: str) -> str:
    """What can be shown of an answer that is still coming: up to the last element that ended, without scripts."""
    text = bare(answer)
    cut = text.rfind("</")
    end = text.find(">", cut) + 1 if cut >= 0 else 0
    shown = text[:end]
    return closed(STYLE.sub("", SCRIPT.sub("", shown)).strip()) if end else ""
