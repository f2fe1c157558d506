"""Addresses for everybody: the frame that tools run in, and tools by their link."""

from django.urls import path

from khue.domains.prototypes.views import framing, sharing

app_name = "prototypes-open"
urlpatterns = [
    path("sandbox/", framing.frame, name="frame"),
    path("t/<slug:link>/", sharing.page, name="page"),
    path("t/<slug:link>/embed/", sharing.embed, name="embed"),
    path("t/<slug:link>/file/", sharing.text, name="text"),
    path("t/<slug:link>/feedback/", sharing.feedback, name="feedback"),
]
