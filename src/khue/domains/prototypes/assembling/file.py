"""The whole file of a tool."""

import re
from html import escape

from khue.domains.prototypes import parts as library
from khue.domains.prototypes.assembling.policy import HEAD, seal

END_OF_BODY = re.compile(r"</body\s*>", re.IGNORECASE)
PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Khuê parts {version}">
<title>{title}</title>
<style>
{parts_style}
</style>{own_style}
</head>
<body>
<main{wide}>
{body}
</main>
<script>
{parts_script}
</script>{own_script}
</body>
</html>
"""


def assemble(body: str, *, title: str, language: str, script: str = "", style: str = "", parts: str = "1") -> str:
    """`body` is what stands inside <main>; `script` runs after the parts are there."""
    whole = PAGE.format(
        language=escape(language),
        version=parts,
        title=escape(title),
        parts_style=library.style(parts),
        own_style=f"\n<style>\n{_closed(style, 'style')}\n</style>" if style.strip() else "",
        wide=' class="k-wide"' if "k-wide" in body else "",
        body=body.strip(),
        parts_script=library.script(body + script, parts),
        own_script=f"\n<script>\n{_closed(script, 'script')}\n</script>" if script.strip() else "",
    )
    return seal(whole)


def insert(html: str, script: str, *, first: bool = False) -> str:
    """The file with one more script, which its policy lets run: at its end, or before everything else."""
    added = f"<script>\n{_closed(script, 'script')}\n</script>\n"
    if first:
        head = HEAD.search(html)
        at = head.end() if head else 0
    else:
        end = list(END_OF_BODY.finditer(html))
        at = end[-1].start() if end else len(html)
    return seal(html[:at] + added + html[at:])


def _closed(text: str, tag: str) -> str:
    """Text that cannot end its own element early."""
    return re.sub(rf"</(?={tag})", r"<\\/", text.strip(), flags=re.IGNORECASE)
