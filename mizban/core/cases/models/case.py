"""The case row: what lists, queues and doors need; everything personal is sealed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.filing import opening
from mizban.core.cases.steps import taking
from mizban.core.declarations.grammar import MERGED, Declaration, State, Target
from mizban.core.events.models import Event, EventQuerySet, history
from mizban.core.people.actors import Actor, Guest, Staff, System
from mizban.core.people.models import User
from mizban.core.sealing import cipher, keys

from .party import Party
from .services import Offering, ServiceVersion
from .words import CaseWord

if TYPE_CHECKING:
    from mizban.core.cases.filing.opening import Opened
    from mizban.core.declarations.applicants import Applicant

    from .files import CaseFile

SUBJECT = "case"
# Where a queue puts what has no running deadline: after every date that can be promised.
PAUSED_AT = datetime(9000, 1, 1, tzinfo=UTC)
ANSWERED_AT = datetime(9500, 1, 1, tzinfo=UTC)


class Channel(models.TextChoices):
    """How the case came in; what staff file for somebody is marked as such."""

    PORTAL = "portal", "درگاه"
    COUNTER = "counter", "حضوری، در پیشخوان"
    PHONE = "phone", "تلفنی"


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """The only way any door reads cases: what this actor may see, and nothing else.

        A unit's staff see their unit's cases and those assigned to them; roles without a unit see the agency's. Staff
        of another agency see a case from the moment a step makes their agency a party; its inspectors do not.
        """
        match actor:
            case System():
                return self
            case Guest():
                return self.filter(pk=actor.case_id)
            case Staff() if actor.inspects:
                return self.filter(agency_id=actor.agency_id)
            case Staff():
                ours = Party.objects.filter(agency_id=actor.agency_id)
                if actor.unit_ids:
                    # A unit that is asked for its word sees the case, its colleagues of other units not yet.
                    ours = ours.filter(models.Q(unit=None) | models.Q(unit_id__in=actor.unit_ids))
                return self.filter(_in_house(actor) | models.Q(pk__in=ours.values("case_id")))
            case _:
                return self.none()

    def in_house_for(self, actor: Staff) -> Self:
        """The part of `visible_to` that was filed at the actor's own agency: what a queue is made of."""
        return self.filter(_in_house(actor))

    def parts_for(self, actor: Staff) -> list[Self]:
        """`in_house_for` in parts that together are all of it: the whole, or that of each unit and of each desk."""
        home = self.filter(agency_id=actor.agency_id)
        if not actor.unit_ids:
            return [home]
        units = [home.filter(unit_id=unit) for unit in actor.unit_ids]
        return units + [home.filter(assignee_id=desk) for desk in actor.desks]

    def elsewhere(self, agency: Agency) -> Self:
        """What was filed at other agencies and has this one as a party."""
        parts = Party.objects.filter(agency=agency).values("case_id")
        return self.exclude(agency=agency).filter(pk__in=parts)

    def filed_by(self, indexes: Iterable[bytes]) -> Self:
        """Cases whose applicant has one of these blind indexes (`sealing.keys.blind`)."""
        return self.filter(parties__role="applicant", parties__identifier_index__in=list(indexes))

    def with_words(self, tokens: Iterable[bytes]) -> Self:
        """Cases that have every one of these words (`words.tokens`)."""
        found = self
        for token in tokens:
            found = found.filter(pk__in=CaseWord.objects.filter(token=token).values("case_id"))
        return found

    def of_kind(self, question: str, value: str) -> Self:
        """Cases that answered a plain question so."""
        return self.alias(chosen_kind=KeyTransform(question, "plain")).filter(chosen_kind=value)

    def on(self, shelf: models.Q) -> Self:
        """Those on one of the `shelves` of a queue."""
        return self.filter(shelf)

    def to_wake(self, *, at: datetime) -> Self:
        """Cases to which something happens by itself by now, the longest waiting first."""
        joined = self.select_related("agency", "version", "unit").defer("version__source")
        return joined.filter(wake_at__lte=at).order_by("wake_at")

    def most_urgent_first(self) -> Self:
        """What waits for the office by due date, then what waits for others, then the answered."""
        return self.order_by("queue_at", "id")

    def for_lists(self) -> Self:
        """With what a row shows. The text of a declaration is read once a process, not once a row."""
        joined = self.select_related("agency", "version", "unit", "assignee")
        return joined.defer("version__source").prefetch_related("parties")


