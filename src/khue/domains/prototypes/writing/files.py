"""From a source to the file of a tool."""

from collections.abc import Mapping
from typing import Any

from khue.domains.prototypes.assembling import assemble, seal
from khue.domains.prototypes.patterns import Built, pattern


def built(source: Mapping[str, Any], language: str) -> Built:
    """What a source makes. Raises UnknownPattern; the build function of a pattern raises what it likes."""
    if "pattern" in source:
        return pattern(source["pattern"]).build(source["parameters"], language)
    return Built(source.get("body", ""), source.get("script", ""), source.get("style", ""), source.get("title", ""))


def file_of(source: Mapping[str, Any], language: str) -> tuple[str, str]:
    """The whole file and its title. `extra` is style that a person wished for beside what the pattern makes."""
    if "html" in source:
        return seal(source["html"]), ""
    made = built(source, language)
    style = "\n".join(filter(None, (made.style, source.get("extra", ""))))
    return assemble(made.body, title=made.title, language=language, script=made.script, style=style), made.title
