"""Addresses of making tools, under /work/prototypes/."""

from django.urls import path

from khue.domains.prototypes.views import channel, handing, listing, studio, versions

app_name = "prototypes"
urlpatterns = [
    path("", listing.index, name="list"),
    path("new/", listing.create, name="create"),
    path("<uuid:tool_id>/", studio.studio, name="studio"),
    path("<uuid:tool_id>/say/", studio.say, name="say"),
    path("<uuid:tool_id>/repair/", studio.repair, name="repair"),
    path("<uuid:tool_id>/turns/<uuid:turn_id>/", studio.state, name="turn"),
    path("<uuid:tool_id>/turns/<uuid:turn_id>/stream/", studio.stream, name="stream"),
    path("<uuid:tool_id>/beside/", studio.beside, name="beside"),
    path("<uuid:tool_id>/examples/", studio.examples, name="examples"),
    path("<uuid:tool_id>/code/", studio.code, name="code"),
    path("<uuid:tool_id>/fork/", studio.fork, name="fork"),
    path("<uuid:tool_id>/delete/", studio.delete, name="delete"),
    path("<uuid:tool_id>/versions/", versions.history, name="versions"),
    path("<uuid:tool_id>/versions/<int:number>/", studio.version, name="version"),
    path("<uuid:tool_id>/versions/<int:number>/outcomes/", studio.outcomes, name="outcomes"),
    path("<uuid:tool_id>/versions/<int:number>/back/", versions.go_back, name="back"),
    path("<uuid:tool_id>/versions/<int:number>/picture/", versions.picture, name="picture"),
    path("<uuid:tool_id>/versions/<int:number>/file/", studio.export, name="export"),
    path("<uuid:tool_id>/versions/<int:number>/explain/", versions.explain, name="explain"),
    path("<uuid:tool_id>/versions/<int:number>/explain/stream/", versions.explain_stream, name="explain-stream"),
    path("<uuid:tool_id>/channel/", channel.choose, name="channel"),
    path("<uuid:tool_id>/channel/dataset/", channel.dataset, name="dataset"),
    path("<uuid:tool_id>/channel/ask/", channel.ask, name="ask"),
    path("<uuid:tool_id>/use/", handing.use, name="use"),
    path("<uuid:tool_id>/feedback/", handing.feedback, name="feedback"),
    path("<uuid:tool_id>/feedback/<uuid:feedback_id>/settle/", handing.settle, name="settle"),
    path("<uuid:tool_id>/review/ask/", handing.ask_for_review, name="review-ask"),
    path("<uuid:tool_id>/review/<uuid:review_id>/", handing.review, name="review"),
    path("<uuid:tool_id>/publish/", handing.publish, name="publish"),
    path("<uuid:tool_id>/retire/", handing.retire, name="retire"),
    path("<uuid:tool_id>/link/", handing.link, name="link"),
]
