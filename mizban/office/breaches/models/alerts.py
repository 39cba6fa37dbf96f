"""A deadline that is near or broken, one row each, for the list of warnings."""

from typing import Self

from django.db import models
from django.db.models import F

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.actors import Actor, Staff

# As a value of a list: a bare boolean column is no condition an index of SQLite is entered by.
NOT_OVER = models.Q(is_over__in=[False])


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the cases a person of the case's own agency sees in the queue."""
        if not isinstance(actor, Staff):
            return self.none()
        mine = self.filter(agency_id=actor.agency_id)
        return mine.filter(case__in=Case.objects.in_house_for(actor)) if actor.unit_ids else mine

    def standing(self) -> Self:
        """Those whose deadline still runs, or broke and waits for its answer."""
        return self.filter(NOT_OVER, case__is_open=True)

    def of_the_case(self) -> models.Exists:
        """Whether a case has a warning, for a shelf of the queue that says itself what is open.

        Asked of each case until enough are found: all warnings of an agency are thousands.
        """
        return models.Exists(self.filter(NOT_OVER, case=models.OuterRef("pk")))

    def behind(self) -> Self:
        """Those whose case went on since they were last looked at."""
        return self.filter(is_over=False).exclude(seen=F("case__number_of_events"))


class Alert(models.Model):
    """One deadline of one case, known by its target and the event it started with; `share` is 50, 80 or 100 (broken).

    `due_at` is as it was told; `seen` is how many events the case had when this row was last looked at.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="alerts", db_index=False)
    target = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    is_promise = models.BooleanField()
    since = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    seen = models.PositiveIntegerField()
    is_over = models.BooleanField(default=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "target", "since"], name="alert_per_deadline")]
        indexes = [
            models.Index(fields=["agency", "is_over", "due_at"], name="alert_list"),
            # Of all there ever were, the worker looks at those that stand.
            models.Index(fields=["case"], name="alert_standing", condition=models.Q(is_over=False)),
        ]

    def __str__(self) -> str:
        return f"{self.target} of case {self.case_id}: {self.share}"
