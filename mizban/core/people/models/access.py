"""How programs sign in, who guessed wrong, and what inspectors read."""

from datetime import datetime
from typing import Self

from django.db import models

from mizban.core.agencies.models import Agency

from .users import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def good(self, token_hash: bytes) -> Self:
        """The token with this hash, unless it was revoked or its holder may no longer sign in."""
        found = self.filter(hash=token_hash, revoked_at=None, user__is_active=True)
        return found.select_related("user", "agency")

    def standing(self, user: User) -> Self:
        """The tokens of a person that were not revoked, wherever they act."""
        return self.filter(user=user, revoked_at=None)

    def revoke(self, *, at: datetime) -> int:
        """Make these useless; how many there were that were not before."""
        return self.filter(revoked_at=None).update(revoked_at=at)


class ApiToken(models.Model):
    """What a program shows to act as one person at one agency: kept as a keyed hash, shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"token {self.pk} of {self.user_id}"


class FailedTryQuerySet(models.QuerySet["FailedTry"]):
    def since(self, at: datetime) -> Self:
        return self.filter(at__gte=at)

    def before(self, at: datetime) -> Self:
        return self.filter(at__lt=at)


class FailedTry(models.Model):
    """A wrong code, password or one-time code: who tried and at what, as keyed hashes, kept for the window only."""

    address = models.BinaryField()
    target = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    objects = FailedTryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "failed tries"

    def __str__(self) -> str:
        return f"failed try {self.pk}"


class Inspection(models.Model):
    """One page or answer an inspector read: who, when, which, of which case. Rows are added and never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="inspections")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    page = models.CharField(max_length=40)
    case_code = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["agency", "-id"], name="inspections_of_agency")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.page}"
