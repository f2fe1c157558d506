"""Addresses of Govern, under /govern/."""

from django.urls import path

from khue.domains.stewardship.views import ledger, providers

app_name = "stewardship"
urlpatterns = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("models/", providers.models, name="models"),
]
