"""The Content-Security-Policy that a tool's file carries: nothing from outside, no eval, only its own scripts."""

import base64
import hashlib
import re

from selectolax.lexbor import LexborHTMLParser

BEGIN = '<meta http-equiv="Content-Security-Policy" content="'
META = re.compile(r"<meta\s[^>]*http-equiv=[\"']?Content-Security-Policy[^>]*>\s*", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
DATA = re.compile(r"type\s*=\s*[\"']?(?:application|text)/(?:json|plain|csv)", re.IGNORECASE)
HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
NOTHING_ELSE = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "media-src data: blob:; connect-src 'none'; frame-src 'none'; worker-src 'none'; object-src 'none'; "
    "form-action 'none'; base-uri 'none'"
)


def _digest(text: str) -> str:
    # what a browser sees: its reader makes one line end of each kind
    seen = text.replace("\r\n", "\n").replace("\r", "\n")
    return "'sha256-" + base64.b64encode(hashlib.sha256(seen.encode()).digest()).decode() + "'"


def policy(html: str) -> str:
    """Handlers written into elements cannot be named by a digest: with one of them, all scripts of the file may run."""
    scripts = [text for attributes, text in SCRIPT.findall(html) if not DATA.search(attributes)]
    named = " ".join(dict.fromkeys(map(_digest, scripts))) or "'none'"
    return NOTHING_ELSE.format(scripts="'unsafe-inline'" if _has_handlers(html) else named)


def _has_handlers(html: str) -> bool:
    return any(
        name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
        for node in LexborHTMLParser(html).css("*")
        for name, value in node.attributes.items()
    )


def seal(html: str) -> str:
    """The file with the policy that fits its scripts as they are now; an older or a foreign policy goes."""
    bare = META.sub("", html)
    meta = f'{BEGIN}{policy(bare)}">\n'
    head = HEAD.search(bare)
    return f"{bare[: head.end()]}\n{meta}{bare[head.end() :].lstrip()}" if head else meta + bare
