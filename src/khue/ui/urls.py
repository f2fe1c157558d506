"""Pages of the shell."""

from django.urls import path

from khue.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.home, name="home"),
    path("learn/", views.guides, name="guides"),
    path("learn/<slug:slug>/", views.guide, name="guide"),
    path("components/", views.components, name="components"),
    path("display/", views.display, name="display"),
    path("language/", views.language, name="language"),
]
