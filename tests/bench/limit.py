"""The limit: a bare Django application with one indexed SELECT and a small template, and one INSERT. Nothing else.

Served by the same server with the same flags over the same engine; `MIZBAN_DATA` and `DATABASE_URL` say where.
"""

import os
import secrets
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from mizban.core.db import database

TEMPLATE = """<!doctype html>
<html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{{ row.title }}</title></head>
<body><main><h1>{{ row.title }}</h1><p>{{ row.code }}</p><p>{{ row.text }}</p></main></body></html>
"""

if not settings.configured:
    settings.configure(
        SECRET_KEY=secrets.token_urlsafe(48),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
        TEMPLATES=[{"BACKEND": "django.template.backends.jinja2.Jinja2"}],
        DATABASES={
            "default": database(os.environ.get("DATABASE_URL"), Path(os.environ.get("MIZBAN_DATA", ".")))
        },
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()

from django.db import connection, models  # noqa: E402  # a model needs settings
from django.template import engines  # noqa: E402  # the same


class Row(models.Model):
    """A thing with a code, as many as there are cases."""

    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=100)
    text = models.TextField()

    objects: "models.Manager[Row]"

    class Meta:
        app_label = "limit"

    def __str__(self) -> str:
        return self.code


page = engines["jinja2"].from_string(TEMPLATE)


def show(_request: HttpRequest, code: str) -> HttpResponse:
    """One indexed SELECT and a small template."""
    return HttpResponse(page.render({"row": Row.objects.get(code=code)}))


def add(request: HttpRequest) -> HttpResponse:
    """One INSERT."""
    row = Row.objects.create(code=secrets.token_hex(6), title="درخواست", text=request.POST["text"])
    return HttpResponse(page.render({"row": row}), status=201)


urlpatterns = [path("rows/", add), path("rows/<slug:code>/", show)]
application = get_wsgi_application()


def install(count: int) -> None:
    """The table with `count` rows whose codes are their numbers."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    rows = (Row(code=f"{number:012}", title=f"درخواست {number}", text="متن " * 75) for number in range(count))
    Row.objects.bulk_create(rows, batch_size=5000)


if __name__ == "__main__":
    import sys

    install(int(sys.argv[1]))
