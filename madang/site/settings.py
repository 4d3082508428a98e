"""Settings of one installation, read from the environment. Defaults serve a laptop; production sets what README lists."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("MADANG_VAR", BASE_DIR / "var"))


def flag(name: str, default: bool = False) -> bool:
    """An environment variable read as yes or no."""
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


DEMO = flag("MADANG_DEMO")
DEBUG = flag("MADANG_DEBUG")
HTTPS = flag("MADANG_HTTPS", not (DEBUG or DEMO))
SECRET_KEY = os.environ.get("MADANG_SECRET_KEY", "")
if not SECRET_KEY:
    if not (DEBUG or DEMO):
        raise ImproperlyConfigured("MADANG_SECRET_KEY must be set (50 random characters or more).")
    SECRET_KEY = "demo-only-" + "not-a-secret-" * 4
# Keys for one-way hashes of people's data; kept apart so that the session key can be renewed alone.
HASH_KEY = os.environ.get("MADANG_HASH_KEY", SECRET_KEY)
ALLOWED_HOSTS = os.environ.get("MADANG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("MADANG_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
    "allauth.socialaccount.providers.openid_connect",
    "huey.contrib.djhuey",
    "madang.ground",
    "madang.notices",
    "madang.residents",
    "madang.comments",
    "madang.archive",
    "madang.programmes",
    "madang.budgets",
    "madang.processes",
    "madang.proposals",
    "madang.deliberation",
    "madang.ballots",
    "madang.projects",
    "madang.reports",
    "madang.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "madang.site.middleware.TownMiddleware",
]
ROOT_URLCONF = "madang.site.urls"
WSGI_APPLICATION = "madang.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the apps: the sign-in pages in our own look stand over allauth's.
        "DIRS": [BASE_DIR / "madang" / "residents" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "madang.site.context.chrome",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "madang.ground.templatetags.look"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def database() -> dict:
    """DATABASE_URL as postgres://user:password@host:port/name, or SQLite in the var folder when it is not set."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        VAR.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("MADANG_SQLITE", VAR / "madang.sqlite3"),
            # Opening the file anew costs more than a page's queries; runserver makes a thread a request and may not keep any.
            "CONN_MAX_AGE": 0 if DEBUG else None,
            "OPTIONS": {
                # IMMEDIATE: a read-then-write transaction would otherwise fail with "database is locked" under two writers.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous="
                + os.environ.get("MADANG_SQLITE_SYNC", "FULL")
                + "; PRAGMA mmap_size=134217728; PRAGMA cache_size=-8000; PRAGMA journal_size_limit=27103364",
            },
        }
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": int(os.environ.get("MADANG_DB_POOL", "8"))}},
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "ground_cache"}}

HUEY = {
    "name": "madang",
    "immediate": False,
    "utc": False,  # the hours of crontab() are hours in Korea
    **(
        {"huey_class": "huey.PostgresHuey", "connection": {"dsn": os.environ["DATABASE_URL"]}}
        if os.environ.get("DATABASE_URL")
        else {"huey_class": "huey.SqliteHuey", "connection": {"filename": str(VAR / "jobs.sqlite3")}}
    ),
    "consumer": {"workers": 2, "worker_type": "thread", "periodic": True},
}

AUTH_USER_MODEL = "ground.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "/my/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "madang.residents.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"madang.residents.signing.{form}"
    for name, form in (
        ("login", "LoginForm"),
        ("signup", "SignupForm"),
        ("add_email", "AddEmailForm"),
        ("change_password", "ChangePasswordForm"),
        ("set_password", "SetPasswordForm"),
        ("reset_password", "ResetPasswordForm"),
        ("reset_password_from_key", "ResetPasswordKeyForm"),
        ("request_login_code", "RequestLoginCodeForm"),
        ("reauthenticate", "ReauthenticateForm"),
    )
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    name: {"APPS": [{"client_id": os.environ[f"{name.upper()}_ID"], "secret": os.environ.get(f"{name.upper()}_SECRET", "")}]}
    for name in ("kakao", "naver")
    if os.environ.get(f"{name.upper()}_ID")
}
if os.environ.get("OIDC_ID"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": os.environ.get("OIDC_SLUG", "oidc"),
                "name": os.environ.get("OIDC_NAME", "OpenID"),
                "client_id": os.environ["OIDC_ID"],
                "secret": os.environ.get("OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["OIDC_URL"]},
            }
        ]
    }
RESIDENTS_LINKAGE_CLAIM = os.environ.get("OIDC_LINKAGE_CLAIM", "")  # claim that is one person's alone; empty: none is believed
DESK_NEEDS_SECOND_FACTOR = flag("MADANG_DESK_SECOND_FACTOR", not DEMO)

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_BACKEND = os.environ.get("MADANG_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("MADANG_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("MADANG_SMTP_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("MADANG_FROM", "madang@example.kr")
TEXT_MESSAGE_BACKEND = os.environ.get("MADANG_TEXT_BACKEND", "madang.notices.texting.FileBackend")
TEXT_FILE_PATH = VAR / "texts"

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("MADANG_BEHIND_PROXY") else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0  # else all visitors share the proxy's address and its rate limit
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "madang.site.errors.expired_form"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
