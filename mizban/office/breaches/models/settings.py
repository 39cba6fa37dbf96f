"""What an office sets about its breaches: the budget of a new date, what is a sign of a game, who the superiors are."""

from django.db import models
from django.db.models.functions import Coalesce

from mizban.core.agencies.models import Agency, Unit
from mizban.core.people.models import User


class Policy(models.Model):
    """`again_within` working days are the new date after a broken promise; the others are thresholds of the detector.

    `near_minutes` working minutes before the deadline a pause is a sign; a case that was closed and opened again within
    `reopened_days` days; `mass` pauses by one person on one day within `closing_minutes` minutes before closing.
    """

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="breach_policy")
    again_within = models.PositiveSmallIntegerField(default=3)
    near_minutes = models.PositiveSmallIntegerField(default=60)
    reopened_days = models.PositiveSmallIntegerField(default=10)
    mass = models.PositiveSmallIntegerField(default=3)
    closing_minutes = models.PositiveSmallIntegerField(default=60)

    class Meta:
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return f"breach policy of {self.agency_id}"

    @classmethod
    def of(cls, agency_id: int) -> "Policy":
        """The office's own, or the usual one (unsaved)."""
        return cls.objects.filter(agency_id=agency_id).first() or cls(agency_id=agency_id)


class Superior(models.Model):
    """Whom a breach of a unit (None: of every unit) goes to at this level, where it is not whom roles say.

    A `person` of the agency, or with `is_above` the agency above.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()
    person = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    is_above = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # A whole office has no unit; on SQLite two of nothing are never the same.
            models.UniqueConstraint("agency", Coalesce("unit", 0), "level", name="superior_once_per_level")
        ]

    def __str__(self) -> str:
        return f"superior {self.level} at {self.agency_id}"
