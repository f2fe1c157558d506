"""On which page a paragraph of a DOCX begins: as Word last laid it out, else by the breaks that were set by hand."""

from dataclasses import dataclass

from lxml import etree

from khue.domains.knowledge.reading.readers.word_styles import q, value


@dataclass(frozen=True)
class Pages:
    """`starts`: paragraph or table → page; `count` is None where nothing tells of pages."""

    starts: dict[etree._Element, int]
    count: int | None

    @classmethod
    def of(cls, body: etree._Element) -> "Pages":
        laid_out = next(body.iter(q("lastRenderedPageBreak")), None) is not None
        page, starts = 1, {}
        for node in body.iter(q("p"), q("tbl"), q("lastRenderedPageBreak"), q("br"), q("pageBreakBefore")):
            if node.tag in {q("p"), q("tbl")}:
                starts[node] = page
            elif _breaks(node, laid_out):
                page += 1
                _moved(node, starts, page)
        return cls(starts, page) if page > 1 else cls({}, None)

    def at(self, node: etree._Element) -> int | None:
        return self.starts.get(node)


def _breaks(node: etree._Element, laid_out: bool) -> bool:
    if laid_out:
        return bool(node.tag == q("lastRenderedPageBreak"))
    if node.tag == q("pageBreakBefore"):
        return value(node, "val") not in {"0", "false"}
    return bool(node.tag == q("br")) and value(node, "type") == "page"


def _moved(node: etree._Element, starts: dict[etree._Element, int], page: int) -> None:
    """A break before the first word of a paragraph: all of it stands on the next page."""
    paragraph = next(node.iterancestors(q("p")), None)
    if paragraph is None:
        return
    for text in paragraph.iter(q("t"), node.tag):
        if text is node:
            starts[paragraph] = page
            return
        if text.tag == q("t") and (text.text or "").strip():
            return
