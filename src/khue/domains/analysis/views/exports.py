"""What can be taken along."""

import csv
import io
import json
import tempfile
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.domains.analysis import charts
from khue.domains.analysis.engine import Result
from khue.domains.analysis.exporting import archive as write_archive
from khue.domains.analysis.exporting import notebook
from khue.domains.analysis.paper import workbook
from khue.domains.analysis.queries import drawings, outgoing, sourcing, titles
from khue.domains.analysis.queries.exported import exported
from khue.domains.analysis.views.loading import step_of, visible
from khue.domains.analysis.views.worksheets import step_url

TABLES = {"csv", "xlsx"}
CHARTS = {"svg", "png", "vega-lite"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def archive(request: HttpRequest, analysis_id: UUID) -> FileResponse | HttpResponse:
    """The ZIP; with ?form=notebook the notebook alone."""
    found = visible(request, analysis_id)
    name = slugify(found.title) or "worksheet"
    worksheet = exported(found)
    if request.GET.get("form") == "notebook":
        return _file(json.dumps(notebook(worksheet), ensure_ascii=False), "application/x-ipynb+json", f"{name}.ipynb")
    made = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    write_archive(worksheet, made)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{name}.zip")


@require_GET
def step(request: HttpRequest, analysis_id: UUID, step_id: UUID, form: str) -> HttpResponse:
    """One step as csv, xlsx, svg, png or vega-lite; of data about people only what disclosure control lets go."""
    found = step_of(visible(request, analysis_id), step_id)
    if form not in TABLES and not (found.chart and form in CHARTS):
        raise Http404
    going = outgoing.of_step(found)
    if going.result is None:
        messages.error(request, going.reason)
        return redirect(step_url(found))
    name = f"{slugify(found.analysis.title) or 'worksheet'}-{found.position}"
    if form == "csv":
        return _file(_csv(going.result), "text/csv; charset=utf-8", f"{name}.csv")
    if form == "xlsx":
        called, sheets = titles.of_step(found), (_("Result table"), _("Source"))
        octets = workbook.xlsx(going.result, called, sourcing.lines(found, going), names=sheets)
        return _file(octets, XLSX, f"{name}.xlsx")
    chart = drawings.drawn(found, going.result)
    if form == "vega-lite":
        return _file(json.dumps(chart, ensure_ascii=False, indent=1), "application/json", f"{name}.vl.json")
    try:
        language = get_language() or "vi"
        svg = form == "svg"
        drawn = charts.svg(chart, language=language).encode() if svg else charts.png(chart, language=language)
    except charts.CannotDraw as problem:
        raise Http404 from problem
    return _file(drawn, "image/svg+xml" if form == "svg" else "image/png", f"{name}.{form}")


def _csv(result: Result) -> str:
    """With a mark at its beginning, so that spreadsheets read its letters rightly; cells that a spreadsheet would take
    for formulas stand behind an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(result.names)
    for row in result.rows:
        writer.writerow([f"'{v}" if isinstance(v, str) and v[:1] in "=+-@\t\r" else v for v in row])
    return "\ufeff" + text.getvalue()


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
