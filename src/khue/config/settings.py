"""The only settings file. Everything that differs between installations comes from the environment (.env.example)."""

import os
from pathlib import Path

from khue.config import env
from khue.kernel import address, database

PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent
CONTENT = REPOSITORY / "content"

# Where state lives -----------------------------------------------------------------------------
KHUE_HOME = env.folder("KHUE_HOME", Path("~/.local/share/khue"))
KHUE_CACHE = env.folder("KHUE_CACHE", Path("~/.cache/khue"))
KHUE_HOST = env.text("KHUE_HOST", "127.0.0.1")
KHUE_PORT = env.number("KHUE_PORT", 8000, at_least=1)
# behind a server that ends TLS, and how many proxies stand before this one
KHUE_HTTPS = env.flag("KHUE_HTTPS")
KHUE_PROXIES = env.number("KHUE_PROXIES", 0)
# then no account may have a published password
SERVES_OTHERS = not address.is_loopback(KHUE_HOST) or KHUE_HTTPS or KHUE_PROXIES > 0

# Processes -------------------------------------------------------------------------------------
KHUE_WEB_PROCESSES = env.number("KHUE_WEB_PROCESSES", 1, at_least=1)
KHUE_WORKER_JOBS = env.number("KHUE_WORKER_JOBS", 2, at_least=1)

# Models ----------------------------------------------------------------------------------------
# "local": the embedded runtime; "none": start without a model; any other value: a catalogue entry.
KHUE_MODEL = env.text("KHUE_MODEL", "local")
KHUE_MODEL_URL = env.text("KHUE_MODEL_URL")
KHUE_MODEL_NAME = env.text("KHUE_MODEL_NAME")
KHUE_MODEL_KEY = env.text("KHUE_MODEL_KEY")
KHUE_MODEL_ZONE = env.text("KHUE_MODEL_ZONE")
KHUE_EMBED_URL = env.text("KHUE_EMBED_URL")
KHUE_EMBED_ZONE = env.text("KHUE_EMBED_ZONE")
# further servers, in a file of their own
KHUE_PROVIDERS = env.text("KHUE_PROVIDERS")
# databases elsewhere that may be read, in a file of their own
KHUE_DATABASES = env.text("KHUE_DATABASES")
KHUE_RUNTIME_PORT = env.number("KHUE_RUNTIME_PORT", 8101, at_least=1)
KHUE_EMBED_PORT = env.number("KHUE_EMBED_PORT", 8102, at_least=1)
KHUE_MODEL_THREADS = env.number("KHUE_MODEL_THREADS", min(os.cpu_count() or 2, 8), at_least=1)
KHUE_MODEL_TIMEOUT_S = env.number("KHUE_MODEL_TIMEOUT_S", 180, at_least=1)
# how much a model server reads when it does not say so itself
KHUE_MODEL_CONTEXT = env.number("KHUE_MODEL_CONTEXT", 4096, at_least=512)
# the gateway stands below the domains; this tells it whose policy an organisation inherits
ORGANISATION_LINEAGE = "khue.domains.people.api.organisation_lineage"

# Ledger and keys -------------------------------------------------------------------------------
# in base64; empty: made at first use and kept in KHUE_HOME/keys
KHUE_KEYS = {"vault": env.text("KHUE_VAULT_KEY"), "ledger": env.text("KHUE_LEDGER_KEY")}
# how long the texts of calls are kept, by class: public, internal, confidential, secret
KHUE_CONTENT_DAYS = env.numbers("KHUE_CONTENT_DAYS", "90,30,7,0", count=4)
# how long a conversation's pseudonyms are kept after its last call
KHUE_PSEUDONYM_DAYS = env.number("KHUE_PSEUDONYM_DAYS", 30, at_least=1)

