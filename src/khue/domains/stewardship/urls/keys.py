"""Addresses of personal keys: one's own under My account, all of an organisation under Govern."""

from django.urls import path

from khue.domains.stewardship.views import keys

app_name = "keys"
urlpatterns = [
    path("account/keys/", keys.own, name="own"),
    path("account/keys/<uuid:pk>/revoke/", keys.revoke_own, name="revoke-own"),
    path("govern/keys/", keys.index, name="index"),
    path("govern/keys/<uuid:pk>/revoke/", keys.revoke, name="revoke"),
]
