"""How django-allauth works here: accounts are given, never taken; one password check for every attempt."""

import base64
import hashlib
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.people.actions.preferences import password_is_own
from khue.domains.people.models import Person
from khue.kernel.crowding import Window

WRONG = _(
    "The name or the password is not right. Check capital letters and the keyboard’s language, then try again. "
    "If you have forgotten the password, ask the person who gave you the account."
)


# of one address in a minute, by each web process: a room of hundreds signs in behind one, some of them mistyping. What
# django-allauth counts, it counts under a lock that a room would wait for, and be refused after a second
SIGN_INS, WRONG_ONES = Window(600), Window(100)
BY_ID = "select * from people_person where id = %s"
# what django-allauth says after an act, in our words; what is not here goes without saying
SAID = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is on. Keep the recovery codes in a safe place."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is off."),
    "mfa/messages/recovery_codes_generated.txt": _("There are new recovery codes; the old ones no longer work."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("All other devices are signed out."),
}


CONFIRMED_BY = {
    "reauthenticate": _("With the password"),
    "mfa_reauthenticate": _("With a code of the authenticator app"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]
    """By username or e-mail. Exactly one password is hashed for every attempt, whether the account exists or not."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        login = (credentials.get("email") or credentials.get("username") or "").strip()
        person = Person.objects.filter(Q(username__iexact=login) | Q(email=login.lower()) & ~Q(email="")).first()
        return self._check_password(person, credentials["password"])  # type: ignore[no-any-return]

    def get_user(self, user_id: Any) -> Person | None:
        """At every request: by a statement that stands."""
        found = next(iter(Person.objects.raw(BY_ID, [user_id])), None)
        return found if self.user_can_authenticate(found) else None

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Asked at every request: a deactivated account is out at once, demo accounts wherever others could come in."""
        if getattr(user, "is_demo", False) and settings.SERVES_OTHERS:
            return False
        return bool(super().user_can_authenticate(user))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask the person who gave you the account."),
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": _("The password is not right. Check capital letters and the keyboard’s language."),
        "enter_current_password": _("The current password is not right."),
        "incorrect_code": _(
            "The code is not right. Check that the clock of your telephone is set automatically and type the "
            "code that it shows now, or use one of your recovery codes."
        ),
        "too_many_login_attempts": _(
            "There were too many attempts for this account. Nothing is lost: wait five minutes and try again."
        ),
        "rate_limited": _("There were too many attempts. Nothing is lost: wait a minute and try again."),
    }

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": CONFIRMED_BY[method["id"]]} for method in methods]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **more: Any
    ) -> None:
        if message_template in SAID:
            messages.add_message(request, level, SAID[message_template])

    def pre_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse | None:
        if not PasswordBackend().user_can_authenticate(user):
            return cast(HttpResponse, self.respond_user_inactive(request, user))
        if user.password_expires_at and user.password_expires_at < timezone.now():
            messages.error(
                request,
                _("Your temporary password has expired. Ask the person who gave it to you for a new one."),
            )
            return redirect("account_login")
        return cast("HttpResponse | None", super().pre_login(request, user, **how))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Guessing is held back for each address here, and for each account by django-allauth."""
        if not SIGN_INS.admits(request) or WRONG_ONES.is_full(request):
            raise self.validation_error("rate_limited")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        WRONG_ONES.admits(request)

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        password_is_own(user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The institution's own sign-in service opens accounts that exist here; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """At the first time, the account with the e-mail address that the service has verified."""
        if sociallogin.is_existing:
            return
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        person = Person.objects.filter(email__in=verified).first() if verified else None
        if person is not None:
            sociallogin.connect(request, person)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keys of authenticator apps lie encrypted in the database: a copy of it alone makes no codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("Turn on the authenticator app or add a passkey first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "rate_limited": AccountAdapter.error_messages["rate_limited"],
    }

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return str(_("Passkey %(number)d") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1})


def _vault() -> MultiFernet:
    """Under the secret of the installation; what an earlier secret has locked still opens."""
    secrets = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"khue mfa " + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
