"""A draft: an uploaded text, or the successor of a version, on its way to signatures. Only the office sees it."""

from typing import Any, Self

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Role, User

# Who keeps an office's agreements.
KEEPERS = frozenset({Role.DIRECTOR, Role.SITE_OFFICER})


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's own agency, for those who keep its agreements."""
        if not isinstance(actor, Staff) or actor.roles.isdisjoint(KEEPERS):
            return self.none()
        return self.filter(agency_id=actor.agency_id).select_related("agency", "agreement", "counterpart")

    def open(self) -> Self:
        """Not sent for signature, the newest first."""
        return self.filter(version=None).order_by("-id")


class Draft(models.Model):
    """What becomes a version. `reading` is what the reader found in `source`; `clauses` is the officer's working copy.

    Each clause is a reading's with `owner`, `measure`, `unmeasurable`, `confirmed` and the `section` it stands in.
    `revision` counts the changes: of two officers at once one is told.
    """

    class State(models.TextChoices):
        """How far the reader is."""

        WAITING = "waiting", "در حال خواندن"
        READ = "read", "خوانده شد"
        FAILED = "failed", "خوانده نشد"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        "agreements.Agreement", null=True, on_delete=models.PROTECT, related_name="drafts"
    )
    version = models.OneToOneField(
        "agreements.AgreementVersion", null=True, on_delete=models.SET_NULL, related_name="draft"
    )
    file_name = models.CharField(max_length=120, blank=True)
    file = models.BinaryField(null=True)
    file_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    job_id = models.UUIDField(null=True)
    why = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    reading = models.JSONField(default=dict)
    clauses = models.JSONField(default=list)
    title = models.CharField(max_length=300, blank=True)
    services = models.JSONField(default=list)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    holdover = models.BooleanField(default=False)
    counterpart = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    def clause(self, ref: str) -> dict[str, Any] | None:
        return next((each for each in self.clauses if each["id"] == ref), None)
