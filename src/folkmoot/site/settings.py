"""How is this install set up? Everything comes from the environment; see docs/look-up/settings.md."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from folkmoot.core.kernel.errors import Refused
from folkmoot.site import database, environment

PACKAGE = Path(__file__).resolve().parent.parent
FOLKMOOT_DATA = environment.DATA.folder()
FOLKMOOT_DEMO = environment.DEMO.flag()
FOLKMOOT_CLOCK = environment.CLOCK.moment()
FOLKMOOT_UPLOAD_MB = environment.UPLOAD_MB.number(least=1)
FOLKMOOT_WORKERS = environment.WORKERS.number(least=1, most=64)


def _secret_key() -> str:
    """Made once, readable by its owner alone; two processes that start together agree on one."""
    try:
        # People's addresses and sign-in codes lie in it, so it is closed to others on the machine.
        FOLKMOOT_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            f"The data folder {FOLKMOOT_DATA} cannot be made.",
            f"{error.strerror}.",
            "Name another folder in FOLKMOOT_DATA.",
        ) from error
    path = FOLKMOOT_DATA / "secret-key"
    if not path.exists():
        draft = path.with_name(f"secret-key.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = environment.HOSTS.names()
CSRF_TRUSTED_ORIGINS = environment.ORIGINS.names()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "folkmoot.site.apps.SiteConfig",
    "allauth",
    "allauth.account",
    "folkmoot.apps.places.apps.PlacesConfig",
    "folkmoot.apps.people.apps.PeopleConfig",
    "folkmoot.apps.network.apps.NetworkConfig",
    "folkmoot.apps.spend.apps.SpendConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "folkmoot.site.errors.ErrorsMiddleware",
]

ROOT_URLCONF = "folkmoot.site.urls"
WSGI_APPLICATION = "folkmoot.site.wsgi.application"
FORM_RENDERER = "folkmoot.site.forms.GovukRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "folkmoot.site.context.here",
            ],
        },
    },
]

DATABASES = {"default": database.tables(environment.DATABASE_URL.text().strip(), FOLKMOOT_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by the workers, so that rate limits count once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": FOLKMOOT_DATA / "cache",
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "places.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "site:home"
ACCOUNT_ADAPTER = "folkmoot.site.sign_in.SignIn"
ACCOUNT_FORMS = {
    "request_login_code": "folkmoot.site.sign_in.AskForCode",
    "confirm_login_code": "folkmoot.site.sign_in.EnterCode",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "site:home"
ALLAUTH_TRUSTED_PROXY_COUNT = environment.PROXIES.number(most=9)

if environment.MAIL_HOST.text():
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = environment.MAIL_HOST.text()
    EMAIL_PORT = environment.MAIL_PORT.number(least=1)
    EMAIL_HOST_USER = environment.MAIL_USER.text()
    EMAIL_HOST_PASSWORD = environment.MAIL_PASSWORD.text()
    EMAIL_USE_TLS = environment.MAIL_SECURITY.one_of("starttls", "tls", "none") == "starttls"
    EMAIL_USE_SSL = environment.MAIL_SECURITY.one_of("starttls", "tls", "none") == "tls"
    EMAIL_TIMEOUT = 30
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = FOLKMOOT_DATA / "outgoing-mail"
DEFAULT_FROM_EMAIL = environment.MAIL_FROM.text()

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = FOLKMOOT_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = FOLKMOOT_DATA / "originals"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Confirmations wait in the session: no cookie beyond the session's and the forms'.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if environment.HTTPS.flag():
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "folkmoot.site.logs.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.LOG_LEVEL.one_of("ERROR", "WARNING", "INFO")},
    # Django's own handlers write more than may be written: all goes through the one above.
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
}
CSRF_FAILURE_VIEW = "folkmoot.site.errors.forged"
