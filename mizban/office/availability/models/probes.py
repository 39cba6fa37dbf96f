"""What probers found minute by minute, who they are, and what a day of it adds up to."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from django.db import models

from mizban.core.agencies.models import Agency

from ..instants import Span
from ..uptime import Counts


class Target(models.TextChoices):
    """What is probed of an office (Sx-3.0a, 3.1): its page, a form of it, tracking."""

    HOME = "home", "صفحهٔ اداره"
    FORM = "form", "فرم درخواست"
    TRACKING = "tracking", "پیگیری"


# The office as a whole: up in a minute where every target measured in it was.
ALL = "all"


class ProbeSourceQuerySet(models.QuerySet["ProbeSource"]):
    def good(self, token_hash: bytes) -> Self:
        """The source with this token, unless it was ended."""
        return self.filter(hash=token_hash, ended_at=None)


class ProbeSource(models.Model):
    """A prober on another machine: its token can bring probes and nothing else; kept as a keyed hash, shown once."""

    name = models.SlugField(max_length=50, unique=True)
    hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ProbeSourceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ProbeMinuteQuerySet(models.QuerySet["ProbeMinute"]):
    def between(self, agency_id: int, span: Span) -> Self:
        """Those of an agency from one moment to another, which is outside."""
        return self.filter(agency_id=agency_id, minute__gte=span[0], minute__lt=span[1])

    def answers(self) -> "list[tuple[str, datetime, bool]]":
        """Target, minute and finding of each, as verdicts take them."""
        return list(self.values_list("target", "minute", "ok"))


class ProbeMinute(models.Model):
    """What one source found at one target in one minute (`minute`: its beginning, UTC); never changed.

    `ms` is the time to the whole answer; `reason` is a word for programs where it was not ok.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    target = models.CharField(max_length=10, choices=Target)
    source = models.CharField(max_length=50)
    minute = models.DateTimeField()
    ok = models.BooleanField()
    ms = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, blank=True)

    objects = ProbeMinuteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "minute", "target", "source"], name="probe_once_a_minute"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.minute:%Y-%m-%dT%H:%MZ} {self.source}"


class ProbeDayQuerySet(models.QuerySet["ProbeDay"]):
    def since(self, on: date) -> Self:
        """From this day on, in order."""
        return self.filter(on__gte=on).order_by("on")

    def of(self, agency: Agency) -> Self:
        return self.filter(agency=agency)

    def of_all(self, agencies: Iterable[Agency]) -> Self:
        """The offices as wholes."""
        return self.filter(agency__in=list(agencies), target=ALL)

    def waiting_for_a_hash(self, *, before: date) -> Self:
        """Days that are over and whose minutes no event vouches for yet."""
        return self.filter(target=ALL, hashed_at=None, on__lt=before).order_by("agency_id", "on")

    def to_prune(self, *, before: date) -> Self:
        """Days long past whose minutes were hashed and are still here, the oldest first."""
        hashed = self.filter(target=ALL, pruned_at=None, hashed_at__isnull=False)
        return hashed.filter(on__lt=before).order_by("on")


class ProbeDay(models.Model):
    """The minutes of one target on one day in Tehran, folded from `ProbeMinute`; `target` ALL is the office.

    `hashed_at` (of ALL): when the day's minutes were hashed into an event; from then on none is added.
    `pruned_at` (of ALL): when its minutes were deleted (`pruning.py`).
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    target = models.CharField(max_length=10)
    on = models.DateField()
    up = models.PositiveIntegerField()
    down = models.PositiveIntegerField()
    maintenance = models.PositiveIntegerField()
    telecom = models.PositiveIntegerField()
    hashed_at = models.DateTimeField(null=True)
    pruned_at = models.DateTimeField(null=True)

    objects = ProbeDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "target", "on"], name="probe_day_once_a_target")
        ]
        indexes = [
            models.Index(fields=["on"], condition=models.Q(hashed_at=None), name="probe_day_without_hash"),
            models.Index(
                fields=["on"], condition=models.Q(target="all", pruned_at=None), name="probe_day_with_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.on}"

    @property
    def counts(self) -> Counts:
        return Counts(self.up, self.down, self.maintenance, self.telecom)
