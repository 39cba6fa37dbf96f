"""An outage: from when until when, who found it, when the public was told, and the evidence where telecom failed."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff

from ..instants import Span
from ..uptime import waited


class Kind(models.TextChoices):
    """Whose fault it was, as far as it is known."""

    FAULT = "fault", "نقص فنی"
    TELECOM = "telecom", "قطعی مخابرات"


class OutageQuerySet(models.QuerySet["Outage"]):
    def visible_to(self, actor: Actor) -> Self:
        """What somebody may work on: staff their own office's. (The public reads all of them on the status page.)"""
        return self.filter(agency_id=actor.agency_id) if isinstance(actor, Staff) else self.none()

    def running(self) -> Self:
        return self.filter(until_at=None)

    def touching(self, begins: datetime, ends: datetime) -> Self:
        """Those that lie at least partly between two moments."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=begins), from_at__lt=ends)

    def newest_first(self) -> Self:
        return self.order_by("-from_at", "-id")


class Outage(models.Model):
    """All moments are aware UTC; `until_at` None runs.

    `detected_at` is when the office could first know of it: of a prober's, when the last of the failed minutes was
    over; of one opened by hand, its beginning, so that nobody looks quicker than he was. `told_at` is when its notice
    stood on every page; `notice_id` is that notice's, a number and not a key, as notices are another tool's.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="outages")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FAULT)
    targets = models.JSONField(default=list)
    by_prober = models.BooleanField(default=False)
    what = models.CharField(max_length=300, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    detected_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    notice_id = models.BigIntegerField(null=True)
    evidence_reference = models.CharField(max_length=100, blank=True)
    evidence_issuer = models.CharField(max_length=100, blank=True)
    evidence_on = models.DateField(null=True)
    evidence_by = models.CharField(max_length=100, blank=True)

    objects = OutageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(until_at=None), name="one_outage_runs_at_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")), name="outage_ends_after_it_begins"
            ),
            # What lowers no figure without proof: a telecom outage has a reference and somebody who gave it.
            models.CheckConstraint(
                condition=~Q(kind="telecom") | (~Q(evidence_reference="") & ~Q(evidence_issuer="")),
                name="telecom_outage_has_evidence",
            ),
        ]
        indexes = [models.Index(fields=["agency", "from_at"], name="outage_by_agency")]

    def __str__(self) -> str:
        return f"outage {self.pk} of {self.agency_id}"

    @property
    def is_running(self) -> bool:
        return self.until_at is None

    def span(self, *, at: datetime) -> Span:
        """From its beginning to its end, or to now."""
        return self.from_at, self.until_at or max(at, self.from_at)

    def minutes(self, *, at: datetime) -> int:
        """How long it lasted, or has lasted."""
        begins, ends = self.span(at=at)
        return round((ends - begins).total_seconds() / 60)

    @property
    def minutes_to_tell(self) -> int | None:
        """Minutes from detection to notice (clauses Sx-3.4b); None while nobody was told."""
        return None if self.told_at is None else waited(self.detected_at, self.told_at)
