"""The workers that are alive: django-tasks keeps who claimed a job, but not whether that worker still breathes."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

# A worker beats every few seconds; who missed this many is dead, and its jobs are somebody else's.
LEASE = timedelta(seconds=60)


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self, *, at: datetime) -> Self:
        return self.filter(seen_at__gte=at - LEASE)

    def gone(self, *, before: datetime) -> Self:
        return self.filter(seen_at__lt=before)

    def beat(self, name: str, *, at: datetime) -> None:
        """This worker lives at `at`."""
        if not self.filter(name=name).update(seen_at=at):
            self.update_or_create(name=name, defaults={"seen_at": at})


class Worker(models.Model):
    """One `mizban work` process and when it was last seen."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField(db_index=True)

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
