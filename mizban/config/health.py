"""Whether the process lives, and whether it can serve: for supervisors and load balancers."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

# The schema of a running process cannot fall behind its own code: found whole once, it is not looked at again.
_whole: list[bool] = []


def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return _said("ok", 200)


def readyz(_request: HttpRequest) -> HttpResponse:
    """200 while the database answers and has every migration; 503 and what is missing otherwise."""
    try:
        if not _whole:
            if missing_migrations():
                return _said("migrations", 503)
            _whole.append(True)
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
    except DatabaseError:
        return _said("database", 503)
    return _said("ok", 200)


def missing_migrations() -> bool:
    """Whether `mizban migrate` has something to do. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def forget() -> None:
    """Look at the schema again at the next question."""
    _whole.clear()


def _said(word: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{word}\n", content_type="text/plain", status=status)
    response["Cache-Control"] = "no-store"
    return response
