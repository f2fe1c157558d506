"""Addresses for everybody: /a/… for visitors, /api/assistants/… for programs."""

from django.urls import path

from khue.domains.assistants.views import programs, talking

app_name = "assistants-open"
urlpatterns = [
    path("a/<slug:slug>/", talking.page, name="page"),
    path("a/<slug:slug>/frame/", talking.frame, name="frame"),
    path("a/<slug:slug>/widget.js", talking.widget, name="widget"),
    path("a/<slug:slug>/ask/", talking.ask, name="ask"),
    path("a/<slug:slug>/c/<uuid:visit_id>/", talking.conversation, name="conversation"),
    path("a/<slug:slug>/c/<uuid:visit_id>/transcript.md", talking.transcript, name="transcript"),
    path("a/<slug:slug>/m/<uuid:message_id>/", talking.state, name="state"),
    path("a/<slug:slug>/m/<uuid:message_id>/stream/", talking.stream, name="stream"),
    path("a/<slug:slug>/m/<uuid:message_id>/rate/", talking.rate, name="rate"),
    path("a/<slug:slug>/m/<uuid:message_id>/person/", talking.person, name="person"),
    path("api/assistants/<slug:slug>/ask", programs.ask, name="api-ask"),
]
