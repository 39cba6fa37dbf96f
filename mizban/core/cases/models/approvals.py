"""The places of open approvals: who is asked to agree to what, and who did."""

from typing import TYPE_CHECKING, Self

from django.db import models

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.inhouse.inside import WORKING as ACTING
from mizban.core.declarations.grammar import PARTY
from mizban.core.people.actors import Staff
from mizban.core.prepared import Prepared, blank

if TYPE_CHECKING:
    from .case import Case


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def asking(self, actor: Staff) -> Self:
        """The places this person can fill now, in cases of every agency."""
        whose = models.Q(who__in=sorted(actor.roles))
        if not actor.roles.isdisjoint(ACTING):
            unit = models.Q(unit_id__in=actor.unit_ids) if actor.unit_ids else models.Q(unit__isnull=False)
            whose |= unit | models.Q(who__startswith=PARTY)
        open_ = self.filter(agency_id=actor.agency_id, verdict="", closed_at=None, asked_at__isnull=False)
        return open_.filter(whose)


class Approval(models.Model):
    """One place of one round of an approval: asked from `asked_at` on, decided, or closed with its round.

    `who` is as declared; `agency` and `unit` are whose desk it is. `name` is empty where a unit is asked for its
    opinion only (`opinions`), on which no step depends.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="approvals")
    name = models.CharField(max_length=40, blank=True)
    round = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, blank=True)
    # As events have it: no foreign key, for whoever has gone since.
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name", "round", "place"], name="approval_place_once")
        ]
        indexes = [
            models.Index(
                fields=["agency", "who"],
                condition=models.Q(verdict="", closed_at=None),
                name="approval_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name or 'opinion'} of {self.who} on case {self.case_id}"

    @property
    def is_open(self) -> bool:
        """Whether somebody is being asked now."""
        return not self.verdict and self.closed_at is None and self.asked_at is not None


def standing(case: "Case") -> "list[Approval]":
    """The rounds that are not over: every place of them, decided or not. Read once per event."""
    known = case.__dict__.get("_standing")
    if known is None or known[0] != case.number_of_events:
        known = case.number_of_events, _standing.all(case_id=case.pk)
        case.__dict__["_standing"] = known
    return list(known[1])


_standing = Prepared(
    lambda: Approval.objects.filter(
        case_id=blank(Approval, "case", "case_id"), closed_at=None
    ).select_related("unit")
)
