"""Addresses of Govern, under /govern/."""

from django.urls import path

from khue.domains.stewardship import views

app_name = "stewardship"
urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("models/", views.models, name="models"),
]