# E-mail: without a host none is sent, and invitations are printed
EMAIL_HOST = env.text("KHUE_EMAIL_HOST")
EMAIL_SECURITY = env.choice("KHUE_EMAIL_SECURITY", "starttls", "tls", "none")
EMAIL_PORT = env.number("KHUE_EMAIL_PORT", {"starttls": 587, "tls": 465, "none": 25}[EMAIL_SECURITY], at_least=1)
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_HOST_USER = env.text("KHUE_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("KHUE_EMAIL_PASSWORD")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.sender("KHUE_EMAIL_FROM", needed=bool(EMAIL_HOST))

# What else may be reached (khue.gateway.egress); model servers, database and sign-in service go without saying
KHUE_SERVICES = env.words("KHUE_SERVICES")

# Waiting one's turn: how many answers the chat model writes at the same time (0: two by the embedded one, and as many
# as there are by a server that knows how to share itself), how many questions may wait, and how many of one person
KHUE_MODEL_SLOTS = env.number("KHUE_MODEL_SLOTS", 0)
KHUE_QUEUE_LIMIT = env.number("KHUE_QUEUE_LIMIT", 300)
KHUE_QUEUE_PER_PERSON = env.number("KHUE_QUEUE_PER_PERSON", 8, at_least=1)
# tokens, where an organisation has set nothing else; 0: no limit
KHUE_BUDGET_PERSON_DAY = env.number("KHUE_BUDGET_PERSON_DAY", 0)
KHUE_BUDGET_PERSON_MONTH = env.number("KHUE_BUDGET_PERSON_MONTH", 0)
KHUE_BUDGET_ORGANISATION_DAY = env.number("KHUE_BUDGET_ORGANISATION_DAY", 0)
KHUE_BUDGET_ORGANISATION_MONTH = env.number("KHUE_BUDGET_ORGANISATION_MONTH", 0)

# Limits ----------------------------------------------------------------------------------------
KHUE_UPLOAD_LIMIT_MB = env.number("KHUE_UPLOAD_LIMIT_MB", 50, at_least=1)

# Django ----------------------------------------------------------------------------------------
DEBUG = env.flag("KHUE_DEBUG")
SECRET_KEY = env.text("KHUE_SECRET_KEY") or database.installation_secret(KHUE_HOME)
ALLOWED_HOSTS = env.words("KHUE_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("KHUE_ORIGINS")
# what outsiders reach it by: QR codes on certificates and what they are checked against stand there for years
KHUE_ADDRESS = env.text("KHUE_ADDRESS").rstrip("/") or address.likely(
    CSRF_TRUSTED_ORIGINS, ALLOWED_HOSTS, https=KHUE_HTTPS, port=KHUE_PORT
)
# where tools run that people made: an address of its own for this server, under another name than KHUE_ADDRESS; without
# one they run under the same name in a frame whose origin is opaque
KHUE_SANDBOX_ADDRESS = env.text("KHUE_SANDBOX_ADDRESS").rstrip("/")
ALLOWED_HOSTS += address.hosts_of(KHUE_SANDBOX_ADDRESS)
ROOT_URLCONF = "khue.config.urls"
ASGI_APPLICATION = "khue.config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

INSTALLED_APPS = [
    # before allauth, whose templates it replaces
    "khue.domains.people",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "khue.kernel",
    "khue.ui",
    "khue.gateway",
    "khue.domains.stewardship",
    "khue.domains.knowledge",
    "khue.domains.procedures",
    "khue.domains.analysis",
    "khue.domains.drafting",
    "khue.domains.synthesis",
    "khue.domains.assistants",
    "khue.domains.prototypes",
    "khue.domains.academy",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # under the name of the sandbox there is nothing but the frame
    "khue.domains.prototypes.middleware.OwnOrigin",
    "khue.kernel.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # every page asks for sign-in, except those marked login_not_required
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "khue.domains.people.middleware.PersonMiddleware",
    "khue.ui.middleware.RefusalMiddleware",
    # after the general one: it is asked first, and has a page of its own for somebody without any role
    "khue.domains.people.middleware.ReadyAccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "khue.ui.context.shell",
            ],
            # icons, components and formats are everywhere: no template loads them
            "builtins": ["khue.ui.templatetags.ui", "khue.ui.templatetags.formats"],
        },
    }
]

