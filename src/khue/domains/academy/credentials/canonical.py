"""A JSON-LD document as canonical N-Quads (RDFC-1.0), with the contexts that are kept here and no others."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from pyld import ContextResolver, jsonld

FOLDER = Path(__file__).resolve().parent / "contexts"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
# the library's caches are shared by all threads
_ONE = Lock()


class NotCanonical(ValueError):
    """The document says something that no context defines, or is no JSON-LD."""


class ContextChanged(RuntimeError):
    """A context here is not the one that was vendored: no signature can be trusted."""


@cache
def contexts() -> Mapping[str, Any]:
    """URL → context. Raises ContextChanged."""
    found = {}
    for entry in json.loads((FOLDER / "manifest.json").read_bytes()):
        octets = (FOLDER / entry["file"]).read_bytes()
        if hashlib.sha256(octets).hexdigest() != entry["sha256"]:
            raise ContextChanged(entry["file"])
        found[entry["url"]] = json.loads(octets)
    return found


def nquads(document: Mapping[str, Any]) -> str:
    """Raises NotCanonical: also for a term that no context defines, which would otherwise not be signed."""
    dropped: list[object] = []
    processor = jsonld.JsonLdProcessor(on_property_dropped=dropped.append)
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": _load,
        "contextResolver": _resolver(),
        "base": "",
    }
    try:
        with _ONE:
            text = str(processor.normalize(dict(document), options))
    except (jsonld.JsonLdError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotCanonical(str(error)[:300]) from None
    if dropped:
        raise NotCanonical("terms that no context defines")
    return text


def digest(document: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(nquads(document).encode()).digest()


@cache
def _resolver() -> ContextResolver:
    """Keeps the contexts resolved: documents bring none of their own (see shape.py)."""
    return ContextResolver({}, _load)


def _load(url: str, _options: object) -> dict[str, Any]:
    if url not in contexts():
        raise jsonld.JsonLdError(f"the context {url} is not kept here", "jsonld.LoadDocumentError")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": contexts()[url]}
