"""Attempts of a tool to get out of its frame; escapes.yaml holds them."""

from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
MARKUP = "markup"


@dataclass(frozen=True)
class Escape:
    """`kind`: what it tries; `code` runs as a script, except that of the kind "markup"."""

    name: str
    kind: str
    code: str


def escapes() -> list[Escape]:
    held = yaml.safe_load((HERE / "escapes.yaml").read_text(encoding="utf-8"))
    return [Escape(name, kind, code) for kind, codes in held.items() for name, code in codes.items()]


def page(escape: Escape, *, http: str, ws: str, udp: str, name: str) -> str:
    """The tool that tries it."""
    markup = escape.code.replace("HTTP", http).replace("NAME", name) if escape.kind == MARKUP else ""
    code = "" if escape.kind == MARKUP else escape.code
    said = f"""
    const HTTP = {http!r}, WS = {ws!r}, UDP = {udp!r}, NAME = {name!r};
    const won = (what) => parent.postMessage({{escaped: {escape.name!r}, what: String(what)}}, "*");
    (async () => {{ {code} }})().catch(() => 0);
    """
    return (
        f"<!doctype html><html><head><title>t</title></head><body>{markup}<p>t</p><script>{said}</script></body></html>"
    )
