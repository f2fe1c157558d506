"""In which language the commands speak: KHUE_LANGUAGE, else that of the terminal, else English.

Not Django's: what a command stores or shows on pages keeps the installation's language.
"""

import gettext as translations
import os
from pathlib import Path

MESSAGES = Path(__file__).resolve().parents[3] / "locale" / "cli"
KNOWN = ("vi", "en", "fr")


def chosen() -> str:
    terminal = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    wanted = next(filter(None, (os.environ.get("KHUE_LANGUAGE", "").strip(), *terminal)), "")
    return wanted[:2].lower() if wanted[:2].lower() in KNOWN else "en"


_catalogue = translations.translation("django", MESSAGES, [chosen()], fallback=True)


def gettext(text: str) -> str:
    return _catalogue.gettext(text)


def said(message: object) -> str:
    """A text of the system itself, such as an error, in the language of the commands."""
    from django.utils.translation import override

    with override(chosen()):
        return str(message)
