"""What must hold for any calendar, any filing and any pauses."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from mizban.office.calendar.closures import Closure
from mizban.office.calendar.days import MINUTE, WorkingCalendar
from mizban.office.calendar.deadlines import Deadline, Pause, Target, deadline, explain, left, progress
from mizban.office.calendar.week import THURSDAY_HOURS, iranian_week
from tests.chance import examples

from .year_1405 import at, day, holidays

START, END = at(1405, 1, 1), at(1406, 1, 1)
DATES = st.dates(day(1405, 1, 1), day(1405, 12, 29))
SECONDS = st.integers(0, int((END - START).total_seconds())).map(lambda s: START + timedelta(seconds=s))
HALF_HOURS = st.integers(0, int((END - START).total_seconds()) // 1800).map(lambda n: START + n * 30 * MINUTE)
INSTANTS = SECONDS | HALF_HOURS
SPANS = st.tuples(st.times(), st.times()).filter(lambda span: span[0] < span[1]) | st.just((None, None))
TARGETS = st.builds(Target, st.just("answer"), st.integers(0, 30), st.just("working_days")) | st.builds(
    Target, st.just("answer"), st.integers(0, 9000), st.just("working_minutes")
)
EXAMPLES = examples(40)


@st.composite
def closures(draw: st.DrawFn, near: date | None = None) -> Closure:
    start, end = draw(SPANS)
    days = DATES if near is None else st.integers(0, 20).map(lambda n: near + timedelta(n))
    return Closure(draw(days), "تعطیلی", start, end)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    thursday = draw(st.sampled_from([(), THURSDAY_HOURS]))
    hours = draw(
        st.sampled_from([((time(7, 30), time(15)),), ((time(8), time(12)), (time(13), time(16, 30)))])
    )
    return WorkingCalendar(
        week=iranian_week(hours, thursday=thursday),
        holidays=holidays(),
        closures=tuple(draw(st.lists(closures(), max_size=6))),
    )


@st.composite
def pauses(draw: st.DrawFn, after: datetime) -> list[Pause]:
    minutes = sorted(draw(st.lists(st.integers(0, 60 * 24 * 20), max_size=6)))
    ends = [after + minute * MINUTE for minute in minutes]
    return [Pause(one, other, "نقص مدارک") for one, other in zip(ends[::2], ends[1::2], strict=False)]


@st.composite
def clocks(draw: st.DrawFn) -> tuple[WorkingCalendar, Target, datetime, list[Pause]]:
    filed_at = draw(INSTANTS)
    return draw(calendars()), draw(TARGETS), filed_at, draw(pauses(filed_at))


def due(clock: tuple[WorkingCalendar, Target, datetime, list[Pause]]) -> datetime:
    calendar, target, filed_at, stopped = clock
    return deadline(target, filed_at=filed_at, pauses=stopped, calendar=calendar).unpaused_due_at


@EXAMPLES
@given(calendars(), INSTANTS, INSTANTS, INSTANTS)
def test_working_time_adds_up(calendar: WorkingCalendar, a: datetime, b: datetime, c: datetime) -> None:
    whole = calendar.working_time_between(a, c)
    assert whole == calendar.working_time_between(a, b) + calendar.working_time_between(b, c)
    assert calendar.working_time_between(b, a) == -calendar.working_time_between(a, b)
    assert calendar.working_minutes_between(a, c) == whole / MINUTE


@EXAMPLES
@given(calendars(), INSTANTS, st.integers(0, 20_000))
def test_counting_undoes_adding(calendar: WorkingCalendar, start: datetime, minutes: int) -> None:
    end = calendar.add_working_minutes(start, minutes)
    assert end >= start
    assert calendar.working_minutes_between(start, end) == minutes


@EXAMPLES
@given(calendars(), INSTANTS, st.integers(1, 20_000))
def test_adding_undoes_counting(calendar: WorkingCalendar, start: datetime, minutes: int) -> None:
    end = calendar.opening(start + minutes * MINUTE) + timedelta(microseconds=1)
    assume(calendar.opening(end) == end)
    assert calendar.add_working_time(start, calendar.working_time_between(start, end)) == end


@EXAMPLES
@given(calendars(), HALF_HOURS)
def test_the_table_counts_what_counting_minute_by_minute_does(
    calendar: WorkingCalendar, start: datetime
) -> None:
    minutes = range(0, 60 * 24 * 4, 10)
    instants = [start + minute * MINUTE for minute in minutes]
    open_now = [calendar.opening(instant) == instant for instant in instants]
    plain = [_is_open(calendar, instant) for instant in instants]
    assert open_now == plain


@EXAMPLES
@given(calendars(), INSTANTS)
def test_a_filing_counts_on_a_working_day_and_never_before_it_came(
    calendar: WorkingCalendar, filed_at: datetime
) -> None:
    counted = calendar.day_of_filing(filed_at)
    assert calendar.is_working_day(counted)
    assert calendar.opening(filed_at) >= filed_at
    assert counted >= calendar.day_of(filed_at)
    assert calendar.opening(filed_at) < calendar.close_of(counted)


@EXAMPLES
@given(clocks(), st.integers(0, 60 * 24 * 5), st.integers(0, 500))
def test_who_files_later_or_is_promised_more_waits_no_less(
    clock: tuple[WorkingCalendar, Target, datetime, list[Pause]], later: int, more: int
) -> None:
    calendar, target, filed_at, stopped = clock
    assert due((calendar, target, filed_at + later * MINUTE, stopped)) >= due(clock)
    assert due((calendar, Target("more", target.within + more, target.unit), filed_at, stopped)) >= due(clock)
    assert due(clock) >= filed_at


@EXAMPLES
@given(clocks(), st.data())
def test_a_pause_never_makes_a_deadline_earlier(
    clock: tuple[WorkingCalendar, Target, datetime, list[Pause]], data: st.DataObject
) -> None:
    calendar, target, filed_at, stopped = clock
    one_more = [*stopped, *data.draw(pauses(filed_at))]
    assert due((calendar, target, filed_at, one_more)) >= due(clock)


@examples(80)
@given(clocks(), st.data())
def test_a_closure_never_makes_a_deadline_earlier(
    clock: tuple[WorkingCalendar, Target, datetime, list[Pause]], data: st.DataObject
) -> None:
    calendar, target, filed_at, stopped = clock
    announced = data.draw(closures(near=filed_at.date()))
    closed = WorkingCalendar(
        week=calendar.week, holidays=calendar.holidays, closures=(*calendar.closures, announced)
    )
    assert due((closed, target, filed_at, stopped)) >= due(clock)


@examples(60)
@given(clocks())
def test_the_account_adds_up_to_the_promise_and_ends_at_the_due_instant(
    clock: tuple[WorkingCalendar, Target, datetime, list[Pause]],
) -> None:
    calendar, target, filed_at, stopped = clock
    found = deadline(target, filed_at=filed_at, pauses=stopped, calendar=calendar)
    steps = explain(found, calendar=calendar)
    counted = [step for step in steps if step.kind == "counted"]
    assert steps[-1].from_at == found.due_at
    if target.unit == "working_days":
        assert len(counted) == target.within
        assert len({step.on for step in counted}) == target.within
    else:
        amounts = [step.amount for step in counted if isinstance(step.amount, timedelta)]
        assert sum(amounts, timedelta()) == target.within * MINUTE
    assert [step.left for step in counted[-1:]] in ([], [0], [timedelta()])
    assert [step.on for step in steps] == sorted(step.on for step in steps)


@EXAMPLES
@given(clocks(), st.lists(st.integers(0, 60 * 24 * 40), min_size=2, max_size=6))
def test_the_meter_stays_between_nothing_and_all_and_agrees_with_what_is_left(
    clock: tuple[WorkingCalendar, Target, datetime, list[Pause]], moments: list[int]
) -> None:
    calendar, target, filed_at, stopped = clock
    found: Deadline = deadline(target, filed_at=filed_at, pauses=stopped, calendar=calendar)
    for moment in moments:
        now = filed_at + moment * MINUTE
        rest = left(found, now=now, calendar=calendar)
        assert 0 <= progress(found, now=now, calendar=calendar) <= 1
        assert rest.minutes <= 0 if rest.is_late else rest.minutes >= 0
        assert rest.days <= 0 if rest.is_late else rest.days >= 0
        assert not (rest.is_late and rest.is_paused)


def _is_open(calendar: WorkingCalendar, instant: datetime) -> bool:
    """The slow way, from the plain data."""
    there = instant.astimezone(calendar.zone)
    if there.date() in calendar.holidays:
        return False
    for closure in calendar.closures:
        start, end = closure.span
        if closure.on == there.date() and start <= there.time() < end:
            return False
    assert instant.tzinfo is UTC
    return any(start <= there.time() < end for start, end in calendar.week.on(there.date()))
