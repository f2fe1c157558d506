"""Addresses of the academy, under /learn/."""

from django.urls import path

from khue.domains.academy.views import programmes

app_name = "academy"
urlpatterns = [
    path("programmes/", programmes.catalogue, name="programmes"),
]
