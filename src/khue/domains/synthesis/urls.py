"""Addresses under /work/reports/."""

from django.urls import path

from khue.domains.synthesis.views import consultations, meetings, syntheses

app_name = "synthesis"
urlpatterns = [
    path("", syntheses.index, name="index"),
    path("new/", syntheses.new, name="new"),
    path("answers/new/", consultations.new, name="consultation-new"),
    path("meetings/new/", meetings.new, name="meeting-new"),
    path("<uuid:synthesis_id>/", syntheses.synthesis, name="synthesis"),
    path("<uuid:synthesis_id>/add/", syntheses.add, name="synthesis-add"),
    path("<uuid:synthesis_id>/stop/", syntheses.stop, name="synthesis-stop"),
    path("<uuid:synthesis_id>/go-on/", syntheses.go_on, name="synthesis-go-on"),
    path("<uuid:synthesis_id>/delete/", syntheses.delete, name="synthesis-delete"),
    path("<uuid:synthesis_id>/file/", syntheses.file, name="synthesis-file"),
    path("<uuid:synthesis_id>/draft/", syntheses.draft, name="synthesis-draft"),
    path("<uuid:synthesis_id>/reports/<uuid:report_id>/", syntheses.report, name="report"),
    path("<uuid:synthesis_id>/reports/<uuid:report_id>/correct/", syntheses.correct, name="report-correct"),
    path("<uuid:synthesis_id>/reports/<uuid:report_id>/leave-out/", syntheses.leave_out, name="report-leave-out"),
    path("answers/<uuid:consultation_id>/", consultations.consultation, name="consultation"),
    path("answers/<uuid:consultation_id>/again/", consultations.again, name="consultation-again"),
    path("answers/<uuid:consultation_id>/judge/", consultations.judge, name="judge"),
    path("answers/<uuid:consultation_id>/file/", consultations.file, name="consultation-file"),
    path("answers/<uuid:consultation_id>/delete/", consultations.delete, name="consultation-delete"),
    path("answers/<uuid:consultation_id>/themes/<uuid:theme_id>/", consultations.theme, name="theme"),
    path("answers/<uuid:consultation_id>/themes/<uuid:theme_id>/rename/", consultations.rename, name="theme-rename"),
    path("answers/<uuid:consultation_id>/themes/<uuid:theme_id>/merge/", consultations.merge, name="theme-merge"),
    path("answers/<uuid:consultation_id>/themes/<uuid:theme_id>/split/", consultations.split, name="theme-split"),
    path("answers/<uuid:consultation_id>/opinions/<uuid:opinion_id>/move/", consultations.move, name="opinion-move"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/change/", meetings.change, name="meeting-change"),
    path("meetings/<uuid:meeting_id>/file/", meetings.file, name="meeting-file"),
    path("meetings/<uuid:meeting_id>/draft/", meetings.draft, name="meeting-draft"),
    path("meetings/<uuid:meeting_id>/delete/", meetings.delete, name="meeting-delete"),
]
