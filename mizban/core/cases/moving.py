"""Moving a running case to another version of its service: a recorded act of the site officer, told to everybody."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import Declaration
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Role
from mizban.core.refusals import FormRefused, NotYours, Refusal
from mizban.lib.text import persian_digits

from .clocks.clock import clock_of
from .clocks.deadlines import Happening, times
from .inhouse.assigning import CaseClosed
from .inhouse.inside import REASON_TO_MOVE
from .models.approvals import standing
from .models.services import Offering, ServiceVersion
from .publishing import publications
from .writing import record, refuse_if_behind

if TYPE_CHECKING:
    from .models import Case


class DoesNotFit(Refusal):
    """The other version cannot take the case on as it stands."""

    code = "version-does-not-fit"
    status = 409
    message = "این پرونده در آن نسخه جایی ندارد."


def may_move(case: "Case", by: Actor) -> bool:
    """A site officer of the case's own agency, while the case is open."""
    return (
        isinstance(by, Staff)
        and by.agency_id == case.agency_id
        and Role.SITE_OFFICER in by.roles
        and case.is_open
    )


def other_versions(case: "Case") -> list[ServiceVersion]:
    """Where the case could go: what its agency offered under this name, but for the version it has."""
    offering = Offering.objects.with_versions().get(pk=case.offering_id)
    found = [publication.version for publication in publications(offering)]
    return [version for version in found if version.pk != case.version_id]


def questions(versions: Sequence[ServiceVersion]) -> tuple[Field, ...]:
    """The form of a move to one of these versions."""
    options = tuple(
        Option(str(version.number), f"نسخهٔ {persian_digits(str(version.number))}") for version in versions
    )
    return Field("version", "choice", "به کدام نسخه؟", options=options), REASON_TO_MOVE


def move(
    case: "Case", *, by: Staff, at: datetime, answers: Mapping[str, Any], seen: int | None = None
) -> Event:
    """Put the case under another version from now on; what happened before stays told as it was.

    The due date is computed anew from the case's events under the new version, and the event says both dates.
    Raises NotYours, CaseClosed, ActedFirst, FormRefused, and DoesNotFit where the new version lacks what the case
    stands in or would read its past pauses otherwise.
    """
    if not case.is_open:
        raise CaseClosed
    if not may_move(case, by):
        raise NotYours
    refuse_if_behind(case, seen, by=by)
    versions = other_versions(case)
    filled = fill(questions(versions), answers)
    if filled.errors:
        raise FormRefused(filled.errors)
    version = next(each for each in versions if str(each.number) == filled.answers["version"])
    before, after = case.declaration, version.declaration
    events = list(case.events.defer("sealed"))
    _refuse_misfit(case, before, after)
    _refuse_other_past(case, after, events)
    return _record(case, version, events, by=by, at=at, reason=filled.answers["reason"])


def _refuse_misfit(case: "Case", before: Declaration, after: Declaration) -> None:
    here, there = before.states[case.state], after.states.get(case.state)
    if there is None:
        raise DoesNotFit(
            f"حالت «{here.label}» که پرونده در آن است، در آن نسخه نیست. نخست گام بعد را بردارید."
        )
    if there.closed:
        raise DoesNotFit(f"در آن نسخه، حالت «{here.label}» پایان کار است؛ این پرونده هنوز باز است.")
    for name in {place.name for place in standing(case)}:
        if before.approvals[name] != after.approvals.get(name):
            raise DoesNotFit(
                f"تأیید «{before.approvals[name].label}» در جریان است و در آن نسخه جور دیگری است."
            )


def _refuse_other_past(case: "Case", after: Declaration, events: Sequence[Event]) -> None:
    """What has passed is not counted otherwise: the clock stood in the same states, no step becomes the answer."""
    passed = [(event, event.facts.get("to", "")) for event in events if event.facts.get("to")]
    states = [case.declaration_at(event.number).states[name] for event, name in passed]
    has_stood = any(state.clock_stopped for state in states)
    for was in states:
        now = after.states.get(was.name)
        if (now is None and has_stood) or was.clock_stopped != bool(now and now.clock_stopped):
            raise DoesNotFit(
                f"در آن نسخه، ساعت در حالت «{was.label}» جور دیگری می‌گذرد؛ آنچه گذشته است عوض نمی‌شود."
            )


def _record(
    case: "Case", version: ServiceVersion, events: Sequence[Event], *, by: Staff, at: datetime, reason: str
) -> Event:
    state = version.declaration.states[case.state]
    moves = [*(case.moves or ()), [case.number_of_events + 1, case.version_id]]
    changes: dict[str, Any] = {"version_id": version.pk, "moves": moves, "turn": state.turn}
    changes |= _times(case, version.declaration, events, at=at)
    facts: dict[str, Any] = {"from_version": case.version.number, "to_version": version.number}
    if "due_at" in changes and changes["due_at"] != case.due_at:
        facts |= {"due_before": _iso(case.due_at), "due_after": _iso(changes["due_at"])}
    event = record(
        case, "moved", by=by, at=at, facts=facts, sealed={"answers": {"reason": reason}}, **changes
    )
    case.version = version
    return event


def _times(case: "Case", after: Declaration, events: Sequence[Event], *, at: datetime) -> dict[str, Any]:
    """The clocks under the other version. Raises DoesNotFit where a step taken before would be the answer."""
    moved = Happening(case.number_of_events + 1, at, "moved", {})
    found = times(after, case.plain, [*events, moved], clock_of(case.agency_id))
    if case.answered_at is not None:
        return {"wake_at": found.wake_at}
    if found.is_answered:
        raise DoesNotFit(
            "در آن نسخه، گامی که پیش‌تر برداشته شده پاسخ به شمار می‌آید؛ آنچه گذشته است عوض نمی‌شود."
        )
    return {"due_at": found.due_at, "due_calendar": found.due_calendar, "wake_at": found.wake_at}


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
