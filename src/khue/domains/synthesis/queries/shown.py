"""A synthesis as JSON: for the command line, the document and the pages."""

from typing import Any

from khue.domains.synthesis.models import Report, Section, Synthesis

EMPTY: dict[str, Any] = {
    "period": "", "places": [], "missing": [], "copies": [], "table": {"rows": [], "periods": []},
    "contradictions": [], "spoken": [], "lacking": {}, "events": [], "recommendations": [],
}  # fmt: skip


def shown(synthesis: Synthesis) -> dict[str, Any]:
    return {
        "id": str(synthesis.pk),
        "title": synthesis.title,
        "stage": synthesis.stage,
        "error": synthesis.error,
        "progress": synthesis.progress,
        "timings": synthesis.timings,
        "model": synthesis.model,
        "reports": [_report(one) for one in synthesis.reports.defer("passages", "figures", "vectors", "embedded")],
        "sections": [_section(one) for one in synthesis.sections.all()],
        **EMPTY,
        **synthesis.found,
    }


def _report(one: Report) -> dict[str, Any]:
    return {
        "id": str(one.pk), "file": one.file_name, "place": one.place, "period": one.period, "title": one.title,
        "pages": one.pages, "pages_are_told": one.pages_are_told, "state": one.state, "error": one.error,
        "remarks": one.remarks,
    }  # fmt: skip


def _section(one: Section) -> dict[str, Any]:
    sentences = [{name: value for name, value in group.items() if name != "members"} for group in one.groups]
    return {"title": one.title, "sentences": sentences, "silent": one.silent, "is_merged": one.is_merged}


MOST_SOURCES = 200


def cited(synthesis: Synthesis) -> list[dict[str, Any]]:
    """What the sentences stand on, each once, as a draft keeps it: {"title", "heading", "text", "data_class"}."""
    held: dict[tuple[str, int], dict[str, Any]] = {}
    for section in synthesis.sections.all():
        for one in (citation for group in section.groups for citation in group["citations"]):
            page = f", tr. {one['page']}" if one["page"] else ""
            held.setdefault(
                (one["report"], one["n"]),
                {
                    "title": f"{one['place']}{page}",
                    "heading": section.title,
                    "text": one["quote"],
                    "data_class": synthesis.data_class,
                },
            )
    return list(held.values())[:MOST_SOURCES]
