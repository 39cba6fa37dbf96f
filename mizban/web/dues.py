"""The promise of a case as pages show it: the calendar leaf in its five states, and the chip of a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mizban.core.cases.clocks.clock import Stop, stops
from mizban.core.cases.models import Case
from mizban.core.events.models import Event
from mizban.kit.filters import fa, spoken
from mizban.kit.page import DueCard, State
from mizban.lib.jalali import spoken_time
from mizban.office.calendar.current import calendar_of
from mizban.office.calendar.days import WorkingCalendar
from mizban.office.calendar.deadlines import (
    Deadline,
    Pause,
    Target,
    deadline,
    due_if_answered,
    left,
    progress,
)

from .reasons import amount, reasons

MINUTE = timedelta(minutes=1)
OTHER_CALENDAR = "این موعد با تقویمی حساب شده است که در آن هنگام برقرار بود."


def due_card(
    case: Case,
    *,
    now: datetime,
    for_applicant: bool,
    events: Sequence[Event] | None = None,
    why_url: str = "",
) -> DueCard:
    """The case's promise at `now`; `events`, oldest first, where the caller has them already."""
    calendar = calendar_of(case.agency_id)
    history = case.history() if events is None else events
    promise = _Promise(
        case,
        _deadline(case, history, calendar),
        calendar,
        now,
        calendar.day_of(now),
        case.due_at if _was_told(case, history) else None,
    )
    card = _card(promise, history, for_applicant=for_applicant)
    return replace(card, why_url=why_url) if why_url else card


def _card(promise: "_Promise", history: Sequence[Event], *, for_applicant: bool) -> DueCard:
    case = promise.case
    if case.answered_at is not None:
        return _answered(promise, case.answered_at)
    if not case.is_open:
        # What is said of a closed case afterwards does not close it again.
        return _ended(promise, next(event.at for event in reversed(history) if "to" in event.facts))
    if promise.deadline.is_paused and promise.told is None:
        return _standing(promise, for_applicant=for_applicant)
    return _running(promise)


def _was_told(case: Case, history: Sequence[Event]) -> bool:
    """Whether it was told that the promise is broken: no later calendar unsays it."""
    return any(event.kind == "breached" and event.facts["target"] == case.target.name for event in history)


def _deadline(case: Case, events: Sequence[Event], calendar: WorkingCalendar) -> Deadline:
    """The deadline that follows from the case's events, its pauses called by what people read on the page."""
    states, promised = case.declaration.states, case.target
    found = stops(case.declaration, events)
    if case.answered_at is not None:
        found = [_until(stop, case.answered_at) for stop in found if stop.from_at < case.answered_at]
    return deadline(
        Target(promised.name, promised.within, promised.unit),
        filed_at=case.filed_at,
        pauses=[Pause(stop.from_at, stop.until_at, states[stop.state].label) for stop in found],
        calendar=calendar,
    )


def _until(stop: Stop, at: datetime) -> Stop:
    """An answer ends whatever stood: what is asked after it stops no promise."""
    return replace(stop, until_at=min(stop.until_at or at, at))


@dataclass(frozen=True, slots=True)
class _Promise:
    """What every state of the card is made of."""

    case: Case
    deadline: Deadline
    calendar: WorkingCalendar
    now: datetime
    today: date
    told: datetime | None

    def day(self, at: datetime) -> date:
        return self.calendar.day_of(at)

    def why(self) -> tuple[str, ...]:
        return reasons(self.deadline, calendar=self.calendar, today=self.today)

    def fraction(self, at: datetime) -> float:
        return progress(self.deadline, now=at, calendar=self.calendar)


def _answered(promise: _Promise, at: datetime) -> DueCard:
    """The verdict was fixed at the answer: a closure announced later neither mends nor breaks it."""
    due_at = promise.case.due_at or promise.deadline.unpaused_due_at
    in_time = at <= due_at
    apart = promise.calendar.working_days_between(promise.day(at), promise.day(due_at))
    as_counted = due_at == promise.deadline.due_at
    return DueCard(
        state="kept" if in_time else "late",
        day=promise.day(at),
        heading="در مهلت پاسخ داده شد" if in_time else "دیر پاسخ داده شد",
        lines=(f"موعد: {spoken(promise.day(due_at), promise.today)}", _apart(apart, in_time=in_time)),
        fraction=promise.fraction(at) if in_time else 1.0,
        why=promise.why() if as_counted else (OTHER_CALENDAR,),
        today=promise.today,
    )


