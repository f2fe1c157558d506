"""Addresses of the academy, under /learn/."""

from django.urls import path

from khue.domains.academy.views import briefs, programmes, topics

app_name = "academy"
PROGRAMME = "programmes/<uuid:version_id>/"
urlpatterns = [
    path("programmes/", programmes.catalogue, name="programmes"),
    path(PROGRAMME, programmes.detail, name="programme"),
    path(f"{PROGRAMME}export.zip", programmes.export, name="programme-export"),
    path(f"{PROGRAMME}files/<path:path>", programmes.file, name="programme-file"),
    path(f"{PROGRAMME}topics/<slug:key>/", topics.topic, name="topic"),
    path(f"{PROGRAMME}topics/<slug:key>/reach/", topics.reach, name="topic-reach"),
    path(f"{PROGRAMME}topics/<slug:key>/finish/", topics.finish, name="topic-finish"),
    path(f"{PROGRAMME}briefs/<slug:key>/", briefs.brief, name="brief"),
]
