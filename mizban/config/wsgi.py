"""The door of the web server: granian or gunicorn, `mizban.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mizban.config.settings")

from mizban.config import instance

if not instance.read(instance.data_folder()).stored:
    # Passing secrets would make every cookie and every case unreadable after a restart.
    raise SystemExit("No instance.toml in MIZBAN_DATA: start once with `mizban run` or `mizban migrate`.")

application = get_wsgi_application()
