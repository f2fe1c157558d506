"""Addresses of budgets, under /govern/budgets/."""

from django.urls import path

from khue.domains.stewardship.views import budgets

app_name = "budgets"
urlpatterns = [
    path("", budgets.index, name="index"),
    path("people/<uuid:pk>/", budgets.person, name="person"),
]
