"""Taking a job, running it, giving it back. Each is claimed by a conditional update, the same on both engines."""

from collections.abc import Callable
from datetime import datetime, timedelta
from traceback import format_tb
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Model
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from .models import Worker

# A job that took three workers down with it does not get a fourth.
MOST_CLAIMS = 3
KEPT_FOR = timedelta(days=7)
BATCH = 100
DIED = "mizban.core.jobs.running.WorkerDied"

log = structlog.get_logger()


class WorkerDied(Exception):
    """The workers that held the job ended in the middle of it, too often to try again."""


def take(name: str, *, at: datetime) -> DBTaskResult[..., Any] | None:
    """The next job, claimed for the worker `name`; None where nothing waits.

    First the jobs of dead workers are freed, and whatever this one still seems to hold: it asks because it holds none.
    """
    reclaim(at=at, asking=name)
    for job in DBTaskResult.objects.ready()[:BATCH]:
        claimed = {
            "status": TaskResultStatus.RUNNING,
            "started_at": at,
            "worker_ids": [*job.worker_ids, name],
        }
        if _ready(job).update(**claimed):
            _know(job, claimed)
            return job
    return None


def run(job: DBTaskResult[..., Any], *, clock: Callable[[], datetime]) -> None:
    """Run a claimed job and write down how it ended, unless it was given to somebody else meanwhile."""
    try:
        value = job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    except Exception as fault:  # whatever a job raises is its own end, not the worker's
        log.error("job failed", job=job.task_path, exception=type(fault).__name__)
        _end(job, TaskResultStatus.FAILED, at=clock(), **_told(fault))
    else:
        _end(job, TaskResultStatus.SUCCESSFUL, at=clock(), return_value=value)


def release(name: str) -> int:
    """What a worker that is asked to stop still holds goes back at once and does not count as a failure."""
    count = 0
    for job in _held_by(name):
        count += _mine(job).update(status=TaskResultStatus.READY, worker_ids=job.worker_ids[:-1])
    Worker.objects.filter(name=name).delete()
    return count


def reclaim(*, at: datetime, asking: str = "") -> int:
    """Jobs of dead workers wait again; one that was claimed too often has failed. How many were freed."""
    running = list(DBTaskResult.objects.running()[:BATCH])
    if not running:
        return 0
    alive = set(Worker.objects.alive(at=at).values_list("name", flat=True)) - {asking}
    dead = [job for job in running if not job.worker_ids or job.worker_ids[-1] not in alive]
    for job in dead:
        if len(job.worker_ids) < MOST_CLAIMS:
            _mine(job).update(status=TaskResultStatus.READY)
        else:
            _end(job, TaskResultStatus.FAILED, at=at, exception_class_path=DIED)
        log.warning("job of a dead worker", job=job.task_path, claims=len(job.worker_ids))
    return len(dead)


def has_failed(job_id: Any) -> bool:
    """Whether this job will never be done: it failed, or nobody remembers it."""
    status = DBTaskResult.objects.filter(pk=job_id).values_list("status", flat=True).first()
    return status in (None, TaskResultStatus.FAILED)


def forget(*, at: datetime) -> int:
    """Drop what ended long ago, and workers nobody has seen since."""
    with transaction.atomic():
        Worker.objects.gone(before=at - KEPT_FOR).delete()
        ended = DBTaskResult.objects.finished().filter(finished_at__lt=at - KEPT_FOR)
        return ended.delete()[0]


def _ready(job: DBTaskResult[..., Any]) -> DBTaskResultQuerySet:
    return DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.READY)


def _mine(job: DBTaskResult[..., Any]) -> DBTaskResultQuerySet:
    """The row while this claim holds: the moment of the claim is its token."""
    return DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)


def _held_by(name: str) -> list[DBTaskResult[..., Any]]:
    return [job for job in DBTaskResult.objects.running()[:BATCH] if job.worker_ids[-1:] == [name]]


def _end(job: DBTaskResult[..., Any], status: TaskResultStatus, *, at: datetime, **facts: Any) -> None:
    try:
        _mine(job).update(status=status, finished_at=at, **facts)
    except DatabaseError as fault:
        # It still looks like running; this worker's next `take` frees it.
        log.error("job's end not written", job=job.task_path, exception=type(fault).__name__)


def _told(fault: Exception) -> dict[str, str]:
    """What is kept of a failure: class and places. A message could quote what people wrote."""
    kind = type(fault)
    frames = "".join(format_tb(fault.__traceback__))
    return {"exception_class_path": f"{kind.__module__}.{kind.__qualname__}", "traceback": frames}


def _know(row: Model, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
