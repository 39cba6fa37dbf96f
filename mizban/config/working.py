"""`mizban work`: what must happen without anybody asking. Run as many as you like; each task claims what it does."""

import os
import secrets
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from mizban.core.cases.clocks import waking
from mizban.core.cases.filing import unfinished, uploads
from mizban.core.cases.models import CaseFile
from mizban.core.cases.papers import files, quota
from mizban.core.jobs import running as jobs
from mizban.core.jobs.models import Worker
from mizban.core.people.models import FailedTry
from mizban.office.agreements import keeping as agreements
from mizban.office.availability.folding import hash_days
from mizban.office.availability.pruning import prune
from mizban.office.breaches import alerts, watching
from mizban.office.compliance import folding
from mizban.office.exports import making as exports
from mizban.office.mailing import outbox, sending, subscribing
from mizban.web.desk.exporting import FOLDER
from mizban.web.mailing import mails

PAUSE = 15.0
BEAT = 5.0
JOB_PAUSE = 1.0
MAIL_PAUSE = 5.0
PATIENCE = 8.0
ABANDONED_AFTER = timedelta(hours=6)
PASSING_FOR = timedelta(minutes=15)
BATCH = 200
# One round wakes so many times a batch at most; what is left waits for the next.
MOST_WAKINGS = 50

log = structlog.get_logger()


def work(words: list[str]) -> int:
    """Work until a signal; `--once` works through everything once.

    The main thread only breathes (`jobs.models.Worker`), so that neither a long job nor a long round looks like a
    death. Asked to stop, it waits a little for the job in hand, then gives it back.
    """
    name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
    if "--once" in words:
        return _once(name)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    _safely(lambda: Worker.objects.beat(name, at=timezone.now()))
    chores = threading.Thread(target=_again, args=(stop, PAUSE, _round), daemon=True)
    job = threading.Thread(target=_again, args=(stop, JOB_PAUSE, lambda: _jobs(name, stop)), daemon=True)
    # By itself: a mail server that does not answer holds up nothing else.
    mail = threading.Thread(target=_again, args=(stop, MAIL_PAUSE, lambda: post(stop)), daemon=True)
    for thread in (chores, job, mail):
        thread.start()
    while not stop.wait(BEAT):
        _safely(lambda: Worker.objects.beat(name, at=timezone.now()))
    job.join(PATIENCE)
    mail.join(1.0)
    _safely(lambda: jobs.release(name))
    return 0


def round_of_work(*, at: datetime) -> dict[str, int]:
    """One round; how many of each were done."""
    return {
        "cases_woken": _wake(at),
        "warnings_settled": alerts.settle(most=BATCH),
        "events_watched": watching.watch(at=at),
        "uploads_dropped": _drop_abandoned_uploads(at) + uploads.drop_left_behind(at=at, most=BATCH),
        "tries_forgotten": _forget_tries(at),
        "sendings_forgotten": quota.forget(at=at),
        "forms_forgotten": unfinished.drop_expired(at=at, most=BATCH),
        "exports_dropped": exports.purge(at=at),
        "mails_forgotten": outbox.forget(at=at, most=BATCH),
        "subscriptions_forgotten": subscribing.forget(at=at, most=BATCH),
        "agreements_kept": agreements.keep(at=at),
        "jobs_forgotten": jobs.forget(at=at),
        "passing_files_swept": _sweep(),
        "probe_days_hashed": hash_days(at=at),
        "probe_days_pruned": prune(at=at),
        "evidence_folded": folding.fold(at=at),
    }


def _once(name: str) -> int:
    Worker.objects.beat(name, at=timezone.now())
    _round()
    _jobs(name, threading.Event())
    post(threading.Event())
    jobs.release(name)
    return 0


def _round() -> None:
    done = round_of_work(at=timezone.now())
    if any(done.values()):
        log.info("worked", **done)


def _jobs(name: str, stop: threading.Event) -> None:
    """Every job that waits, one after the other."""
    while not stop.is_set() and (job := jobs.take(name, at=timezone.now())):
        started = time.monotonic()
        jobs.run(job, clock=timezone.now)
        log.info("job ended", job=job.task_path, ms=round((time.monotonic() - started) * 1000))


def post(stop: threading.Event) -> None:
    """Mails for what is to be told, and all that are due, a batch after the other."""
    outbox.fan_out(at=timezone.now())
    while not stop.is_set() and sending.send(mails.write, clock=timezone.now, stopped=stop.is_set):
        pass


def _again(stop: threading.Event, pause: float, do: Callable[[], None]) -> None:
    while True:
        _safely(do)
        if stop.wait(pause):
            return


def _safely(do: Callable[[], object]) -> None:
    """A database that is away, or a fault of one round, must not end the worker."""
    try:
        close_old_connections()
        do()
    except DatabaseError as fault:
        log.warning("database is away", exception=type(fault).__name__)
    except Exception:
        log.exception("a round failed")
    finally:
        close_old_connections()


def _wake(at: datetime) -> int:
    """Warn of deadlines, tell of those that are broken, take the steps whose time has come."""
    woken = 0
    for _ in range(MOST_WAKINGS):
        count = waking.wake(at=at, most=BATCH)
        woken += count
        if count < BATCH:
            break
    return woken


def _drop_abandoned_uploads(at: datetime) -> int:
    """Files of forms that were never filed do not stay."""
    abandoned = CaseFile.objects.abandoned(before=at - ABANDONED_AFTER)[:BATCH]
    for file in abandoned:
        files.drop(file)
    return len(abandoned)


def _forget_tries(at: datetime) -> int:
    window = timedelta(minutes=settings.GUESSING["window_minutes"])
    return FailedTry.objects.filter(at__lt=at - window).delete()[0]


def _sweep() -> int:
    """What a killed worker of this machine left half-written in the open; a sheet that grows is somebody's."""
    oldest = time.time() - PASSING_FOR.total_seconds()
    left = [each for each in (Path(settings.DATA) / FOLDER).glob("sheet-*") if _touched(each) < oldest]
    for each in left:
        shutil.rmtree(each, ignore_errors=True)
    return len(left)


def _touched(folder: Path) -> float:
    """When anything in it was last written; now, where it vanishes under our eyes."""
    try:
        return max(each.stat().st_mtime for each in (folder, *folder.iterdir()))
    except OSError:
        return time.time()
