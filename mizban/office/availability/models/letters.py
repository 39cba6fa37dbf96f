"""The letter of telecom that an outage is counted by: sealed, never changed, known to the public by its hash."""

from typing import Self

from django.db import models

from mizban.core.people.actors import Actor, Staff

from .outages import Outage


class EvidenceLetterQuerySet(models.QuerySet["EvidenceLetter"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who may read it: everybody of the office, and its inspectors. (The public reads that it exists.)"""
        if not isinstance(actor, Staff):
            return self.none()
        return self.filter(outage__agency_id=actor.agency_id)


class EvidenceLetter(models.Model):
    """A file of an outage's evidence, encrypted in the file store; `sha256` is of the file as it was sent (hex)."""

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="letters")
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=100)
    sealed_name = models.BinaryField()
    wrapped_key = models.BinaryField()
    kept_by = models.CharField(max_length=100)
    kept_at = models.DateTimeField()

    objects = EvidenceLetterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["outage", "sha256"], name="evidence_letter_once")]

    def __str__(self) -> str:
        return f"letter {self.pk} of outage {self.outage_id}"
