"""What anyone may check, without signing in: addresses that stand on paper and in files for years."""

from django.urls import path

from khue.domains.academy.views import checking

app_name = "credentials"
urlpatterns = [
    path("check/", checking.upload, name="upload"),
    path("c/<str:token>/", checking.check, name="check"),
    path("c/<str:token>/badge.json", checking.badge, name="badge"),
    path("credentials/issuers.json", checking.issuers, name="issuers"),
    path("credentials/status/<uuid:list_id>", checking.status, name="status"),
]
