"""A window of planned maintenance, announced before it begins (Sx-3.5)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff

from ..instants import Span


class MaintenanceQuerySet(models.QuerySet["Maintenance"]):
    def visible_to(self, actor: Actor) -> Self:
        """What somebody may work on: staff their own office's. (The public reads all of them on the status page.)"""
        return self.filter(agency_id=actor.agency_id) if isinstance(actor, Staff) else self.none()

    def held(self) -> Self:
        """Without those that were called off before they began."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=F("from_at")))

    def touching(self, begins: datetime, ends: datetime) -> Self:
        """Those that lie at least partly between two moments."""
        open_end = Q(ended_at=None) | Q(ended_at__gt=begins)
        return self.held().filter(open_end, until_at__gt=begins, from_at__lt=ends)

    def not_over(self, *, at: datetime) -> Self:
        """Running or to come, the next one first."""
        open_end = Q(ended_at=None) | Q(ended_at__gt=at)
        return self.held().filter(open_end, until_at__gt=at).order_by("from_at")

    def over(self, *, at: datetime) -> Self:
        """Held and over."""
        return self.held().filter(Q(until_at__lte=at) | Q(ended_at__lte=at))


class Maintenance(models.Model):
    """From when until when (aware UTC), what is done, which services it stops (slugs; none: all of them).

    `lead_minutes` are the office's working minutes from the announcement to the beginning, `lead_target` what was owed,
    `needed_minutes` the working minutes inside the window. `late_reason` marks one announced too late: a missed lead
    time. `ended_at` is when it ended early, or was called off where that is before it began.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="maintenances")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    what = models.CharField(max_length=300)
    services = models.JSONField(default=list)
    announced_at = models.DateTimeField()
    announced_by = models.CharField(max_length=100)
    lead_minutes = models.PositiveIntegerField()
    lead_target = models.PositiveIntegerField()
    needed_minutes = models.PositiveIntegerField()
    late_reason = models.CharField(max_length=300, blank=True)
    notice_id = models.BigIntegerField(null=True)

    objects = MaintenanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="window_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(lead_minutes__gte=F("lead_target")) | ~Q(late_reason=""),
                name="late_window_says_why",
            ),
        ]
        indexes = [models.Index(fields=["agency", "until_at"], name="window_by_agency")]

    def __str__(self) -> str:
        return f"maintenance {self.pk} of {self.agency_id}"

    @property
    def is_late(self) -> bool:
        """Whether it was announced later than the office owed: counted as a missed lead time."""
        return self.lead_minutes < self.lead_target

    @property
    def span(self) -> Span:
        """When it really was, or will be; empty where it was called off."""
        if self.ended_at is None:
            return self.from_at, self.until_at
        return self.from_at, max(self.from_at, min(self.until_at, self.ended_at))

    @property
    def was_called_off(self) -> bool:
        """Whether it was taken back before it began."""
        return self.ended_at is not None and self.ended_at <= self.from_at

    def is_over(self, *, at: datetime) -> bool:
        """Ended, or called off."""
        return self.was_called_off or self.span[1] <= at

    def is_running(self, *, at: datetime) -> bool:
        begins, ends = self.span
        return begins <= at < ends
