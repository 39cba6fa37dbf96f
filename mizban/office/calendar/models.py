"""The rows a working calendar is made of. They change only through `changes`, which counts the version up."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import uuid4

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.people.models import User

from .closures import Closure as ClosedSpan
from .week import MINUTES_PER_DAY, THURSDAY_HOURS, Week, iranian_week, read_week, write_week
from .week import Season as SeasonalHours


def usual_week() -> dict[str, list[list[str]]]:
    """The pattern of a new calendar, with hours ready for the day somebody switches Thursday on."""
    return write_week(iranian_week(thursday=THURSDAY_HOURS))


class CalendarQuerySet(models.QuerySet["Calendar"]):
    def main_of(self, agency_id: int) -> Self:
        """The calendar the agency's deadlines are counted with: one row or none."""
        return self.filter(agency_id=agency_id, is_main=True)


class Calendar(models.Model):
    """When an agency works. `stamp` is new with every version: a rolled-back one is never taken for it."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="calendars")
    name = models.CharField(max_length=100)
    is_main = models.BooleanField(default=True)
    week = models.JSONField(default=usual_week)
    thursday_works = models.BooleanField(default=False)
    minutes_per_day = models.PositiveSmallIntegerField(default=MINUTES_PER_DAY)
    version = models.PositiveIntegerField(default=1)
    stamp = models.UUIDField(default=uuid4, editable=False)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="calendar_name_once_per_agency"),
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(is_main=True), name="main_calendar_once_per_agency"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def working_week(self) -> Week:
        """The usual week, Thursday as its switch says."""
        return read_week(self.week, thursday_works=self.thursday_works)


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def active(self) -> Self:
        """Those that count."""
        return self.filter(active=True)

    def estimated(self) -> Self:
        """Lunar days whose date nobody has confirmed."""
        return self.filter(source=Holiday.Source.ESTIMATED)

    def before(self, day: date) -> Self:
        """Those earlier than a date."""
        return self.filter(on__lt=day)

    def not_on(self, days: Iterable[date]) -> Self:
        """Those on none of these dates."""
        return self.exclude(on__in=list(days))


class Holiday(models.Model):
    """A public holiday. A lunar day is estimated until the official calendar, or the moon, settles it."""

    class Source(models.TextChoices):
        """Where the date comes from."""

        SEEDED = "seeded", "تقویم رسمی"
        ESTIMATED = "estimated", "تخمینی"
        ENTERED = "entered", "ثبت دستی"

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="holidays")
    on = models.DateField()
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.ENTERED)
    active = models.BooleanField(default=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "on"], name="holiday_once_per_calendar_and_date")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class Season(models.Model):
    """Other hours between two dates, both inside: Ramadan, the hot months."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="seasons")
    name = models.CharField(max_length=100)
    from_on = models.DateField()
    until_on = models.DateField()
    week = models.JSONField(default=usual_week)
    thursday_works = models.BooleanField(default=False)

    class Meta:
        ordering = ["from_on"]

    def __str__(self) -> str:
        return f"{self.name} {self.from_on}..{self.until_on}"

    def plain(self) -> SeasonalHours:
        """The value the arithmetic works with. Raises BadSeason or what `read_week` raises."""
        week = read_week(self.week, thursday_works=self.thursday_works)
        return SeasonalHours(self.from_on, self.until_on, week, self.name)


class Closure(models.Model):
    """An announced closure of one date, all day or between two local times; rows are added, never changed.

    `second_officer_name` is for closures announced after the fact, which need two officers.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="closures")
    on = models.DateField()
    from_time = models.TimeField(null=True, blank=True)
    until_time = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    author_name = models.CharField(max_length=100)
    letter_number = models.CharField(max_length=50, blank=True)
    announced_at = models.DateTimeField()
    second_officer_name = models.CharField(max_length=100, null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_time__isnull=True)
                | models.Q(until_time__isnull=True)
                | models.Q(from_time__lt=models.F("until_time")),
                name="closure_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.reason}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a closure the arithmetic could not read. Raises BadClosure."""
        self.plain()
        super().save(*args, **kwargs)

    def plain(self) -> ClosedSpan:
        """The value the arithmetic works with."""
        return ClosedSpan(
            self.on, self.reason, self.from_time, self.until_time, self.author_name, self.letter_number
        )


class ProposalQuerySet(models.QuerySet["ClosureProposal"]):
    def waiting(self) -> Self:
        """Those nobody has decided on."""
        return self.filter(decided_at=None)


class ClosureProposal(models.Model):
    """A closure announced after the fact: it counts for nothing until a second officer confirms it.

    With a `province` it is for every agency there, else for the agency alone. `is_confirmed` is None until decided.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    province = models.CharField(max_length=50, blank=True)
    on = models.DateField()
    from_time = models.TimeField(null=True, blank=True)
    until_time = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    letter_number = models.CharField(max_length=50, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.reason}"

    def plain(self) -> ClosedSpan:
        """The span as it would be announced, in the name of who proposed it."""
        author = self.proposed_by.full_name
        return ClosedSpan(self.on, self.reason, self.from_time, self.until_time, author, self.letter_number)


class SweepQuerySet(models.QuerySet["Sweep"]):
    def of(self, agency_id: int) -> Self:
        """Those of an agency, the newest first."""
        return self.filter(agency_id=agency_id).order_by("-id")

    def unfinished(self) -> Self:
        return self.filter(state__in=[Sweep.State.WAITING, Sweep.State.RUNNING])


class Sweep(models.Model):
    """Counting the open deadlines of an agency anew after its calendar changed (`sweeping`).

    `done` of `total` cases were looked at, `moved` of them got another due date; `last_id` is the case to go on after,
    `attempt` belongs to the one worker that may write on it.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "در نوبت"
        RUNNING = "running", "در حال محاسبه"
        DONE = "done", "انجام شد"
        FAILED = "failed", "ناتمام ماند"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    job_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField()
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = SweepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"sweep {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)
