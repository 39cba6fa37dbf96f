"""How much a visitor sent lately: who as a keyed hash, kept for the window only."""

from datetime import datetime
from typing import Self

from django.db import models


class SendingQuerySet(models.QuerySet["Sending"]):
    def since(self, at: datetime) -> Self:
        return self.filter(at__gte=at)

    def before(self, at: datetime) -> Self:
        return self.filter(at__lt=at)


class Sending(models.Model):
    """One file of a visitor, taken or refused: its size in bytes counts, whatever becomes of it."""

    sender = models.BinaryField()
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = SendingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sender", "at"], name="sending_by_sender"),
            models.Index(fields=["at"], name="sending_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.size} bytes"
