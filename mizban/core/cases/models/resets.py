from datetime import datetime
from typing import Self

from django.db import models

from mizban.core.people.models import User


class PasswordResetQuerySet(models.QuerySet["PasswordReset"]):
    def usable(self, *, at: datetime) -> Self:
        return self.filter(used_at=None, expires_at__gt=at)


class PasswordReset(models.Model):
    """A one-time code an officer issued after checking who is asking (S*-4.2b)."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="resets")
    code_hash = models.BinaryField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = PasswordResetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"reset {self.pk} of case {self.case_id}"
