"""A breach before a superior, until he has said what he does about it."""

from typing import Self

from django.db import models
from django.db.models import Q

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.models import Case
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Role, User


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def visible_to(self, actor: Actor) -> Self:
        """A superior's own; a director and an inspector see all that stand before anybody of their agency."""
        if not isinstance(actor, Staff):
            return self.none()
        if actor.inspects or Role.DIRECTOR in actor.roles:
            return self.filter(agency_id=actor.agency_id)
        return self.before(actor)

    def before(self, actor: Staff) -> Self:
        """Those that this person is the superior of: by name, or by role where he who was named has left it."""
        by_role = Q(role__in=actor.roles)
        if actor.unit_ids:
            by_role &= Q(unit_id__in=actor.unit_ids) | Q(unit=None)
        return self.filter(Q(person_id__in=actor.desks) | by_role, agency_id=actor.agency_id)

    def waiting(self) -> Self:
        return self.filter(acknowledged_at=None)


class Escalation(models.Model):
    """`agency` is the superior's: the case's own, or the one above it. `level` counts from 1; `number` is the event's.

    A superior of another agency reads this row and not the case: when it was due, where, how often it broke.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations", db_index=False)
    level = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    role = models.CharField(max_length=20)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    superior = models.CharField(max_length=250)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=250, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "level"], name="escalated_once_per_level")]
        indexes = [models.Index(fields=["agency", "acknowledged_at", "at"], name="escalation_list")]

    def __str__(self) -> str:
        return f"case {self.case_id} before {self.superior}"
