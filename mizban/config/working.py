"""`mizban work`: what must happen without anybody asking. Run as many as you like; each task claims what it does."""

import signal
import threading
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from mizban.core.cases import files
from mizban.core.cases.models import CaseFile
from mizban.core.people.models import FailedTry

PAUSE = 15.0
ABANDONED_AFTER = timedelta(hours=24)
BATCH = 200

log = structlog.get_logger()


def work(words: list[str]) -> int:
    """Work until a signal; `--once` works through everything once."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    while True:
        try:
            done = round_of_work(at=timezone.now())
            if any(done.values()):
                log.info("worked", **done)
        except DatabaseError as fault:
            log.warning("database is away", fault=type(fault).__name__)
        close_old_connections()
        if "--once" in words or stop.wait(PAUSE):
            return 0


def round_of_work(*, at: datetime) -> dict[str, int]:
    """One round; how many of each were done."""
    return {"uploads_dropped": _drop_abandoned_uploads(at), "tries_forgotten": _forget_tries(at)}


def _drop_abandoned_uploads(at: datetime) -> int:
    """Files of forms that were never filed do not stay."""
    abandoned = CaseFile.objects.abandoned(before=at - ABANDONED_AFTER)[:BATCH]
    for file in abandoned:
        files.drop(file)
    return len(abandoned)


def _forget_tries(at: datetime) -> int:
    window = timedelta(minutes=settings.GUESSING["window_minutes"])
    return FailedTry.objects.filter(at__lt=at - window).delete()[0]
