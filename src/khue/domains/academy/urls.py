"""Addresses of the academy, under /learn/."""

from django.urls import path

from khue.domains.academy.views import (
    activities,
    attempts,
    attendance,
    boxes,
    briefs,
    cohorts,
    days,
    programmes,
    topics,
)

app_name = "academy"
ATTEMPT = "attempts/<uuid:attempt_id>/"
PROGRAMME = "programmes/<uuid:version_id>/"
urlpatterns = [
    path("programmes/", programmes.catalogue, name="programmes"),
    path("programmes/bring/", boxes.bring, name="programme-bring"),
    path(PROGRAMME, programmes.detail, name="programme"),
    path(f"{PROGRAMME}export.zip", programmes.export, name="programme-export"),
    path(f"{PROGRAMME}clone/", boxes.clone, name="programme-clone"),
    path(f"{PROGRAMME}files/<path:path>", programmes.file, name="programme-file"),
    path(f"{PROGRAMME}topics/<slug:key>/", topics.topic, name="topic"),
    path(f"{PROGRAMME}topics/<slug:key>/reach/", topics.reach, name="topic-reach"),
    path(f"{PROGRAMME}topics/<slug:key>/finish/", topics.finish, name="topic-finish"),
    path(f"{PROGRAMME}briefs/<slug:key>/", briefs.brief, name="brief"),
    path("cohorts/", cohorts.index, name="cohorts"),
    path("cohorts/new/", cohorts.create, name="cohort-create"),
    path("cohorts/<uuid:cohort_id>/", cohorts.detail, name="cohort"),
    path("cohorts/<uuid:cohort_id>/list/", cohorts.bring_list, name="cohort-list"),
    path("cohorts/<uuid:cohort_id>/list/<uuid:roster_id>/", cohorts.look_at_list, name="cohort-list-look"),
    path("cohorts/<uuid:cohort_id>/list/<uuid:roster_id>/take/", cohorts.take_list, name="cohort-list-take"),
    path("cohorts/<uuid:cohort_id>/teams/", cohorts.make_teams, name="cohort-teams"),
    path("cohorts/<uuid:cohort_id>/invitations/", cohorts.invite, name="cohort-invite"),
    path("activities/<uuid:activity_id>/", activities.activity, name="activity"),
    path(ATTEMPT, attempts.attempt, name="attempt"),
    path(f"{ATTEMPT}answers/", attempts.save, name="attempt-save"),
    path(f"{ATTEMPT}review/", attempts.review, name="attempt-review"),
    path(f"{ATTEMPT}finish/", attempts.finish, name="attempt-finish"),
    path(f"{ATTEMPT}result/", attempts.result, name="attempt-result"),
    path("sessions/<uuid:session_id>/", attendance.session, name="session"),
    path("sessions/<uuid:session_id>/correct/", attendance.correct, name="session-correct"),
    path("sessions/<uuid:session_id>/pulse/", attendance.pulse, name="session-pulse"),
    path("sessions/<uuid:session_id>/places/<uuid:place_id>/", attendance.screen, name="session-screen"),
    path("sessions/<uuid:session_id>/places/<uuid:place_id>/sheet/", attendance.sheet, name="session-sheet"),
    path("here/", attendance.here, name="here"),
    path("here/<uuid:attendance_id>/", attendance.done, name="here-done"),
    path("here/<uuid:session_id>/<uuid:place_id>/<str:code>/", attendance.scan, name="scan"),
    path("days/", days.mine, name="days"),
    path("calendar/<str:token>.ics", days.calendar, name="calendar"),
]
