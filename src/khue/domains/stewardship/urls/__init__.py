"""Addresses of Govern, under /govern/."""

from django.urls import path

from khue.domains.stewardship.views import classes, ledger, policy, providers, report, use_cases

app_name = "stewardship"
urlpatterns = [
    path("report/", report.report, name="report"),
    path("report/pdf/", report.pdf, name="report-pdf"),
    path("policy/", policy.matrix, name="policy"),
    path("policy/tighten/", policy.tighten, name="tighten"),
    path("policy/<uuid:tightening_id>/undo/", policy.undo, name="tightening-undo"),
    path("policy/what-if/", policy.what_if, name="what-if"),
    path("classes/", classes.index, name="classes"),
    path("classes/<slug:kind>/<uuid:thing_id>/", classes.detail, name="class"),
    path("classes/<slug:kind>/<uuid:thing_id>/lower/", classes.lower, name="class-lower"),
    path("classes/<slug:kind>/<uuid:thing_id>/<uuid:decision_id>/undo/", classes.undo, name="class-undo"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/checkpoint/", ledger.checkpoint, name="checkpoint"),
    path("ledger/refused/", ledger.refused, name="refused"),
    path("ledger/<int:seq>/", ledger.entry, name="entry"),
    path("ledger/<int:seq>/proof/", ledger.proof, name="proof"),
    path("use-cases/", use_cases.index, name="use-cases"),
    path("use-cases/<uuid:use_case_id>/", use_cases.detail, name="use-case"),
    path("use-cases/<uuid:use_case_id>/decide/", use_cases.decide, name="use-case-decide"),
    path("models/", providers.models, name="models"),
]
