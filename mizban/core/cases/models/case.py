"""The case row: what lists, queues and doors need; everything personal is sealed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases import opening, taking
from mizban.core.declarations.grammar import Declaration, State, Target
from mizban.core.events.models import Event, EventQuerySet
from mizban.core.people.actors import Actor, Guest, Staff, System
from mizban.core.people.models import User
from mizban.core.sealing import cipher, keys

from .party import Party
from .services import Offering, ServiceVersion

if TYPE_CHECKING:
    from mizban.core.cases.opening import Opened
    from mizban.core.declarations.applicants import Applicant

    from .files import CaseFile

SUBJECT = "case"


class Channel(models.TextChoices):
    """How the case came in; what staff file for somebody is marked as such."""

    PORTAL = "portal", "درگاه"
    COUNTER = "counter", "حضوری، در پیشخوان"
    PHONE = "phone", "تلفنی"


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """The only way any door reads cases: what this actor may see, and nothing else.

        A unit's staff see their unit's cases and those assigned to them; roles without a unit see the agency's. Staff
        of another agency see a case from the moment a step makes their agency a party.
        """
        match actor:
            case System():
                return self
            case Guest():
                return self.filter(pk=actor.case_id)
            case Staff():
                mine = models.Q(agency_id=actor.agency_id)
                if actor.unit_ids:
                    mine &= models.Q(unit_id__in=actor.unit_ids) | models.Q(assignee_id=actor.user_id)
                ours = Party.objects.filter(agency_id=actor.agency_id).values("case_id")
                return self.filter(mine | models.Q(pk__in=ours))
            case _:
                return self.none()

    def open(self) -> Self:
        return self.filter(is_open=True)

    def waiting_for_office(self) -> Self:
        return self.filter(is_open=True, turn="office")

    def waiting_for_applicant(self) -> Self:
        return self.filter(is_open=True, turn="applicant")

    def assigned_to(self, user_id: int) -> Self:
        return self.filter(assignee_id=user_id)

    def late(self, *, at: datetime) -> Self:
        """Open, unanswered and past due."""
        return self.filter(is_open=True, answered_at=None, due_at__lt=at)

    def filed_by(self, indexes: Iterable[bytes]) -> Self:
        """Cases whose applicant has one of these blind indexes (`sealing.keys.blind`)."""
        return self.filter(parties__role="applicant", parties__identifier_index__in=list(indexes))

    def on(self, shelf: models.Q) -> Self:
        """Those on one of the `shelves` of a queue."""
        return self.filter(shelf)

    def tally(self, shelves: Mapping[str, models.Q]) -> dict[str, int]:
        """How many cases stand on each shelf, in one query."""
        return self.aggregate(**{name: models.Count("pk", filter=shelf) for name, shelf in shelves.items()})

    def most_urgent_first(self) -> Self:
        """What waits for the office by due date, then what waits for others, then the answered."""
        unanswered_first = models.F("answered_at").asc(nulls_first=True)
        return self.order_by(unanswered_first, models.F("due_at").asc(nulls_last=True), "id")

    def for_lists(self) -> Self:
        return self.select_related("version", "unit", "assignee").prefetch_related("parties")


class Case(models.Model):
    """One request of one applicant. `number_of_events` guards every change; `head` is the hash of the last event."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="cases")
    version = models.ForeignKey(ServiceVersion, on_delete=models.PROTECT, related_name="cases")
    # The agreement version accepted at filing. No foreign key: agreements live a floor above cases.
    agreement_version = models.BigIntegerField(null=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="cases")
    assignee = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="cases")
    code = models.CharField(max_length=12, unique=True)
    password_hash = models.BinaryField()
    token_hash = models.BinaryField(null=True, unique=True)
    content_hash = models.BinaryField(null=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.PORTAL)
    state = models.CharField(max_length=40)
    turn = models.CharField(max_length=10)
    is_open = models.BooleanField(default=True)
    plain = models.JSONField(default=dict)
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_calendar = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    number_of_events = models.PositiveIntegerField()
    head = models.BinaryField()
    wrapped_key = models.BinaryField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "is_open", "answered_at", "due_at", "id"], name="case_queue"),
            models.Index(fields=["assignee", "is_open"], name="case_by_assignee"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def declaration(self) -> Declaration:
        """The declaration this case was filed under; it never changes under a running case."""
        return self.version.declaration

    @property
    def state_now(self) -> State:
        return self.declaration.states[self.state]

    @property
    def target(self) -> Target:
        """The promise this case was filed under."""
        return self.declaration.target_of(self.plain)

    def roles_of(self, agency_id: int) -> set[str]:
        """The parts an agency has in this case."""
        return {party.role for party in self.parties.all() if party.agency_id == agency_id}

    @property
    def title(self) -> str:
        """What lists call the case: its kind where the form asks for one, else the service's title."""
        field = self.declaration.field(self.declaration.title_from)
        chosen = self.plain.get(field.name) if field else None
        return field.label_of(chosen) if field and chosen else self.declaration.title

    @property
    def key(self) -> bytes:
        """The case's own key. Raises BrokenSeal once it was destroyed."""
        if self.wrapped_key is None:
            raise cipher.BrokenSeal("the key of this case was destroyed")
        return keys.unwrap(self.agency_id, bytes(self.wrapped_key))

    @property
    def events(self) -> EventQuerySet:
        """What happened, oldest first."""
        return Event.objects.about(SUBJECT, self.pk)

    @property
    def was_in_time(self) -> bool | None:
        """Whether the answer came by the due date; None while there is none."""
        if self.answered_at is None or self.due_at is None:
            return None
        return self.answered_at <= self.due_at

    def is_late(self, *, at: datetime) -> bool:
        return self.answered_at is None and self.is_open and self.due_at is not None and self.due_at < at

    @classmethod
    def open(
        cls,
        offering: Offering,
        *,
        by: Actor,
        applicant: "Applicant",
        answers: Mapping[str, Any],
        at: datetime,
        files: "Mapping[str, Sequence[CaseFile]] | None" = None,
        channel: str = Channel.PORTAL,
        agreement_version: int | None = None,
        token: str | None = None,
    ) -> "Opened":
        """File a case. See `opening.open_case`."""
        return opening.open_case(
            offering,
            by=by,
            applicant=applicant,
            answers=answers,
            at=at,
            files=files or {},
            channel=channel,
            agreement_version=agreement_version,
            token=token,
        )

    def take(
        self,
        step: str,
        *,
        by: Actor,
        at: datetime,
        answers: Mapping[str, Any] | None = None,
        files: "Mapping[str, Sequence[CaseFile]] | None" = None,
        seen: int | None = None,
    ) -> Event:
        """Take a step: the only way a case changes. See `taking.take`."""
        return taking.take(self, step, by=by, at=at, answers=answers or {}, files=files or {}, seen=seen)
