"""What is told, once, and each mail that tells it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from mizban.core.agencies.models import Agency

from .subscriptions import Subscription


class Occasion(models.TextChoices):
    """Why a mail is written."""

    OUTAGE = "outage", "قطعی"
    MENDED = "mended", "پایان قطعی"
    MAINTENANCE = "maintenance", "نگهداری"
    MAINTENANCE_OVER = "maintenance-over", "پایان نگهداری"
    NOTICE = "notice", "اطلاعیه"


class MailingQuerySet(models.QuerySet["Mailing"]):
    def waiting(self) -> Self:
        """Those whose mails are not all written yet, the oldest first."""
        return self.filter(fanned_at=None).order_by("id")

    def of_notices(self, agency_id: int, notice_ids: list[int]) -> Self:
        return self.filter(agency_id=agency_id, notice_id__in=notice_ids)


class Mailing(models.Model):
    """One thing told to many: written in the transaction of what it tells, fanned out by the worker.

    `notice_id` is the notice it is told by (a number and not a key: notices are another tool's), `path` where to read
    on. `last` is the last subscription a mail was written for, `good_until` when it would be no news any more.
    `sent` and `failed` count mails; mails themselves are forgotten after a while. All moments are aware UTC.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    notice_id = models.BigIntegerField()
    occasion = models.CharField(max_length=20, choices=Occasion)
    heading = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    good_until = models.DateTimeField()
    last = models.BigIntegerField(default=0)
    fanned_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    objects = MailingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice_id", "occasion"], name="told_once_an_occasion")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(fanned_at=None), name="mailing_to_fan_out"),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} of notice {self.notice_id}"


class Outcome(models.TextChoices):
    """How a mail ended."""

    SENT = "sent", "فرستاده شد"
    FAILED = "failed", "نرسید"
    DROPPED = "dropped", "دیگر لازم نبود"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, *, at: datetime) -> Self:
        """Not ended, and nobody has it: the longest waiting first."""
        return self.filter(outcome="", next_at__lte=at).order_by("next_at", "id")

    def over(self, *, before: datetime) -> Self:
        return self.exclude(outcome="").filter(next_at__lt=before)


class Delivery(models.Model):
    """One mail to one address; without a mailing it is the one that asks to confirm a subscription.

    Whoever sends it claims it first: `next_at` moves ahead, and it is nobody's again by then should he die (so a mail
    may go out twice where he died between the server's word and ours, and is never lost). When it ended, `next_at` is
    when. `why` says what stood in the way: a number of SMTP or a word.
    """

    mailing = models.ForeignKey(Mailing, null=True, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(
        Subscription, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    index = models.BinaryField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    why = models.CharField(max_length=20, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            # However many subscriptions an address has, and however often a worker starts over.
            models.UniqueConstraint(fields=["mailing", "index"], name="one_letter_an_address")
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(outcome=""), name="delivery_to_send"),
            models.Index(fields=["next_at"], condition=~Q(outcome=""), name="delivery_to_forget"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"
