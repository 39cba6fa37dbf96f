"""`/metrics` for Prometheus: requests of all workers of this machine, and what waits, counted when it is asked for."""

import hmac
import ipaddress
import os
import time
from collections.abc import Iterator
from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.jobs.models import Worker
from mizban.core.refusals import NotFound
from mizban.office.mailing.models import Delivery

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# Whoever passes a visitor on says so in one of these: then loopback is the proxy, not the operator.
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")
MOST_AGENCIES = 50
FRESH_FOR = 10.0

REQUESTS = Counter("mizban_requests", "Requests by route and status", ["route", "status"])
DURATION = Histogram(
    "mizban_request_seconds",
    "Seconds from arrival to answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)


def count(route: str, status: int, seconds: float) -> None:
    """One answered request. `route` is a name of the address book, so that the number of series is bounded."""
    REQUESTS.labels(route, str(status)).inc()
    DURATION.labels(route).observe(seconds)


def metrics(request: HttpRequest) -> HttpResponse:
    """For the machine itself, or for who brings the token; anybody else finds no such page."""
    if not (_has_token(request) or _is_local(request)):
        raise NotFound
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library leaves it untyped
        registry.register(Queues())
        text = generate_latest(registry)
    else:
        registry.register(Queues())
        text = generate_latest(REGISTRY) + generate_latest(registry)
    response = HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


def _has_token(request: HttpRequest) -> bool:
    wanted: str = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(wanted) and hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode())


def _is_local(request: HttpRequest) -> bool:
    """Asked on the machine itself, by nobody's proxy."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    try:
        return ipaddress.ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False


class Queues(Collector):
    """What waits, for at most the first agencies and at most every ten seconds: a scrape costs what is open."""

    _kept: tuple[float, list[GaugeMetricFamily]] | None = None

    def collect(self) -> Iterator[GaugeMetricFamily]:
        kept = Queues._kept
        if kept is None or time.monotonic() - kept[0] > FRESH_FOR:
            try:
                kept = Queues._kept = (time.monotonic(), _counted(timezone.now()))
            except DatabaseError:
                return iter(())  # the requests are still worth scraping; readyz tells of the database
        return iter(kept[1])

    @classmethod
    def forget(cls) -> None:
        """Count again at the next scrape."""
        cls._kept = None


def _counted(at: datetime) -> list[GaugeMetricFamily]:
    return [*_cases(at), _jobs(), _mails(), _workers(at)]


def _cases(at: datetime) -> list[GaugeMetricFamily]:
    """Open cases by agency: what is closed is not looked at."""
    slugs = dict(Agency.objects.values_list("pk", "slug")[:MOST_AGENCIES])
    unanswered = Q(answered_at=None)
    found = (
        Case.objects.filter(agency__in=slugs, is_open=True)
        .order_by()
        .values_list("agency")
        .annotate(
            Count("pk"),
            waiting=Count("pk", filter=unanswered),
            late=Count("pk", filter=unanswered & Q(due_at__lt=at)),
        )
    )
    gauges = [
        GaugeMetricFamily("mizban_cases_open", "Open cases", labels=["agency"]),
        GaugeMetricFamily("mizban_cases_waiting", "Open cases without an answer", labels=["agency"]),
        GaugeMetricFamily("mizban_cases_late", "Unanswered cases past their due date", labels=["agency"]),
    ]
    for agency_id, *counts in found:
        for gauge, value in zip(gauges, counts, strict=True):
            gauge.add_metric([slugs[agency_id]], value)
    return gauges


def _jobs() -> GaugeMetricFamily:
    gauge = GaugeMetricFamily("mizban_jobs", "Jobs by state", labels=["state"])
    found = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    for status, count in found:
        gauge.add_metric([str(status).lower()], count)
    return gauge


def _mails() -> GaugeMetricFamily:
    waiting = Delivery.objects.filter(outcome="").count()
    return GaugeMetricFamily("mizban_mails_waiting", "Mails not sent yet", value=cast("float", waiting))


def _workers(at: datetime) -> GaugeMetricFamily:
    alive = Worker.objects.alive(at=at).count()
    return GaugeMetricFamily(
        "mizban_workers_alive", "Workers seen within a minute", value=cast("float", alive)
    )
