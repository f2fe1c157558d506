"""Ways out, secrets, personal data: what must not be in a tool that is handed on."""

import re
from collections.abc import Iterator

from khue.domains.prototypes.checking.finding import Found
from khue.domains.prototypes.checking.source import Source
from khue.gateway import api as gateway

OUTSIDE = re.compile(r"\s*(?:https?:|wss?:|ftp:|file:)?//[^\s\"'<>]+", re.IGNORECASE)
LOADS = ("src", "srcset", "data", "poster", "action", "formaction", "background", "ping", "manifest", "xlink:href")
IN_STYLE = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"']?)\s*((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
CODE = {
    "network": re.compile(
        r"\b(?:fetch|importScripts)\s*\(|\bimport\s*\(|navigator\.sendBeacon|new\s+(?:XMLHttpRequest|WebSocket|EventSource|"
        r"WebTransport|RTCPeerConnection|Worker|SharedWorker|Image)\b|serviceWorker\b|\.ajax\s*\("
    ),
    "leaving": re.compile(
        r"\b(?:window\.)?(?:parent|top|opener)\s*\.\s*\w+|window\.open\s*\(|\blocation\s*(?:\.href\s*)?=(?!=)|"
        r"location\.(?:assign|replace)\s*\("
    ),
    "device": re.compile(
        r"getUserMedia|navigator\.geolocation|getDisplayMedia|navigator\.(?:usb|bluetooth|serial|clipboard\.read\w*)|"
        r"Notification\.requestPermission|addEventListener\(\s*[\"'](?:keylog\w*|devicemotion|deviceorientation)"
    ),
    "eval": re.compile(r"\beval\s*\(|new\s+Function\s*\(|set(?:Timeout|Interval)\s*\(\s*[\"'`]"),
    "markup": re.compile(
        r"\.(?:innerHTML|outerHTML)\s*\+?=(?!=)[^;\n]*(?:\+|\$\{|\.value)|document\.write(?:ln)?\s*\(|insertAdjacentHTML"
    ),
    "cookie": re.compile(r"document\.cookie"),
    "loop": re.compile(
        r"(?:while\s*\(\s*(?:true|1)\s*\)|for\s*\(\s*;\s*;\s*\))(?![^{}]*\{[^{}]*\b(?:break|return|throw)\b)"
    ),
}
SECRETS = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    re.compile(
        r"\b(?:sk-[A-Za-z0-9_\-]{16,}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|AIza[0-9A-Za-z_\-]{30,}|xox[abp]-[\w\-]{10,})"
    ),
    re.compile(r"\beyJ[\w\-]{10,}\.eyJ[\w\-]{10,}\.[\w\-]{5,}"),
    re.compile(
        r"(?:passw(?:or)?d|mat_?khau|mật khẩu|pwd|secret|api_?key|access_?token|auth_?token)\w*\s*[:=]\s*"
        r"[\"'`][^\"'`\s]{6,}[\"'`]",
        re.IGNORECASE,
    ),
)
IDENTIFIERS = {
    "cccd",
    "cmnd",
    "social_insurance",
    "health_insurance",
    "passport",
    "bank_account",
    "card",
    "driving_licence",
}
CONTACTS = {"phone", "email"}


def find(source: Source) -> Iterator[Found]:
    yield from _addresses(source)
    for code, shape in CODE.items():
        for at in shape.finditer(source.code):
            yield Found(code, _near(source.code, at), at[0].strip()[:40])
    yield from _secrets(source)
    yield from _people(source)


def _addresses(source: Source) -> Iterator[Found]:
    for node in source.tree.css("*"):
        for name, value in node.attributes.items():
            if (
                name in LOADS
                and value
                and OUTSIDE.match(value)
                or (name == "href" and node.tag in {"link", "base", "use", "image"})
            ):
                yield Found("outside-address", f"<{node.tag} {name}>", (value or "")[:60])
            elif name == "href" and value and OUTSIDE.match(value):
                yield Found("outside-link", f"<{node.tag} {name}>", value[:60])
        if node.tag == "meta" and "refresh" in (node.attributes.get("http-equiv") or "").lower():
            yield Found("leaving", "<meta http-equiv=refresh>", "refresh")
        if node.tag in {"iframe", "object", "embed", "frame"}:
            yield Found("outside-address", f"<{node.tag}>", node.tag)
    for at in IN_STYLE.finditer(source.styles):
        yield Found("outside-address", at[0], at[1][:60])


def _secrets(source: Source) -> Iterator[Found]:
    for shape in SECRETS:
        for at in shape.finditer(source.own):
            # never the secret itself
            yield Found("secret", at[0][:8] + "…", at[0].split("=")[0].split(":")[0].strip()[:16] + "…")


def _people(source: Source) -> Iterator[Found]:
    """The gateway's filter over the words and the code. What it cannot read is a finding too."""
    try:
        kinds = {str(each.type) for each in gateway.scan(f"{source.text}\n{source.code}")}
    except gateway.DetectorFailed:
        yield Found("personal-data", "", "?")
        return
    if named := sorted(str(gateway.type_name(kind)) for kind in kinds & IDENTIFIERS):
        yield Found("personal-data", "", ", ".join(named))
    if kinds & CONTACTS:
        yield Found("contact")


def _near(text: str, at: re.Match[str]) -> str:
    line = text.count("\n", 0, at.start()) + 1
    return f"{line}: {text[max(0, at.start() - 20) : at.end() + 40]}"
