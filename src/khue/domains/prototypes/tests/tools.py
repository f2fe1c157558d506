"""Tools as files, built of patterns."""

from khue.domains.prototypes import assembling, patterns


def tool(key: str, language: str = "vi") -> str:
    pattern = patterns.pattern(key)
    built = pattern.build(pattern.example[language], language)
    return assembling.assemble(built.body, title=built.title, language=language, script=built.script, style=built.style)


def page(body: str, script: str = "", language: str = "vi") -> str:
    return assembling.assemble(body, title="Thử", language=language, script=script)
