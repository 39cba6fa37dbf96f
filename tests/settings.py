"""The product's settings with passing secrets, files in memory and cheap password hashes."""

import os
import tempfile
from pathlib import Path

from mizban.config.settings import *  # noqa: F403  # a settings module is the sum of its names
from mizban.config.settings import DATABASES, MIDDLEWARE, STORAGES

DEMO = True
# Nothing is collected in tests; the live server of the browser tests finds the static files itself.
MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each]
SECRET_KEY = "a secret of the tests only, long enough for every check"
MASTER_KEY = bytes(range(32))
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A file, not memory: tests of two writers at once need the real locks of the engine.
if "sqlite" in DATABASES["default"]["ENGINE"]:
    folder = Path(os.environ.get("MIZBAN_TEST_FOLDER") or tempfile.mkdtemp(prefix="mizban-tests-"))
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
# Mail is offered, so that its pages are walked; what is sent goes to memory, or to a server of the test's own.
MAIL_FROM = "khabar@example.ir"
