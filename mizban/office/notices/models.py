"""A notice: what is told, when it holds, and since when the public may read it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff


class Kind(models.TextChoices):
    """What a notice is about; announced maintenance and outages are duties of the agreements (S*-3.4b, 3.5, 4.7)."""

    NOTICE = "notice", "اطلاعیه"
    MAINTENANCE = "maintenance", "نگهداری"
    OUTAGE = "outage", "قطعی"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible(self, *, at: datetime) -> Self:
        """What the public may read at this moment: published by then. Every notice is public once published."""
        return self.filter(published_at__lte=at)

    def visible_to(self, actor: Actor) -> Self:
        """What somebody may work on, drafts too: staff their own office's."""
        return self.filter(agency_id=actor.agency_id) if isinstance(actor, Staff) else self.none()

    def drafts(self) -> Self:
        """Not published yet."""
        return self.filter(published_at=None)

    def for_office(self, agency: Agency) -> Self:
        """The office's own notices and those of the whole site."""
        return self.filter(Q(agency=agency) | Q(agency=None))

    def for_all(self) -> Self:
        """Notices of the whole site."""
        return self.filter(agency=None)

    def not_over(self, *, at: datetime) -> Self:
        """Still to come or running; one without an end runs until somebody gives it one."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-id")


class Notice(models.Model):
    """`agency` None is for every page of the site; `published_at` None is a draft. All moments are aware UTC."""

    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.NOTICE)
    heading = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    from_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["published_at"], name="notice_by_publication")]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_at=None) | Q(until_at=None) | Q(until_at__gt=models.F("from_at")),
                name="notice_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.heading

    def is_over(self, *, at: datetime) -> bool:
        return self.until_at is not None and self.until_at <= at

    def is_running(self, *, at: datetime) -> bool:
        """Whether what it tells of is happening now."""
        return (self.from_at is None or self.from_at <= at) and not self.is_over(at=at)
