"""The order of Vietnamese names: by the given name, which comes last, in the Vietnamese alphabet."""

import unicodedata
from collections.abc import Iterator

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# grave, acute, tilde, hook above, dot below; combining
TONES = "\u0300\u0301\u0303\u0309\u0323"


def _forms(letter: str) -> Iterator[str]:
    """Small and large, without a tone and with each."""
    for tone in ("", *TONES):
        form = unicodedata.normalize("NFC", letter + tone)
        if len(form) == 1:
            yield from (form, form.upper())


_PLACES = {form: chr(ord("A") + place) for place, letter in enumerate(ALPHABET) for form in _forms(letter)}
# each letter of FROM becomes the one at its place in TO: their codes are in the order of the alphabet, which databases
# know only with some collations
FROM, TO = "".join(_PLACES), "".join(_PLACES.values())