def _in_house(actor: Staff) -> models.Q:
    """What staff see of their own agency: all of it, or their units' cases and those assigned to them."""
    mine = models.Q(agency_id=actor.agency_id)
    if actor.unit_ids:
        mine &= models.Q(unit_id__in=actor.unit_ids) | models.Q(assignee_id__in=actor.desks)
    return mine


class Case(models.Model):
    """One request of one applicant. `number_of_events` guards every change; `head` is the hash of the last event."""

    # No index of their own: those below begin with them, or are the better way (a unit's cases in the queue's order).
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases", db_index=False)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="cases")
    version = models.ForeignKey(ServiceVersion, on_delete=models.PROTECT, related_name="cases")
    # The agreement version accepted at filing. No foreign key: agreements live a floor above cases.
    agreement_version = models.BigIntegerField(null=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="cases", db_index=False)
    assignee = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
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
    # When something happens to the case by itself: a warning, a breach, a step of the system (`waking`).
    wake_at = models.DateTimeField(null=True)
    # Where queues place the case: its due date, else a time after all of them. Computed by the database, never null.
    queue_at = models.GeneratedField(
        expression=models.Case(
            models.When(answered_at__isnull=False, then=models.Value(ANSWERED_AT)),
            default=Coalesce("due_at", models.Value(PAUSED_AT)),
            output_field=models.DateTimeField(),
        ),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    number_of_events = models.PositiveIntegerField()
    head = models.BinaryField()
    # Of a case that was moved to other versions: pairs of an event's number and the version that held before it.
    moves = models.JSONField(null=True)
    wrapped_key = models.BinaryField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            # The last five are not looked up: shelves are counted and filtered without touching the rows.
            models.Index(
                fields=[
                    *("agency", "is_open", "queue_at", "id"),
                    *("unit", "assignee", "turn", "version", "state"),
                ],
                name="case_queue",
            ),
            # A unit's or a person's own part of the queue, in its order: in an agency's they may stand far behind.
            models.Index(fields=["agency", "unit", "is_open", "queue_at", "id"], name="case_by_unit"),
            models.Index(fields=["assignee", "is_open", "queue_at", "id"], name="case_by_assignee"),
            # What has nothing to wake for is not in it, so that a sweep reads what is due and no more.
            models.Index(fields=["wake_at"], name="case_to_wake", condition=models.Q(wake_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def declaration(self) -> Declaration:
        """The declaration this case stands under: the one it was filed with, unless it was moved (`moving`)."""
        here = self.__dict__
        known = here.get("_declared")
        if known is None or known[0] != here.get("version_id"):
            known = here["_declared"] = self.version_id, self.version.declaration
        found: Declaration = known[1]
        return found

    def declaration_at(self, number: int) -> Declaration:
        """The declaration that held when the event of this number happened."""
        for moved, version_id in self.moves or ():
            if number < moved:
                return ServiceVersion.declared(version_id)
        return self.declaration

    @property
    def state_now(self) -> State:
        return self.declaration.state(self.state) or MERGED

    @property
    def target(self) -> Target:
        """The promise this case was filed under."""
        return self.declaration.target_of(self.plain)

    def roles_of(self, agency_id: int) -> set[str]:
        """The parts an agency has in this case."""
        return {party.role for party in Party.of(self) if party.agency_id == agency_id}

    @property
    def title(self) -> str:
        """What lists call the case: its kind where the form asks for one, else the service's title."""
        declared = self.declaration
        field = declared.field(declared.title_from)
        chosen = self.plain.get(field.name) if field else None
        return field.label_of(chosen) if field and chosen else declared.title

    @property
    def key(self) -> bytes:
        """The case's own key. Raises BrokenSeal once it was destroyed."""
        if self.wrapped_key is None:
            raise cipher.BrokenSeal("the key of this case was destroyed")
        known = self.__dict__.get("_key")
        if known is None or known[0] is not self.wrapped_key:
            known = self.__dict__["_key"] = self.wrapped_key, keys.unwrap(self.agency_id, self.wrapped_key)
        key: bytes = known[1]
        return key

    @property
    def events(self) -> EventQuerySet:
        """What happened, oldest first."""
        return Event.objects.about(SUBJECT, self.pk)

    def history(self) -> list[Event]:
        """What happened, oldest first, read at once, and once for as long as nothing more happens."""
        known = self.__dict__.get("_history")
        if known is None or known[0] != self.number_of_events:
            known = self.number_of_events, history(SUBJECT, self.pk)
            self.__dict__["_history"] = known
        return list(known[1])

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
        upload_ids: Sequence[int] = (),
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
            upload_ids=upload_ids,
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
