"""Addresses of building, under /work/assistants/."""

from django.urls import path

from khue.domains.assistants.views import benches, building, publishing, talking

app_name = "assistants"
urlpatterns = [
    path("", building.index, name="index"),
    path("bring/", building.bring, name="bring"),
    path("people/", publishing.waiting, name="waiting"),
    path("people/<uuid:hand_over_id>/", publishing.reply, name="reply"),
    path("<uuid:assistant_id>/", building.build, name="build"),
    path("<uuid:assistant_id>/clone/", building.clone, name="clone"),
    path("<uuid:assistant_id>/delete/", building.delete, name="delete"),
    path("<uuid:assistant_id>/file/", building.export, name="file"),
    path("<uuid:assistant_id>/try/", talking.trial, name="try"),
    path("<uuid:assistant_id>/try/<uuid:message_id>/", talking.trial_state, name="try-state"),
    path("<uuid:assistant_id>/try/<uuid:message_id>/stream/", talking.trial_stream, name="try-stream"),
    path("<uuid:assistant_id>/questions/add/", benches.add, name="question-add"),
    path("<uuid:assistant_id>/questions/sheet/", benches.upload, name="questions-sheet"),
    path("<uuid:assistant_id>/questions/propose/", benches.propose, name="questions-propose"),
    path("<uuid:assistant_id>/questions/<uuid:question_id>/", benches.settle, name="question"),
    path("<uuid:assistant_id>/runs/start/", benches.start, name="test"),
    path("<uuid:assistant_id>/runs/<uuid:run_id>/", benches.run, name="run"),
    path("<uuid:assistant_id>/runs/<uuid:run_id>/stop/", benches.stop, name="run-stop"),
    path("<uuid:assistant_id>/versions/", publishing.history, name="versions"),
    path("<uuid:assistant_id>/versions/<int:number>/back/", publishing.roll_back, name="roll-back"),
    path("<uuid:assistant_id>/versions/<int:number>/file/", publishing.version_file, name="version-file"),
    path("<uuid:assistant_id>/entry/", publishing.ask_for_entry, name="entry"),
    path("<uuid:assistant_id>/go-public/", publishing.publish, name="publish"),
    path("<uuid:assistant_id>/withdraw/", publishing.withdraw, name="withdraw"),
    path("<uuid:assistant_id>/after/", publishing.after, name="after"),
    path("<uuid:assistant_id>/after/<uuid:message_id>/", publishing.correct, name="correct"),
    path("<uuid:assistant_id>/<slug:step>/", building.step, name="step"),
]