EMBEDDED_DATABASE = not env.text("DATABASE_URL")
DATABASES = {"default": database.settings_for(env.text("DATABASE_URL"), home=KHUE_HOME)}
# web and worker connect as a role that owns no table; unless an administrator made it, khue up does
MAKES_APPLICATION_ROLE = not env.text("DATABASE_APP_URL")
APPLICATION_DATABASE = database.as_application(
    DATABASES["default"], app_url=env.text("DATABASE_APP_URL"), secret=SECRET_KEY, home=KHUE_HOME
)
AS_APPLICATION = env.text("KHUE_DATABASE_ROLE") == database.APPLICATION
if AS_APPLICATION:
    DATABASES = {"default": APPLICATION_DATABASE}

# Signing in ------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["khue.domains.people.adapters.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name", "email", "search_text"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# hashes of before are made anew as their people sign in
PASSWORD_HASHERS = [
    "khue.domains.people.hashers.PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_ENGINE = "khue.kernel.sessions"
# cookies only over HTTPS, which the server before this one must report
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = KHUE_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if KHUE_HTTPS else 0
SECURE_SSL_REDIRECT = KHUE_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if KHUE_HTTPS else None
# how many proxies stand before the server; their number decides which address attempts are counted for
ALLAUTH_TRUSTED_PROXY_COUNT = KHUE_PROXIES
# attempts are counted in a cache that all web processes share
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "khue_cache"}}

ACCOUNT_ADAPTER = "khue.domains.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_FORMS = {
    "login": "khue.domains.people.forms.account.LoginForm",
    "change_password": "khue.domains.people.forms.account.ChangePasswordForm",
    "set_password": "khue.domains.people.forms.account.SetPasswordForm",
    "reauthenticate": "khue.domains.people.forms.account.ReauthenticateForm",
}
# guessing is held back for each account; for each address, see people/adapters.py
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}

MFA_FORMS = {
    "authenticate": "khue.domains.people.forms.account.AuthenticateForm",
    "reauthenticate": "khue.domains.people.forms.account.ReauthenticateByCodeForm",
    "activate_totp": "khue.domains.people.forms.account.ActivateTOTPForm",
    "add_webauthn": "khue.domains.people.forms.account.AddPasskeyForm",
    "edit_webauthn": "khue.domains.people.forms.account.RenamePasskeyForm",
}
MFA_ADAPTER = "khue.domains.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Khuê"
MFA_TOTP_TOLERANCE = 1
# browsers allow passkeys without HTTPS on localhost only
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not KHUE_HTTPS
# the institution's own sign-in service, when all three are given
KHUE_OIDC_ISSUER = env.text("KHUE_OIDC_ISSUER")
KHUE_OIDC_CLIENT_ID = env.text("KHUE_OIDC_CLIENT_ID")
KHUE_OIDC_CLIENT_SECRET = env.text("KHUE_OIDC_CLIENT_SECRET")
SOCIALACCOUNT_ADAPTER = "khue.domains.people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.text("KHUE_OIDC_NAME", "OIDC"),
                "client_id": KHUE_OIDC_CLIENT_ID,
                "secret": KHUE_OIDC_CLIENT_SECRET,
                "settings": {"server_url": KHUE_OIDC_ISSUER},
            }
        ]
        if KHUE_OIDC_ISSUER and KHUE_OIDC_CLIENT_ID
        else [],
    }
}

# Language and place ----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("fr", "Français")]
# one folder of messages for each part of the system, so that each stays small
LOCALE_PATHS = sorted(str(path) for path in (REPOSITORY / "locale").iterdir() if path.is_dir())
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("KHUE_TIME_ZONE", "Asia/Ho_Chi_Minh")

# Files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = KHUE_HOME / "static"
MEDIA_ROOT = KHUE_HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

os.environ.setdefault("PROCRASTINATE_APP", "procrastinate.contrib.django.app")

# Log -------------------------------------------------------------------------------------------
# Each process writes lines; khue up keeps them in KHUE_HOME/logs and turns the files over.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"privacy": {"()": "khue.gateway.privacy.logs.WithoutPersonalData"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["privacy"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"khue": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
