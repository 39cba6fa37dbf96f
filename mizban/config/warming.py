"""What a serving process loads before its first visitor, so that nobody waits for it, and nothing looks at it again."""

import contextlib
import gc

from django.db import DatabaseError, connection
from django.template import engines
from jinja2 import TemplateSyntaxError

from .loading import YOUNG


def warm() -> None:
    """Read templates and published declarations, then take them out of the garbage collector's sight.

    Never fails: what cannot be read now is read, and refused, when it is asked for.
    """
    _templates()
    _declarations()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)


def _templates() -> None:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]  # Django's Jinja2 backend has one
    for name in environment.list_templates(extensions=["html"]):
        with contextlib.suppress(TemplateSyntaxError):
            environment.get_template(name)


def _declarations() -> None:
    from mizban.core.cases.models import ServiceVersion  # noqa: PLC0415  # models load after the settings
    from mizban.core.declarations.nodes import BrokenDeclaration  # noqa: PLC0415  # the same

    with contextlib.suppress(DatabaseError, BrokenDeclaration):
        for version in ServiceVersion.objects.filter(offerings__isnull=False).distinct():
            version.declaration  # noqa: B018  # read once, kept in the process
    # A process that forks after this must not share the connection.
    connection.close()
