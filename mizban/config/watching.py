"""The outermost layer: every request gets a number, a line in the log and a place in the figures."""

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from . import metrics

Handler = Callable[[HttpRequest], HttpResponseBase]
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# Asked every few seconds by machines: counted, but a log of them hides everything else.
QUIET = frozenset({"static", "healthz", "readyz", "metrics"})

log = structlog.get_logger("mizban.requests")


def watched(handle: Handler) -> Handler:
    """Time the request from arrival to answer; the line says route, status and milliseconds, nothing of its content."""

    def watch(request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        request_id = _id_of(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = handle(request)
        seconds, route = time.perf_counter() - started, route_of(request)
        response.headers["X-Request-ID"] = request_id
        metrics.count(route, response.status_code, seconds)
        if route not in QUIET:
            log.info(
                "request",
                method=request.method if request.method in METHODS else "other",
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        return response

    return watch


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def route_of(request: HttpRequest) -> str:
    """The name of the address («desk:case»), never the address: paths hold codes."""
    found = request.resolver_match
    if found is not None:
        return found.view_name or found.route
    return "static" if request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "unknown"


def _id_of(request: HttpRequest) -> str:
    """The number the office's own proxy gave the request, else a fresh one."""
    given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
    return given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
