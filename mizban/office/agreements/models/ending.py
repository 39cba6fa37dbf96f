"""The end of an agreement: backup, trial restore, signature, retention, erasure, in this order."""

from datetime import date
from typing import Self

from django.db import models

from mizban.core.people.models import User

from .notification import Notification


class EndingQuerySet(models.QuerySet["Ending"]):
    def over(self) -> Self:
        """Those whose end was signed."""
        return self.filter(state__in=[Ending.State.SIGNED, Ending.State.ERASED])


class Ending(models.Model):
    """How far the end of an agreement is.

    `made` counts what the backup holds (its manifest's summary), `compared` is what the trial restore found; the end
    can be signed while `verified_at` stands and nothing changed since. `certificate` says what was destroyed.
    """

    class State(models.TextChoices):
        """The steps, each reached once."""

        BACKING_UP = "backing-up", "پشتیبان ساخته می‌شود"
        FAILED = "failed", "پشتیبان آزموده نشد"
        VERIFIED = "verified", "پشتیبان آزموده شد"
        SIGNED = "signed", "پایان امضا شد"
        ERASED = "erased", "داده‌ها نابود شد"

    class Manner(models.TextChoices):
        """Why it ends."""

        ENDED = "ended", "پایان خدمت"
        RESCINDED = "rescinded", "فسخ"

    agreement = models.OneToOneField("agreements.Agreement", on_delete=models.PROTECT, related_name="ending")
    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="+")
    manner = models.CharField(max_length=10, choices=Manner)
    keep_until = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.BACKING_UP)
    attempt = models.PositiveIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    why = models.CharField(max_length=300, blank=True)
    stored_as = models.CharField(max_length=100, blank=True)
    wrapped_key = models.BinaryField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made = models.JSONField(default=dict)
    compared = models.JSONField(default=dict)
    verified_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(null=True)
    certificate = models.JSONField(default=dict)
    begun_at = models.DateTimeField()

    objects = EndingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"ending of agreement {self.agreement_id}"

    def may_be_erased(self, *, today: date) -> bool:
        """Whether the retention time is over."""
        return self.state == self.State.SIGNED and today > self.keep_until
