"""Django's settings. What an installation may choose comes from its environment and its `instance.toml`."""

from pathlib import Path

from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from mizban.config import environ, instance, logs
from mizban.config.mail import mail_server

PACKAGE = Path(__file__).resolve().parent.parent
INSTANCE = instance.read(instance.data_folder())
DATA = INSTANCE.data
DEMO = INSTANCE.is_demo
MASTER_KEY = INSTANCE.master_key
SECRET_KEY = INSTANCE.secret_key
DEBUG = False

# Loopback always works; an office names the hosts it is reached by.
HOSTS = environ.hosts("MIZBAN_HOSTS")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
HTTPS = environ.flag("MIZBAN_HTTPS")
# Where papers say that they are checked: never what a visitor's request calls this place.
PORT = environ.number("MIZBAN_PORT", most=65535, usual=8000)
SITE = f"http{'s' if HTTPS else ''}://{HOSTS[0]}" if HOSTS else f"http://127.0.0.1:{PORT}"
# How many proxies of the office's own stand in front: only they may name the visitor's address.
TRUSTED_PROXIES = environ.number("MIZBAN_PROXIES", most=9)
# What Prometheus brings from another machine; without it /metrics answers on loopback only.
METRICS_TOKEN = environ.secret("MIZBAN_METRICS_TOKEN")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "ninja",
    "django_tasks",
    "django_tasks_db",
    "mizban.core.jobs",
    "mizban.core.agencies",
    "mizban.core.people",
    "mizban.core.sealing",
    "mizban.core.events",
    "mizban.core.cases",
    "mizban.office.calendar",
    "mizban.office.agreements",
    "mizban.office.notices",
    "mizban.office.availability",
    "mizban.office.compliance",
    "mizban.office.exports",
    "mizban.office.mailing",
    "mizban.office.papers",
    "mizban.office.replies",
    "mizban.office.breaches",
    "mizban.office.reports",
    "mizban.kit",
    "mizban.services.claims_reporting",
    "mizban.services.debt_instalments",
    "mizban.services.deed_dispatch",
    "mizban.services.deposits",
    "mizban.services.government_vehicles",
    "mizban.services.salaries",
    "mizban.services.service_desk",
    "mizban.web",
]

MIDDLEWARE = [
    "mizban.config.watching.watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "mizban.web.middleware.arrival",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mizban.web.middleware.content_policy",
    "mizban.web.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mizban.config.urls"
WSGI_APPLICATION = "mizban.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / folder / "templates" for folder in ("kit", "web/portal", "web/desk", "web/api")],
        "OPTIONS": {
            "environment": "mizban.kit.environment.environment",
            "context_processors": ["mizban.kit.csrf.csrf_once"],
        },
    },
]

DATABASES = {"default": environ.database_at("DATABASE_URL", DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Long jobs are rows that `mizban work` claims (core/jobs); another backend of django-tasks can stand here.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "mizban.web.sessions.PeopleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "desk:sign-in"
# A stranger who guesses at a clerk's name locks out his own address, not the clerk; a device that signed in as the
# clerk before is counted by itself.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "mizban.web.desk.signing_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "mizban.web.desk.devices.counted_by"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

SESSION_ENGINE = "mizban.web.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "mizban_desk"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Asked on the machine itself, without a proxy and without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
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
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
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
# A map of packed code is asked for by nobody but its maker, and packing it is half of a start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

# One line an event on standard error, without anything personal (config/logs.py).
LOGGING_CONFIG = "mizban.config.logs.configure"
LOGGING = logs.settings(demo=DEMO)

LANGUAGE_CODE = "fa"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tehran"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Limits of guessing a code and a password (web/portal/tracking): failures in `window`, per address and in all.
GUESSING = {
    "window_minutes": 15,
    "per_pair": 10,
    "per_address": 60,
    "per_code": 30,
    "overall": 3000,
    "when_hot": 3,
}

# When a minute is down, an outage begins, a maintenance is announced in time (office/availability).
AVAILABILITY = {
    "agree": environ.word("MIZBAN_PROBE_AGREE", ("all", "any")),
    "after_minutes": environ.number("MIZBAN_OUTAGE_AFTER", least=1, most=60, usual=3),
    "kept_days": environ.number("MIZBAN_PROBE_DAYS", least=100, most=3650, usual=400),
    "lead_hours": environ.number("MIZBAN_MAINTENANCE_LEAD", most=240, usual=24),
}

# Mail to who asked for it (office/mailing); without a server none is sent and none is offered.
MAIL = mail_server("MIZBAN_MAIL_URL", "MIZBAN_MAIL_FROM")
MAIL_FROM = MAIL.sender
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.is_tls, MAIL.starts_tls
EMAIL_TIMEOUT = 10  # seconds for each answer of the server

# How long a form put aside can be gone on with (core/cases/unfinished).
UNFINISHED_DAYS = environ.number("MIZBAN_UNFINISHED_DAYS", least=1, most=90, usual=14)

SILENCED_SYSTEM_CHECKS = ["axes.W003"]
