"""Signs of a clock that was played with: what the detector noted, each with what it measured."""

from typing import Self

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.actors import Actor, Staff


class SignQuerySet(models.QuerySet["Sign"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the own agency, in the units the actor works in."""
        if not isinstance(actor, Staff):
            return self.none()
        mine = self.filter(agency_id=actor.agency_id)
        return mine.filter(case__in=Case.objects.in_house_for(actor)) if actor.unit_ids else mine


class Sign(models.Model):
    """A sign, no accusation: what `kind` it is (`games.KINDS`), on which event of a case, by whom, and the measure.

    `measure` is working minutes before the deadline or before closing, days until a case was opened again, or how many
    items had been supplied before.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="signs", db_index=False)
    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=250)
    measure = models.PositiveIntegerField(default=0)

    objects = SignQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "number"], name="sign_once")]
        indexes = [models.Index(fields=["agency", "kind", "at"], name="sign_list")]

    def __str__(self) -> str:
        return f"{self.kind} on case {self.case_id} #{self.number}"


class Reading(models.Model):
    """How far the detector has read the events; there is one row."""

    last_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"read up to {self.last_id}"
