"""Addresses of people, and of those pages of django-allauth that are in use here."""

from allauth.account import views as sign_in
from allauth.socialaccount import views as service
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from khue.domains.people.views import account, join, organisations, people

own = [
    path("account/", account.account, name="account"),
    path("join/", join.join, name="join"),
    path("account/preferences/", account.choose, name="preferences"),
    path("account/workplace/", account.work_in, name="work-in"),
    path("govern/people/", people.index, name="list"),
    path("govern/people/new/", people.create, name="create"),
    path("govern/people/<uuid:pk>/", people.detail, name="detail"),
    path("govern/people/<uuid:pk>/roles/", people.grant, name="grant"),
    path("govern/people/<uuid:pk>/roles/<uuid:membership_pk>/revoke/", people.revoke, name="revoke"),
    path("govern/people/<uuid:pk>/password/", people.reset_password, name="reset-password"),
    path("govern/people/<uuid:pk>/second-step/", people.remove_second_step, name="remove-second-step"),
    path("govern/people/<uuid:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("govern/people/<uuid:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("govern/organisations/", organisations.tree, name="organisations"),
    path("govern/organisations/new/", organisations.create, name="organisation-create"),
    path("govern/organisations/<uuid:pk>/", organisations.detail, name="organisation"),
    path("govern/organisations/<uuid:pk>/move/", organisations.move, name="organisation-move"),
    path("govern/organisations/<uuid:pk>/archive/", organisations.archive, name="organisation-archive"),
    path("govern/organisations/<uuid:pk>/restore/", organisations.restore, name="organisation-restore"),
]

# No public sign-up, and no mail: addresses for these do not exist. django-allauth asks for some of their names.
allauth = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("forgotten/", account.forgotten, name="account_reset_password"),
    path("reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("email/", RedirectView.as_view(pattern_name="people:account"), name="account_email"),
    path("password/change/", sign_in.password_change, name="account_change_password"),
    path("password/set/", sign_in.password_set, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("service/cancelled/", service.login_cancelled, name="socialaccount_login_cancelled"),
    path("service/error/", login_not_required(service.login_error), name="socialaccount_login_error"),
    path("service/unknown/", service.signup, name="socialaccount_signup"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]

urlpatterns = [
    path("", include((own, "people"))),
    path("accounts/", include(allauth)),
]
