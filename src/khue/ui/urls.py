"""Pages of the shell."""

from django.urls import path

from khue.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.home, name="home"),
    path("guides/", views.guides, name="guides"),
    path("guides/<slug:slug>/", views.guide, name="guide"),
    path("components/", views.components, name="components"),
    path("display/", views.display, name="display"),
    path("language/", views.language, name="language"),
]
