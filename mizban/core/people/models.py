"""Staff and their roles. Applicants have no account: a code and a password make them guests of their case."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from mizban.core.agencies.models import Agency, Unit


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None, **facts: Any) -> "User":
        """A user with a hashed password; None leaves it unusable."""
        user = self.model(username=self.model.normalize_username(username), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in: a clerk, a head, a director, a site officer."""

    username = models.CharField(max_length=50, unique=True)
    full_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    def __str__(self) -> str:
        return self.full_name


class Role(models.TextChoices):
    """What a membership lets its holder do."""

    EXPERT = "expert", "کارشناس"
    HEAD = "head", "رئیس واحد"
    DIRECTOR = "director", "مدیرکل"
    SITE_OFFICER = "site_officer", "مسئول سایت"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user).select_related("agency", "unit")

    def holding(self, role: Role) -> Self:
        """Active people who hold this role."""
        return self.filter(role=role, user__is_active=True).select_related("user")


class Membership(models.Model):
    """A role of a person at an agency; experts and heads hold theirs in a unit, or in the whole agency."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)
    hours = models.CharField(max_length=100, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "unit", "role"], nulls_distinct=False, name="role_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def good(self, token_hash: bytes) -> Self:
        """The token with this hash, unless it was revoked or its holder may no longer sign in."""
        found = self.filter(hash=token_hash, revoked_at=None, user__is_active=True)
        return found.select_related("user", "agency")


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