def _apart(days: int, *, in_time: bool) -> str:
    if in_time:
        return f"{amount(days)} زودتر" if days > 0 else "در روز موعد"
    return f"{amount(-days)} دیرتر" if days < 0 else "پس از پایان ساعت اداری"


def _ended(promise: _Promise, at: datetime) -> DueCard:
    return DueCard(
        state="hold",
        day=promise.day(at),
        heading=promise.case.state_now.label,
        lines=("دیگر پاسخی در راه نیست",),
        today=promise.today,
    )


def _standing(promise: _Promise, *, for_applicant: bool) -> DueCard:
    day = promise.day(due_if_answered(promise.deadline, at=promise.now, calendar=promise.calendar))
    remaining = promise.deadline.remaining
    left_over = f"{amount(remaining)} از مهلت مانده است" if remaining else "مهلت به روز آخر رسیده است"
    kept = f"{left_over} و دست نمی‌خورد."
    if promise.case.turn == "party":
        # That agency reads this at its own desk, too.
        if_answered, whose = "اگر دستگاه همکار امروز پاسخ دهد", "دستگاه همکار"
    elif for_applicant:
        if_answered, whose = "اگر امروز پاسخ دهید", "شما"
    else:
        if_answered, whose = "اگر متقاضی امروز پاسخ دهد", "متقاضی"
    return DueCard(
        state="hold",
        day=day,
        heading="موعد پاسخ",
        lines=(if_answered, "ساعت ایستاده است"),
        fraction=promise.fraction(promise.now),
        why=promise.why(),
        note=f"{kept} تا پاسخ {whose} نرسد، ساعت نمی‌گذرد.",
    )


def _running(promise: _Promise) -> DueCard:
    due_at = promise.told or promise.deadline.unpaused_due_at
    remains = left(promise.deadline, now=promise.now, calendar=promise.calendar)
    day, soon = promise.day(due_at), is_soon(remains.days, remains.minutes, promise.calendar)
    is_today = day == promise.today
    if remains.is_late or promise.told:
        return DueCard(
            "late",
            day,
            "از موعد گذشته‌ایم",
            (_late_by(promise, due_at),),
            1.0,
            promise.why() if due_at == promise.deadline.unpaused_due_at else (OTHER_CALENDAR,),
            today=promise.today,
        )
    time_left = (
        f"{amount(remains.minutes * MINUTE)} مانده" if soon else f"{amount(max(remains.days, 1))} مانده"
    )
    return DueCard(
        state="soon" if soon else "open",
        day=day,
        heading="موعد پاسخ",
        lines=(time_left,),
        fraction=promise.fraction(promise.now),
        why=promise.why(),
        today=promise.today,
        time=spoken_time(due_at) if is_today else "",
    )


def is_soon(days: int, minutes: float, calendar: WorkingCalendar) -> bool:
    """Due today, or less than one working day away."""
    return days <= 0 or minutes < calendar.minutes_per_day


def _late_by(promise: _Promise, due_at: datetime) -> str:
    days = promise.calendar.working_days_between(promise.day(due_at), promise.today)
    return f"{amount(days)} دیر شده" if days > 0 else "ساعت اداری روز موعد گذشت"


def chip_for(case: Case, *, now: datetime) -> tuple[State, str]:
    """The state of a case's promise in two words, from its row alone: lists ask no more queries for it."""
    if case.answered_at is not None:
        return ("late", "دیر پاسخ داده شد") if case.was_in_time is False else ("kept", "در مهلت پاسخ داده شد")
    if not case.is_open:
        return "none", case.state_now.label
    if case.due_at is None:
        return "hold", "ساعت ایستاده است"
    calendar = calendar_of(case.agency_id)
    today, due_on = calendar.day_of(now), calendar.day_of(case.due_at)
    days = calendar.working_days_between(today, due_on)
    if now > case.due_at:
        return "late", fa(f"{-days} روز گذشته") if days < 0 else "از موعد گذشته"
    minutes = calendar.working_minutes_between(now, case.due_at)
    if is_soon(days, minutes, calendar):
        return "soon", _hours(minutes)
    return "open", fa(f"{days} روز مانده")


def _hours(minutes: float) -> str:
    hours = round(minutes) // 60
    return fa(f"{hours} ساعت مانده") if hours else fa(f"{round(minutes)} دقیقه مانده")
