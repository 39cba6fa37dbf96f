"""Django's settings. What an installation may choose comes from its environment and its `instance.toml`."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from mizban.config import instance
from mizban.core.db import database

PACKAGE = Path(__file__).resolve().parent.parent
INSTANCE = instance.read(instance.data_folder())
DATA = INSTANCE.data
DEMO = INSTANCE.is_demo
MASTER_KEY = INSTANCE.master_key
SECRET_KEY = INSTANCE.secret_key
DEBUG = False

# Loopback always works; an office names the hosts it is reached by.
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("MIZBAN_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS[3:]]
HTTPS = os.environ.get("MIZBAN_HTTPS", "") == "1"
# How many proxies of the office's own stand in front: only they may name the visitor's address.
TRUSTED_PROXIES = int(os.environ.get("MIZBAN_PROXIES", "0"))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "mizban.core.agencies",
    "mizban.core.people",
    "mizban.core.sealing",
    "mizban.core.events",
    "mizban.core.cases",
    "mizban.office.calendar",
    "mizban.office.agreements",
    "mizban.kit",
    "mizban.services.service_desk",
    "mizban.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "mizban.web.middleware.arrival",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "csp.middleware.CSPMiddleware",
    "mizban.web.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mizban.config.urls"
WSGI_APPLICATION = "mizban.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "kit/templates", PACKAGE / "web/portal/templates", PACKAGE / "web/desk/templates"],
        "OPTIONS": {"environment": "mizban.kit.environment.environment"},
    },
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "desk:sign-in"
# A stranger who guesses at a clerk's name locks out his own address, not the clerk.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "mizban.web.desk.signing_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "mizban.web.addresses.address_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "mizban_desk"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mizban.web.failures.csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A form of long texts and a handful of ids; a file is measured as it arrives (kit/uploads.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["mizban.kit.uploads.MeasuredUpload"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = False

# One line an event on standard error. Addresses of pages hold no secrets; what people type is never logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "axes": {"level": "ERROR"},
    },
}

LANGUAGE_CODE = "fa"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tehran"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Limits of guessing a code and a password (web/portal/tracking): failures in `window`, per address and in all.
GUESSING = {"window_minutes": 15, "per_address": 10, "per_code": 30, "overall": 3000, "when_hot": 3}

SILENCED_SYSTEM_CHECKS = ["axes.W003"]
