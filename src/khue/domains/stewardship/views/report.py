"""The sovereignty report of an organisation and a period: a page, and a PDF to sign and keep."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.domains.people.api import actor
from khue.domains.stewardship.forms.report import ReportForm
from khue.domains.stewardship.paper import report_pdf
from khue.domains.stewardship.permissions import can_read_ledger
from khue.domains.stewardship.queries.report import Report
from khue.domains.stewardship.queries.report import report as made
from khue.domains.stewardship.reporting import periods
from khue.domains.stewardship.views.access import for_those_who
from khue.gateway import api as gateway
from khue.kernel import clock

read_report = for_those_who(can_read_ledger)


@require_GET
@read_report
def report(request: HttpRequest) -> HttpResponse:
    form, shown = _asked(request)
    context = {"form": form, "report": shown, "presets": _presets()}
    return render(request, "stewardship/report/report.html", context, status=200 if form.is_valid() else 400)


@require_GET
@read_report
def pdf(request: HttpRequest) -> HttpResponse:
    _form, shown = _asked(request)
    body = report_pdf(shown, note=gateway.checkpoint(), key=gateway.ledger_key())
    name = _("sovereignty-report-%(first)s-%(last)s.pdf") % {"first": shown.period.first, "last": shown.period.last}
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


def _asked(request: HttpRequest) -> tuple[ReportForm, Report]:
    """A period that is none is passed over; an organisation of somebody else's does not exist (404)."""
    by = actor(request)
    form = ReportForm(request.GET, by=by)
    wanted = form.cleaned_data if form.is_valid() else {}
    if "organisation" in form.errors:
        raise Http404
    period = periods.chosen(wanted.get("since"), wanted.get("until"), today=clock.today())
    found = made(by, wanted.get("organisation") or by.organisation_id, period)
    if found is None:
        raise Http404
    return _filled(request, found) if form.is_valid() else form, found


def _filled(request: HttpRequest, report: Report) -> ReportForm:
    """Says what is shown, also where nothing was asked for."""
    by, data = actor(request), request.GET.copy()
    data["organisation"] = data.get("organisation") or str(by.organisation_id)
    data["since"] = data.get("since") or report.period.first.isoformat()
    data["until"] = data.get("until") or report.period.last.isoformat()
    return ReportForm(data, by=by)


def _presets() -> list[tuple[str, periods.Period]]:
    today = clock.today()
    return [
        (_("This month"), periods.month(today)),
        (_("Last month"), periods.previous_month(today)),
        (_("This quarter"), periods.quarter(today)),
        (_("This year"), periods.year(today)),
    ]
