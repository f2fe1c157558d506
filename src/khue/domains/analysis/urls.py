"""Addresses under /work/data/."""

from django.urls import path

from khue.domains.analysis.views import datasets, exports, worksheets

app_name = "analysis"
urlpatterns = [
    path("", datasets.index, name="index"),
    path("<uuid:dataset_id>/", datasets.dataset, name="dataset"),
    path("<uuid:dataset_id>/ask/", datasets.ask_about, name="dataset-ask"),
    path("<uuid:dataset_id>/delete/", datasets.delete, name="dataset-delete"),
    path("<uuid:dataset_id>/tables/<uuid:table_id>/merge/", datasets.merge, name="table-merge"),
    path("worksheets/<uuid:analysis_id>/", worksheets.worksheet, name="worksheet"),
    path("worksheets/<uuid:analysis_id>/ask/", worksheets.ask, name="ask"),
    path("worksheets/<uuid:analysis_id>/run/", worksheets.run, name="run"),
    path("worksheets/<uuid:analysis_id>/delete/", worksheets.delete, name="worksheet-delete"),
    path("worksheets/<uuid:analysis_id>/export/", exports.archive, name="export"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/chart/", worksheets.redraw, name="step-chart"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/approve/", worksheets.approve, name="step-approve"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/again/", worksheets.again, name="step-again"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/drop/", worksheets.drop, name="step-drop"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/take/<slug:form>/", exports.step, name="step-file"),
]
