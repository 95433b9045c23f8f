"""Settings of one Ekspora installation.

Everything that differs between installations comes from the environment; all state lives in
``EKSPORA_HOME`` (database, files, keys). ``docs/operators.md`` lists the variables.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("EKSPORA_HOME") or BASE_DIR / "var").resolve()


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _secret(name: str) -> str:
    """Read a key made at the first start; creating it exclusively lets two processes start at once."""
    path = HOME / "keys" / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip() or _secret(name)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _database(url: str) -> dict[str, Any]:
    """Settings of the database: PostgreSQL when ``DATABASE_URL`` names one, SQLite under HOME otherwise."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "ekspora.sqlite3",
            # A file, since threads of one test cannot share a database in memory.
            "TEST": {"NAME": HOME / "test.sqlite3"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        # A query that narrows by many things is compiled for seconds and then runs for milliseconds.
        "OPTIONS": {"options": "-c jit=off"},
    }


(HOME / "static").mkdir(parents=True, exist_ok=True)
SECRET_KEY = os.environ.get("SECRET_KEY") or _secret("secret")
DEMO = _flag("EKSPORA_DEMO")
DEBUG = _flag("EKSPORA_DEBUG")
SITE_URL = os.environ.get("EKSPORA_URL", "http://127.0.0.1:" + os.environ.get("PORT", "8000")).rstrip("/")
ALLOWED_HOSTS = [
    *filter(None, os.environ.get("EKSPORA_HOSTS", "").split(",")),
    urlsplit(SITE_URL).hostname or "127.0.0.1",
    "127.0.0.1",
    "localhost",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "ekspora.web",
    "ekspora.results",
    "ekspora.deals",
    "ekspora.meetings",
    "ekspora.matching",
    "ekspora.programmes",
    "ekspora.demand",
    "ekspora.readiness",
    "ekspora.directory",
    "ekspora.ui",
    "ekspora.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ekspora.core.middleware.security_headers",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ekspora.core.middleware.link_session",
    "ekspora.core.middleware.personal_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ekspora.core.middleware.say_so",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ekspora.core.middleware.second_factor",
]
ROOT_URLCONF = "ekspora.urls"
WSGI_APPLICATION = "ekspora.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ekspora.ui.context.page",
            ],
        },
    }
]
FORM_RENDERER = "ekspora.ui.forms.Renderer"
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "ekspora.core.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_FORMS = {
    "request_login_code": "ekspora.core.forms.RequestCode",
    "confirm_login_code": "ekspora.core.forms.ConfirmCode",
}
# A whole hall opens its links behind one address: each link has a limit of its own, guessed ones share one by
# address; codes are limited by mailbox as well.
ACCOUNT_RATE_LIMITS = {
    "link": "20/m/key",
    "unknown_link": "120/m/ip",
    "login": "60/m/ip",
    "request_login_code": "30/m/ip,3/m/key,10/h/key",
    # A question to a business, by address and by the link it came through.
    "ask": "10/m/ip,60/h/ip,30/d/key",
    # Businesses that register themselves: a class of fifty behind one address, each number a few times; then
    # companions and claims, each person by themselves.
    "register": "60/h/ip,200/d/ip,40/d/key",
    # The same form with something missing: a class corrects itself, a machine does not go on for ever.
    "unfit": "600/h/ip",
    "claim": "60/h/ip,5/d/key",
    # Links to come back by that people make for themselves.
    "key": "5/h/key,10/d/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("EKSPORA_PROXIES", "0"))
# A TOTP app and recovery codes; officers need one outside the demonstration.
SECOND_FACTOR = not DEMO
MFA_ADAPTER = "ekspora.core.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ekspora"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "ekspora.core.forms.SecondFactor",
    "reauthenticate": "ekspora.core.forms.SecondFactorAgain",
    "activate_totp": "ekspora.core.forms.ActivateApp",
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
MEDIA_URL = "/files/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# Seconds between signs of life of a running job; silent for six times that, it is taken up again.
JOB_HEARTBEAT = float(os.environ.get("EKSPORA_HEARTBEAT", "5"))
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if not os.environ.get("DATABASE_URL")
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "Ekspora <ekspora@localhost>")

SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "ekspora.core.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": os.environ.get("EKSPORA_LOG", "WARNING")},
}
