"""An agreement, its versions, and the clauses of each version."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models

from mizban.core.agencies.models import Agency


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def of(self, agency: Agency) -> Self:
        """All agreements of an agency are public, in the order of their numbers."""
        return self.filter(agency=agency).order_by("number")

    def with_versions(self) -> Self:
        """With their offices and versions in two queries, the long texts left in the database."""
        versions = AgreementVersion.objects.defer("text", "reading")
        return (
            self.select_related("agency")
            .prefetch_related(models.Prefetch("versions", versions))
            .order_by("agency_id", "number")
        )

    def binding(self, agency: Agency, service: str) -> "AgreementVersion | None":
        """The version a case of this service is filed under; None for a service that runs under none."""
        agreement = next((each for each in self.of(agency) if service in each.services), None)
        return agreement.current if agreement else None


class Agreement(models.Model):
    """What an agency promises for one service; `number` counts from 1 within the agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    # Slugs of the services run under it. A slug, not a key: what is offered changes, what was promised stays.
    services = models.JSONField(default=list)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="agreement_number_once_per_agency")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def current(self) -> "AgreementVersion":
        """The version that binds now: the last one that entered."""
        # Not a query of its own: lists have the versions of all agreements at hand.
        return max(self.versions.all(), key=lambda version: version.number)


class Signature(models.TextChoices):
    """How a version came to be signed."""

    NOT_SEEN = "not-seen", "به‌گونه‌ای که منتشر شده؛ امضا دیده نشده است"


class AgreementVersion(models.Model):
    """One text of an agreement, as published, and what was read in it (`reading.as_json`)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    reading = models.JSONField()
    signature = models.CharField(max_length=20, choices=Signature, default=Signature.NOT_SEEN)
    valid_until = models.DateField(null=True)
    holdover = models.BooleanField(default=False)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return f"{self.agreement} v{self.number}"

    def state(self, *, today: date) -> str:
        """in-force, expired-in-force (past its date, but it says it binds until replaced) or expired."""
        if self.valid_until is None or today <= self.valid_until:
            return "in-force"
        return "expired-in-force" if self.holdover else "expired"


class Clause(models.Model):
    """One obligation of a version: its repaired text, who owes it, where it stands in the original."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    ref = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    text = models.TextField()
    obligor = models.CharField(max_length=20, blank=True)
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    target = models.JSONField(null=True)
    confidence = models.FloatField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="clause_position_once")]

    def __str__(self) -> str:
        return f"{self.ref} {self.kind}"


def entered(
    agreement: Agreement,
    *,
    text: str,
    text_hash: str,
    reading: dict[str, Any],
    valid_until: date | None,
    at: datetime,
) -> AgreementVersion:
    """Store a text and its reading as the agreement's next version, with its clauses."""
    last = agreement.versions.order_by("number").last()
    version = agreement.versions.create(
        number=last.number + 1 if last else 1,
        text=text,
        text_hash=text_hash,
        reading=reading,
        valid_until=valid_until,
        holdover=bool(reading["validity"]["holdover"]),
        entered_at=at,
    )
    Clause.objects.bulk_create(
        Clause(
            version=version,
            position=position,
            ref=str(found["id"]),
            kind=found["kind"],
            text=found["text"],
            obligor=found["obligor"] or "",
            first_line=found["lines"][0],
            last_line=found["lines"][1],
            target=found["target"],
            confidence=found["confidence"],
        )
        for position, found in enumerate(reading["clauses"], start=1)
    )
    return version
