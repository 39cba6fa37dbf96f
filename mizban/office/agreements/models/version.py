"""One text of an agreement: where it stands, who signed it, and its clauses."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import User
from mizban.office.agreements import measures, states
from mizban.office.agreements.words import SIGNED_SIMPLY

if TYPE_CHECKING:
    from .agreement import Agreement


class Signature(models.TextChoices):
    """How a version came to be signed."""

    NOT_SEEN = "not-seen", "به‌گونه‌ای که منتشر شده؛ امضا دیده نشده است"
    SIMPLE = "simple", SIGNED_SIMPLY


class Standing(models.TextChoices):
    """What was done with a version; with today's date it gives the state (`states.state_of`)."""

    AWAITING = states.AWAITING, "در انتظار امضا"
    SIGNED = states.SIGNED, "امضاشده، در انتظار آغاز"
    IN_FORCE = states.IN_FORCE, "پابرجا"
    REPLACED = states.REPLACED, "جایگزین‌شده"
    RESCINDED = states.RESCINDED, "فسخ‌شده"
    ENDED = states.ENDED, "پایان‌داده"


TO_COME = (Standing.AWAITING, Standing.SIGNED)


class VersionQuerySet(models.QuerySet["AgreementVersion"]):
    def public(self) -> Self:
        """Signed by all its parties, or published on paper."""
        return self.exclude(standing=Standing.AWAITING)

    def visible_to(self, actor: Actor) -> Self:
        """What is public; staff of its parties also see what waits for their signatures."""
        if not isinstance(actor, Staff):
            return self.public()
        parts = models.Q(agreement__agency_id=actor.agency_id) | models.Q(counterpart_id=actor.agency_id)
        return self.filter(~models.Q(standing=Standing.AWAITING) | parts)

    def part_of(self, agency_id: int) -> Self:
        """Those this agency is a party of."""
        return self.filter(
            models.Q(agreement__agency_id=agency_id) | models.Q(counterpart_id=agency_id)
        ).select_related("agreement__agency", "counterpart")


class AgreementVersion(models.Model):
    """One text of an agreement, and what was read in it (`reading.as_json`). Its text never changes.

    `holdover`: it says it binds past its last day. `in_force_on` and `closed_on` are the days it began and ceased to
    bind. `overrides` are the findings it was signed in spite of, each with the reason the public reads. `wake_on` is
    the day the worker next looks at it (`keeping.py`).
    """

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    services = models.JSONField(default=list)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    reading = models.JSONField()
    signature = models.CharField(max_length=20, choices=Signature, default=Signature.NOT_SEEN)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.IN_FORCE)
    counterpart = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    holdover = models.BooleanField(default=False)
    overrides = models.JSONField(default=list)
    entered_at = models.DateTimeField()
    in_force_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    wake_on = models.DateField(null=True, db_index=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(standing=Standing.IN_FORCE),
                name="agreement_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(standing__in=TO_COME),
                name="agreement_to_come_once",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.agreement_id} v{self.number}"

    @property
    def is_public(self) -> bool:
        return self.standing != Standing.AWAITING

    def state(self, *, today: date) -> str:
        """One of `states.STATES`; `today` is Tehran's date."""
        return states.state_of(self.standing, self.valid_until, holdover=self.holdover, today=today)

    def binds(self, *, today: date) -> bool:
        """Whether what is filed today is filed under it."""
        return self.state(today=today) in states.BINDING

    @property
    def parties(self) -> list[Agency]:
        """Whose directors sign: the office, and the other organisation of a G2G agreement."""
        return [self.agreement.agency, *([self.counterpart] if self.counterpart else [])]

    @property
    def response_target(self) -> dict[str, Any] | None:
        """The number it promises an answer within, {"value", "unit"}; None where it names none."""
        owed = self.clauses.filter(kind__in=measures.RESPONSE_KINDS)
        return next((clause.target for clause in owed if clause.target), None)


class VersionSignature(models.Model):
    """The simple signature of one party: who, when, the hash of what was signed (`signing.document`), by which key."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="signatures")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    at = models.DateTimeField()
    document_hash = models.CharField(max_length=64)
    signature = models.BinaryField()
    public_key = models.BinaryField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version", "agency"], name="party_signs_once")]

    def __str__(self) -> str:
        return f"signature of agency {self.agency_id} under version {self.version_id}"


class Clause(models.Model):
    """One obligation of a version: its text, who owes it, where it stands in the text, who answers for it and how
    it is measured.

    `owner` is `unit:SLUG` or `role:ROLE`; `measure` a name of `measures.toml`; `unmeasurable` the reason a clause is
    openly not measured.
    """

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
    owner = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    unmeasurable = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="clause_position_once")]

    def __str__(self) -> str:
        return f"{self.ref} {self.kind}"


def clause_row(version: AgreementVersion, position: int, found: dict[str, Any]) -> Clause:
    """An unsaved clause from one of a reading, or of a draft, whose clauses say more."""
    return Clause(
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
        owner=found.get("owner", ""),
        measure=found.get("measure", measures.default_of(found["kind"])),
        unmeasurable=found.get("unmeasurable", ""),
    )


def entered(
    agreement: "Agreement",
    *,
    text: str,
    text_hash: str,
    reading: dict[str, Any],
    valid_until: date | None,
    at: datetime,
) -> AgreementVersion:
    """Store a text published on paper and its reading as the agreement's next version, in force, with its clauses."""
    day = at.date()
    last = agreement.versions.order_by("number").last()
    in_force = agreement.versions.filter(standing=Standing.IN_FORCE)
    in_force.update(standing=Standing.REPLACED, closed_on=day, wake_on=None)
    version = agreement.versions.create(
        number=last.number + 1 if last else 1,
        title=agreement.title,
        services=agreement.services,
        text=text,
        text_hash=text_hash,
        reading=reading,
        valid_until=valid_until,
        holdover=bool(reading["validity"]["holdover"]),
        entered_at=at,
        in_force_on=day,
        wake_on=states.next_look(valid_until, after=None),
    )
    Clause.objects.bulk_create(
        clause_row(version, position, found) for position, found in enumerate(reading["clauses"], start=1)
    )
    return version
