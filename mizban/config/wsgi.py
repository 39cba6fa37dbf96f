"""The door of the web server: granian or gunicorn, `mizban.config.wsgi:application`."""

import os
import socket
from pathlib import Path

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mizban.config.settings")

from mizban.config import instance
from mizban.config.loading import load

if not instance.read(instance.data_folder()).stored:
    # Passing secrets would make every cookie and every case unreadable after a restart.
    raise SystemExit("No instance.toml in MIZBAN_DATA: start once with `mizban run` or `mizban migrate`.")

# The processes of one machine add up their figures in one folder; the library looks for it when it is imported.
folder = os.environ.setdefault(
    "PROMETHEUS_MULTIPROC_DIR", str(instance.data_folder() / "metrics" / socket.gethostname())
)
Path(folder).mkdir(parents=True, exist_ok=True)

load()
application = get_wsgi_application()

from mizban.config.warming import warm  # noqa: E402  # it needs the settings

warm()
