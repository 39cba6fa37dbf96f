"""Signs that a clock was played with: what an event of a case looks like in the light of those before it.

A sign is a reason to look, no verdict: each of these has honest causes too. Nothing is thrown away here that a lower
threshold of the office would show (`Policy`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from mizban.core.cases.clocks.clock import AgencyClock
from mizban.core.cases.clocks.deadlines import deadlines
from mizban.core.cases.models import Case
from mizban.core.cases.steps.mending import ITEMS
from mizban.core.cases.writing import opened
from mizban.core.declarations.grammar import Declaration, State, Step
from mizban.core.declarations.items import read_items
from mizban.core.events.models import Event
from mizban.core.sealing.cipher import BrokenSeal
from mizban.office.calendar.days import MINUTE, WorkingCalendar
from mizban.office.calendar.timetable import DAY

UNNAMED, NEAR, REOPENED, SUPPLIED, BRIEF, CLOSING = (
    "unnamed",
    "near",
    "reopened",
    "supplied",
    "brief",
    "closing",
)
LONGEST_REOPENING = timedelta(days=90)
BEFORE_CLOSING = 120


@dataclass(frozen=True, slots=True)
class Found:
    """One sign: its kind, and the measure a threshold is held against."""

    kind: str
    measure: int = 0


def signs(
    case: Case, events: Sequence[Event], event: Event, *, clock: AgencyClock, calendar: WorkingCalendar
) -> list[Found]:
    """What this event is a sign of; `events` are all of the case, oldest first."""
    declaration = case.declaration_at(event.number)
    before = [each for each in events if each.number < event.number]
    was = _state(declaration, before)
    to = declaration.state(event.facts.get("to", ""))
    step = declaration.steps.get(event.facts.get("step", ""))
    if was is None or to is None or step is None or event.actor_kind != "staff":
        return []
    if was.closed and not to.closed:
        return list(_reopened(before, event))
    if to.clock_stopped and not was.clock_stopped and not was.closed:
        return [*_pause(case, before, event, step, to), *_near(case, before, event, clock, calendar)]
    if was.clock_stopped and not to.clock_stopped and not to.closed:
        return list(_brief(before, event, calendar))
    return []


def _state(declaration: Declaration, events: Sequence[Event]) -> State | None:
    return next(
        (declaration.state(each.facts["to"]) for each in reversed(events) if "to" in each.facts), None
    )


def _pause(case: Case, before: Sequence[Event], event: Event, step: Step, to: State) -> Iterator[Found]:
    """Nothing is named to wait for, or what was named and supplied before is asked again."""
    names = any(field.kind == ITEMS for field in step.form)
    if not names and not to.waits_for:
        yield Found(UNNAMED)
    again = _items(case, event) & {item for each in before for item in _items(case, each)}
    supplied = any(each.facts.get("step") and each.actor_kind == "guest" for each in before)
    if again and supplied:
        yield Found(SUPPLIED, len(again))


def _items(case: Case, event: Event) -> frozenset[str]:
    """What a return named; nothing of one whose text was erased."""
    step = case.declaration_at(event.number).steps.get(event.facts.get("step", ""))
    listed = next((field for field in step.form if field.kind == ITEMS), None) if step else None
    if listed is None:
        return frozenset()
    try:
        raw = opened(event, case.key).get("answers", {}).get(listed.name, [])
    except BrokenSeal:
        return frozenset()
    return frozenset(item.field or item.label for item in read_items(raw))


def _near(
    case: Case, before: Sequence[Event], event: Event, clock: AgencyClock, calendar: WorkingCalendar
) -> Iterator[Found]:
    """Shortly before the deadline, and shortly before the office closes."""
    due_at = deadlines(case.declaration, case.plain, before, clock)[0].due_at
    if due_at and event.at <= due_at:
        left = calendar.working_minutes_between(event.at, due_at)
        if left <= calendar.minutes_per_day:
            yield Found(NEAR, round(left))
    day = calendar.day_of(event.at)
    if calendar.is_working_day(day):
        left = (calendar.close_of(day) - event.at) / MINUTE
        if 0 <= left <= BEFORE_CLOSING:
            yield Found(CLOSING, round(left))


def _reopened(before: Sequence[Event], event: Event) -> Iterator[Found]:
    closed = next(each for each in reversed(before) if "to" in each.facts)
    apart = event.at - closed.at
    if apart <= LONGEST_REOPENING:
        yield Found(REOPENED, apart // DAY)


def _brief(before: Sequence[Event], event: Event, calendar: WorkingCalendar) -> Iterator[Found]:
    """The clock was stopped and started again by one person, without a word of who was waited for."""
    stopped = next(each for each in reversed(before) if "to" in each.facts)
    if stopped.actor_kind == "staff" and stopped.actor_id == event.actor_id:
        yield Found(BRIEF, round(calendar.working_minutes_between(stopped.at, event.at)))
