"""Every clock of a case with the whole of its arithmetic: what pages and programs explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from mizban.core.cases.clocks.clock import Stop, clock_of
from mizban.core.cases.clocks.deadlines import Deadline, deadlines
from mizban.core.cases.models import Case
from mizban.core.cases.sentences import spoken
from mizban.core.events.models import Event
from mizban.office.calendar import deadlines as counting
from mizban.office.calendar.clock import whole
from mizban.office.calendar.current import calendar_at, calendar_of
from mizban.office.calendar.days import MINUTE, WorkingCalendar
from mizban.office.calendar.deadlines import Amount, Step
from mizban.office.calendar.splitting import Share, shares

from .words import with_persian_digits


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline, its account step by step, and the referrals that went by without stopping it.

    `is_exact` is False where the due date was counted with a calendar that is not at hand any more.
    """

    deadline: Deadline
    counted: counting.Deadline
    steps: tuple[Step, ...]
    referrals: tuple[Event, ...]
    calendar: WorkingCalendar
    is_exact: bool

    @property
    def within(self) -> Amount:
        """What was promised."""
        target = self.deadline.target
        return target.within if target.unit == "working_days" else target.within * MINUTE

    @property
    def used(self) -> Amount:
        """What was counted of it, up to the due date, the end, or the pause it stands in."""
        counted = [step.amount for step in self.steps if step.kind == "counted" and step.amount is not None]
        return sum(counted[1:], start=counted[0]) if counted else type(self.within)(0)

    @property
    def left(self) -> Amount:
        """What was not: together they are what was promised."""
        return cast("timedelta", self.within) - cast("timedelta", self.used)


def clocks(case: Case, events: Sequence[Event], *, with_texts: bool) -> list[Clock]:
    """The clocks of a case, the promise first; `events` are all of them, oldest first.

    `with_texts` False leaves out what was asked for when a clock stopped.
    """
    found = deadlines(case.declaration, case.plain, events, clock_of(case.agency_id))
    return [_clock(case, events, deadline, with_texts=with_texts) for deadline in found]


def shares_of(case: Case, events: Sequence[Event], *, now: datetime) -> list[Share]:
    """With whom the case was, from the filing until the answer, its close, or now."""
    unit = case.unit.name if case.unit else case.agency.short_name
    return shares(
        case.declaration,
        events,
        unit=unit,
        until=case.answered_at or now,
        calendar=calendar_of(case.agency_id),
    )


def _clock(case: Case, events: Sequence[Event], deadline: Deadline, *, with_texts: bool) -> Clock:
    calendar = _calendar(case, events, deadline)
    stops = [_with_reason(case, events, stop, with_texts=with_texts) for stop in deadline.stops]
    counted = whole(deadline.target, filed_at=deadline.started_at, stops=stops, calendar=calendar)
    until = deadline.ended_at
    last = until or counted.due_at
    referrals = [
        event
        for event in events
        if event.kind == "referred" and deadline.started_at <= event.at <= (last or event.at)
    ]
    return Clock(
        deadline=deadline,
        counted=counted,
        steps=tuple(counting.account(counted, ended_at=until, calendar=calendar)),
        referrals=tuple(referrals),
        calendar=calendar,
        is_exact=counted.due_at == deadline.due_at,
    )


def _calendar(case: Case, events: Sequence[Event], deadline: Deadline) -> WorkingCalendar:
    """The calendar the deadline was last counted with: what was told is not changed by closures announced later."""
    told = [
        event.at for event in events if event.kind == "breached" and event.facts["since"] == deadline.number
    ]
    fixed_at = told[0] if deadline.is_breached and told else deadline.ended_at
    if fixed_at is None or deadline.due_at is None:
        return calendar_of(case.agency_id)
    return calendar_at(case.agency_id, fixed_at)


def _with_reason(case: Case, events: Sequence[Event], stop: Stop, *, with_texts: bool) -> Stop:
    """The same stop, called by what people read: where the case stood, and what was asked for."""
    state = case.declaration.states.get(stop.state)
    reason = (state.waits_for or state.label) if state else ""
    asked = [event for event in events if event.at == stop.from_at and event.facts.get("to") == stop.state]
    if with_texts and asked and (said := spoken(case, asked[0]).said):
        words = "؛ ".join(text for _, text in said if text)
        reason = f"{reason}: {with_persian_digits(words)}"
    return Stop(stop.from_at, stop.until_at, reason)
