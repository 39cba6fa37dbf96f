"""The texts an office keeps ready: for one unit, or for all of them. Nothing personal belongs here."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from mizban.core.agencies.models import Agency, Unit
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Role, User
from mizban.core.refusals import FormRefused, NotYours

# Who keeps the texts; everybody who works on cases uses them.
KEEPERS = frozenset({Role.HEAD, Role.DIRECTOR, Role.SITE_OFFICER})
TITLE = Field("title", "text", "نام پاسخ", help="نمونه: مدرک ناخوانا", min_length=2, max_length=80)
TEXT = Field(
    "text",
    "long_text",
    "متن",
    help="نام و شمارهٔ کسی را ننویسید؛ این متن در پرونده‌های بسیار به کار می‌رود.",
    min_length=5,
    max_length=5000,
)
QUESTIONS = (TITLE, TEXT)


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's agency: of all units, and of the units the actor works in."""
        if not isinstance(actor, Staff):
            return self.none()
        found = self.filter(agency_id=actor.agency_id)
        if actor.unit_ids:
            found = found.filter(models.Q(unit=None) | models.Q(unit_id__in=actor.unit_ids))
        return found

    def for_unit(self, unit_id: int | None) -> Self:
        """Those that fit a case of this unit."""
        return self.filter(models.Q(unit=None) | models.Q(unit_id=unit_id))


class CannedReply(models.Model):
    """A text kept ready; `unit` None is for the whole agency."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="canned_replies")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="canned_replies")
    title = models.CharField(max_length=80)
    text = models.TextField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        verbose_name_plural = "canned replies"

    def __str__(self) -> str:
        return f"canned reply {self.pk}"

    def keep(self, *, by: Staff, unit: Unit | None, answers: dict[str, Any], at: datetime) -> None:
        """Write the text down for a unit, or for all. Raises NotYours, FormRefused."""
        units = {unit.pk if unit else None} | ({self.unit_id} if self.pk else set())
        if not all(may_keep(by, unit_id) for unit_id in units):
            raise NotYours
        filled = fill(QUESTIONS, answers)
        if filled.errors:
            raise FormRefused(filled.errors)
        self.agency_id, self.unit = by.agency_id, unit
        self.title, self.text = filled.answers["title"], filled.answers["text"]
        self.changed_by_id, self.changed_at = by.user_id, at
        self.save()


def may_keep(actor: Staff, unit_id: int | None) -> bool:
    """Whether this person keeps the texts of a unit (None: of all units); a unit's head keeps that unit's only."""
    if actor.roles.isdisjoint(KEEPERS):
        return False
    return not actor.unit_ids or unit_id in actor.unit_ids
