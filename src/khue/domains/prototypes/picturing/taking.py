"""A picture of the running tool, by Chromium without a screen and without a network."""

import base64
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PATIENCE_S = 40
# a proxy that is not there: whatever the tool would ask for goes nowhere
ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND", "--window-size=960,600",
    "--force-device-scale-factor=0.5", "--virtual-time-budget=1500",
)  # fmt: skip


def browser() -> str | None:
    return os.environ.get("KHUE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def taken(html: str) -> str | None:
    """PNG in base64; None where there is no browser, or it did not manage in its time."""
    path = browser()
    if path is None:
        return None
    with tempfile.TemporaryDirectory(prefix="khue-picture-") as folder:
        page, picture = Path(folder, "tool.html"), Path(folder, "tool.png")
        page.write_text(html, encoding="utf-8")
        command = [path, *ARGUMENTS, f"--user-data-dir={folder}/profile", f"--screenshot={picture}", page.as_uri()]
        try:
            subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False)  # noqa: S603 -- our own words
        except (OSError, subprocess.TimeoutExpired):
            return None
        return base64.b64encode(picture.read_bytes()).decode() if picture.is_file() else None
