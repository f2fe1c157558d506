"""Addresses under /work/data/."""

from django.urls import path

from khue.domains.analysis.views import worksheets

app_name = "analysis"
urlpatterns = [
    path("", worksheets.index, name="index"),
    path("worksheets/<uuid:analysis_id>/", worksheets.worksheet, name="worksheet"),
]
