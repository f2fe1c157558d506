"""Addresses of procedures, under /work/."""

from django.urls import path

from khue.domains.procedures import views

app_name = "procedures"
urlpatterns = [
    path("procedures/", views.index, name="list"),
    path("procedures/<uuid:pk>/", views.detail, name="detail"),
    path("procedures/of-document/<uuid:document_id>/", views.of_document, name="of-document"),
]
