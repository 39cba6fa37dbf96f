"""What evidence adds up to, which of it fell short, and how far it was read."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q, Sum

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff


class TallyQuerySet(models.QuerySet["Tally"]):
    def of_version(self, agency_id: int, version_id: int) -> Self:
        """What was filed under a version, and what is the whole office's."""
        return self.filter(agency_id=agency_id, version__in=(version_id, 0))

    def since(self, on: date) -> Self:
        return self.filter(on__gte=on)

    def sums(self) -> "list[tuple[str, str, int, date, int, int]]":
        """Measure, topic, version, day, numerator and denominator, over all services."""
        groups = self.order_by().values_list("measure", "topic", "version", "on")
        return list(groups.annotate(Sum("numerator"), Sum("denominator")))


class Tally(models.Model):
    """Numerator and denominator of one measure: what was filed under `version`, of `service`.

    `version` 0 is the whole office's, -1 what was filed under no agreement.
    `on` is the first day of a Jalali month, of what is the office's the day itself. `topic` is a part of the measure
    that stands for itself, such as a row of the catalogue or a channel.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    version = models.BigIntegerField(default=0)
    service = models.CharField(max_length=50, blank=True)
    measure = models.CharField(max_length=40)
    topic = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    numerator = models.BigIntegerField(default=0)
    denominator = models.BigIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "version", "on", "measure", "topic", "service"], name="tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.topic} {self.on}: {self.numerator}/{self.denominator}"


class ShortfallQuerySet(models.QuerySet["Shortfall"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's own office. The cases they name are read through `Case.objects.visible_to` only."""
        return self.filter(agency_id=actor.agency_id) if isinstance(actor, Staff) else self.none()

    def behind(self, version_id: int, measure: str, topic: str, *, since: date, until: date) -> Self:
        """What fell short of one figure between two days, `until` outside; the newest first."""
        return self.filter(
            Q(version=version_id) | Q(version=0), measure=measure, topic=topic, on__gte=since, on__lt=until
        ).order_by("-id")


class Shortfall(models.Model):
    """One subject that counts in a denominator and not, or not wholly, in its numerator."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    version = models.BigIntegerField(default=0)
    measure = models.CharField(max_length=40)
    topic = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()

    objects = ShortfallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "measure", "topic", "version", "on", "subject_kind", "subject_id"],
                name="shortfall_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.measure}"


class Cursor(models.Model):
    """How far a source was read. `gaps` are stretches of ids that were not there yet: first, last, since when.

    Ids are drawn before their transaction ends, so a lower one may appear after a higher one was read. `revision` is
    claimed by a conditional update: of two workers one folds.
    """

    name = models.CharField(max_length=20, unique=True)
    last = models.BigIntegerField(default=0)
    gaps = models.JSONField(default=list)
    revision = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} up to {self.last}"
