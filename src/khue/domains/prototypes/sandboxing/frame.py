"""The page that every tool runs in. It holds nothing of anybody: the page around it hands the tool over."""

from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
# "sandbox" makes the origin opaque wherever the page is opened; forms may tell scripts that they were sent, and go
# nowhere; "webrtc" and "trusted-types" are Chromium's
POLICY = {
    "sandbox": "allow-scripts allow-forms allow-modals",
    "default-src": "'none'",
    "script-src": "'unsafe-inline'",
    "style-src": "'unsafe-inline'",
    "img-src": "data: blob:",
    "font-src": "data:",
    "media-src": "data: blob:",
    "connect-src": "'none'",
    "worker-src": "'none'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "webrtc": "'block'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default khue-shell",
}
DEVICES = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
    "idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "publickey-credentials-get=(), "
    "screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"
)


def headers(ancestors: str) -> dict[str, str]:
    """`ancestors`: whose pages may hold the frame, as CSP says it."""
    policy = POLICY | {"frame-ancestors": ancestors}
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-DNS-Prefetch-Control": "off",
        "Permissions-Policy": DEVICES,
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }


@cache
def shell() -> str:
    script = (HERE / "guard.js").read_text()
    head = '<head><meta charset="utf-8"><title>…</title></head>'
    return f"<!doctype html><html>{head}<body><script>{script}</script></body></html>"
