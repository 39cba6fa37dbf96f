"""A form that is to be finished another day: what was typed, sealed, under a code and a password of its own."""

from datetime import datetime
from typing import Self

from django.db import models

from mizban.core.agencies.models import Agency

from .services import Offering


class UnfinishedQuerySet(models.QuerySet["Unfinished"]):
    def good(self, *, at: datetime) -> Self:
        """Those that can still be gone on with."""
        return self.filter(expires_at__gt=at)

    def expired(self, *, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)


class Unfinished(models.Model):
    """One form put aside. `token_hash` is that of the form, under which its files wait too; nobody's lists have it."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    password_hash = models.BinaryField()
    token_hash = models.BinaryField(unique=True)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = UnfinishedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unfinished forms"

    def __str__(self) -> str:
        return f"unfinished form {self.pk}"
