"""The export row. Its file lies encrypted in the file store under a key of its own and is dropped after a day."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Staff
from mizban.core.people.models import User

KEPT_FOR = timedelta(days=1)


class ExportQuerySet(models.QuerySet["Export"]):
    def asked_by(self, actor: Staff) -> Self:
        """What this person asked for at this agency: nobody else sees an export."""
        return self.filter(agency_id=actor.agency_id, user_id=actor.user_id).order_by("-id")

    def unfinished(self) -> Self:
        return self.filter(state__in=[Export.State.WAITING, Export.State.RUNNING])

    def kept(self, *, at: datetime) -> Self:
        return self.filter(asked_at__gte=at - KEPT_FOR)

    def outdated(self, *, at: datetime) -> Self:
        return self.filter(asked_at__lt=at - KEPT_FOR)


class Export(models.Model):
    """A list somebody asked for as a sheet.

    `query` is the list's filter without anything personal; `seen_as` are the roles and units it was made for;
    `attempt` belongs to the one worker that may write on it.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "در نوبت"
        RUNNING = "running", "در حال ساختن"
        DONE = "done", "آماده"
        FAILED = "failed", "ساخته نشد"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    job_id = models.UUIDField(null=True)
    query = models.JSONField(default=dict)
    seen_as = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=30, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True)
    stored_as = models.CharField(max_length=100, blank=True)
    wrapped_key = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def until(self) -> datetime:
        """When its file is dropped."""
        return self.asked_at + KEPT_FOR

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)


def signature(actor: Staff) -> list[object]:
    """Whose eyes an export is for: with other roles or units it would have other rows or columns."""
    return [sorted(actor.roles), sorted(actor.unit_ids)]
