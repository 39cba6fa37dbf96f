"""Roles people hold at agencies, from when until when; who stands in for whom; who is away."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from mizban.core.agencies.models import Agency, Unit

from .users import User


class Role(models.TextChoices):
    """What a membership lets its holder do."""

    EXPERT = "expert", "کارشناس"
    HEAD = "head", "رئیس واحد"
    DIRECTOR = "director", "مدیرکل"
    SITE_OFFICER = "site_officer", "مسئول سایت"
    # Reads the cases of the agency and changes nothing; each read is written down.
    INSPECTOR = "inspector", "بازرس"
    # Announces closures for every agency of the province; only whoever runs the machine gives it.
    PROVINCE_OFFICER = "province_officer", "مسئول تعطیلی استان"


def in_force(at: datetime, through: str = "") -> Q:
    """Rows with `from_at` and `until_at` (None: open) that hold at this moment; `through` is the relation to them."""
    begun = Q(**{f"{through}from_at": None}) | Q(**{f"{through}from_at__lte": at})
    return begun & (Q(**{f"{through}until_at": None}) | Q(**{f"{through}until_at__gt": at}))


# What is nobody else's: a reading that is written down, and what only whoever runs the machine gives.
NEVER_LENT = (Role.INSPECTOR, Role.PROVINCE_OFFICER)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, user: User, *, at: datetime) -> Self:
        """The roles that this person holds now, and those of colleagues the person stands in for. One query.

        Who has no role left at an agency, or came to inspect it, stands in for nobody there, whatever was named.
        """
        works_at = Membership.objects.filter(in_force(at), user=user).exclude(role=Role.INSPECTOR)
        lent = Membership.objects.exclude(role__in=NEVER_LENT).filter(
            agency__in=works_at.values("agency"),
            user__stand_ins__deputy=user,
            user__stand_ins__agency=F("agency"),
            user__stand_ins__from_at__lte=at,
            user__stand_ins__until_at__gt=at,
            user__is_active=True,
        )
        mine = Q(user=user) | Q(pk__in=lent.values("pk"))
        return self.filter(mine & in_force(at)).select_related("agency", "unit", "user")

    def holding(self, role: Role, *, at: datetime) -> Self:
        """Active people who hold this role now."""
        return self.filter(in_force(at), role=role, user__is_active=True).select_related("user")

    def lasting(self, at: datetime) -> Self:
        """Those that hold now or will."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at))


class Membership(models.Model):
    """A role of a person at an agency; experts and heads hold theirs in a unit, or in the whole agency.

    It holds from `from_at` until `until_at`, which is outside it; None leaves that end open.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)
    hours = models.CharField(max_length=100, blank=True)
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            # Many roles are of no unit; on SQLite two of nothing are never the same.
            models.UniqueConstraint(
                "user",
                "agency",
                Coalesce("unit", 0),
                "role",
                condition=Q(until_at=None),
                name="role_held_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    def holds(self, at: datetime) -> bool:
        return (self.from_at is None or self.from_at <= at) and (self.until_at is None or at < self.until_at)

    @property
    def spoken(self) -> str:
        """«کارشناس ادارهٔ مسکن»."""
        role = str(self.get_role_display())
        return f"{role} {self.unit.name}" if self.unit else role


class Deputyship(models.Model):
    """`deputy` stands in for `person` at an agency for a while (جانشین): with the person's roles, in the own name."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="deputyships")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="stand_ins")
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="deputyships")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        ordering = ["from_at", "id"]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.person_id}"


class Absence(models.Model):
    """Somebody is away from an agency for a while (مرخصی): nobody gives them cases."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="absences")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        ordering = ["from_at", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} away until {self.until_at}"
