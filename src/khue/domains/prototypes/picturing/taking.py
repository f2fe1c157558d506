"""A picture of the running tool, by the browser of this machine, without a network."""

import base64

from khue.domains.prototypes.browsing import Chromium, Hung, NoBrowser

WIDTH, HEIGHT = 640, 400


def taken(html: str) -> str | None:
    """PNG in base64; None where there is no browser, or the tool does not come to rest."""
    try:
        with Chromium() as browser, browser.tab(width=WIDTH, height=HEIGHT) as tab:
            tab.open(html)
            return base64.b64encode(tab.picture()).decode()
    except (NoBrowser, Hung, OSError, RuntimeError):
        return None
