"""Addresses under /work/data/."""

from django.urls import path

from khue.domains.analysis.views import briefs, databases, datasets, exports, methods, questions, releases, worksheets

app_name = "analysis"
urlpatterns = [
    path("", datasets.index, name="index"),
    path("databases/<slug:name>/", databases.database, name="database"),
    path("<uuid:dataset_id>/refresh/", databases.refresh, name="dataset-refresh"),
    path("<uuid:dataset_id>/", datasets.dataset, name="dataset"),
    path("<uuid:dataset_id>/ask/", datasets.ask_about, name="dataset-ask"),
    path("<uuid:dataset_id>/delete/", datasets.delete, name="dataset-delete"),
    path("<uuid:dataset_id>/tables/<uuid:table_id>/merge/", datasets.merge, name="table-merge"),
    path("worksheets/<uuid:analysis_id>/", worksheets.worksheet, name="worksheet"),
    path("worksheets/<uuid:analysis_id>/ask/", questions.ask, name="ask"),
    path("worksheets/<uuid:analysis_id>/questions/<uuid:question_id>/", questions.question, name="question"),
    path("worksheets/<uuid:analysis_id>/questions/<uuid:question_id>/stop/", questions.stop, name="question-stop"),
    path("worksheets/<uuid:analysis_id>/questions/<uuid:question_id>/again/", questions.again, name="question-again"),
    path("worksheets/<uuid:analysis_id>/questions/<uuid:question_id>/away/", questions.put_away, name="question-away"),
    path("worksheets/<uuid:analysis_id>/run/", worksheets.run, name="run"),
    path("worksheets/<uuid:analysis_id>/delete/", worksheets.delete, name="worksheet-delete"),
    path("worksheets/<uuid:analysis_id>/export/", exports.archive, name="export"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/chart/", worksheets.redraw, name="step-chart"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/approve/", worksheets.approve, name="step-approve"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/again/", worksheets.again, name="step-again"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/drop/", worksheets.drop, name="step-drop"),
    path("worksheets/<uuid:analysis_id>/steps/<uuid:step_id>/take/<slug:form>/", exports.step, name="step-file"),
    path("<uuid:dataset_id>/release/", releases.make, name="release"),
    path("releases/<uuid:release_id>/", releases.released, name="released"),
    path("worksheets/<uuid:analysis_id>/methods/", methods.index, name="methods"),
    path("worksheets/<uuid:analysis_id>/methods/<slug:name>/", methods.method, name="method"),
    path("worksheets/<uuid:analysis_id>/forecasts/<uuid:run_id>/", methods.forecast, name="forecast"),
    path("worksheets/<uuid:analysis_id>/briefs/", briefs.create, name="brief-new"),
    path("briefs/<uuid:brief_id>/", briefs.brief, name="brief"),
    path("briefs/<uuid:brief_id>/edit/", briefs.edit, name="brief-edit"),
    path("briefs/<uuid:brief_id>/draft/", briefs.draft, name="brief-draft"),
    path("briefs/<uuid:brief_id>/refresh/", briefs.refresh, name="brief-refresh"),
    path("briefs/<uuid:brief_id>/file/<slug:form>/", briefs.file, name="brief-file"),
]
