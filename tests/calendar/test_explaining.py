"""The account behind a due date: what the applicant reads under «چرا؟»."""

from datetime import date, time, timedelta

from mizban.office.calendar.closures import Closure
from mizban.office.calendar.days import DayOff, WorkingCalendar
from mizban.office.calendar.deadlines import Pause, Step, Target, Unit, deadline, explain

from .year_1405 import CALENDAR, DAYS, MINUTES, at, day, holidays


def account(
    within: int, unit: Unit, filed: tuple[int, ...], *pauses: Pause, calendar: WorkingCalendar = CALENDAR
) -> list[Step]:
    found = deadline(Target("answer", within, unit), filed_at=at(*filed), pauses=pauses, calendar=calendar)
    return explain(found, calendar=calendar)


def told(steps: list[Step]) -> list[tuple[str, date]]:
    return [(step.kind, step.on) for step in steps]


def test_every_day_is_counted_or_skipped_by_name() -> None:
    steps = account(2, DAYS, (1405, 8, 27, 10))
    assert told(steps) == [
        ("filed", day(1405, 8, 27)),
        ("starts", day(1405, 8, 27)),
        ("off", day(1405, 8, 28)),
        ("off", day(1405, 8, 29)),
        ("counted", day(1405, 8, 30)),
        ("counted", day(1405, 9, 1)),
        ("due", day(1405, 9, 1)),
    ]
    assert [step.off.name for step in steps if step.off] == ["پنجشنبه", "جمعه"]
    assert [step.left for step in steps if step.kind == "counted"] == [1, 0]
    assert steps[-1].from_at == at(1405, 9, 1, 15)


def test_what_is_filed_on_a_day_off_tells_from_when_it_counts() -> None:
    steps = account(1, DAYS, (1405, 3, 6, 10))
    assert told(steps)[:5] == [
        ("filed", day(1405, 3, 6)),
        ("off", day(1405, 3, 6)),
        ("off", day(1405, 3, 7)),
        ("off", day(1405, 3, 8)),
        ("starts", day(1405, 3, 9)),
    ]
    assert steps[1].off == DayOff("holiday", "عید سعید قربان")


def test_what_is_filed_after_close_starts_the_next_day_with_nothing_off_between() -> None:
    assert told(account(1, DAYS, (1405, 8, 23, 16)))[:2] == [
        ("filed", day(1405, 8, 23)),
        ("starts", day(1405, 8, 24)),
    ]


def test_a_pause_is_told_with_its_reason_and_the_days_after_it_go_on() -> None:
    asked = Pause(at(1405, 8, 24, 9), at(1405, 8, 28, 9), "نقص مدارک")
    steps = account(2, DAYS, (1405, 8, 23, 10), asked)
    assert told(steps) == [
        ("filed", day(1405, 8, 23)),
        ("starts", day(1405, 8, 23)),
        ("counted", day(1405, 8, 24)),
        ("paused", day(1405, 8, 24)),
        ("resumed", day(1405, 8, 28)),
        ("off", day(1405, 8, 28)),
        ("off", day(1405, 8, 29)),
        ("starts", day(1405, 8, 30)),
        ("counted", day(1405, 9, 1)),
        ("due", day(1405, 9, 1)),
    ]
    assert steps[3].notes == ("نقص مدارک",)
    assert steps[3].until_at == at(1405, 8, 28, 9)


def test_an_open_pause_ends_the_account() -> None:
    steps = account(2, DAYS, (1405, 8, 23, 10), Pause(at(1405, 8, 24, 9), None, "استعلام"))
    assert steps[-1].kind == "paused"
    assert steps[-1].until_at is None


def test_minutes_are_told_day_by_day() -> None:
    steps = [step for step in account(450, MINUTES, (1405, 8, 27, 10)) if step.kind == "counted"]
    assert [step.amount for step in steps] == [timedelta(hours=5), timedelta(hours=2.5)]
    assert [(step.from_at, step.until_at) for step in steps] == [
        (at(1405, 8, 27, 10), at(1405, 8, 27, 15)),
        (at(1405, 8, 30, 7, 30), at(1405, 8, 30, 10)),
    ]


def test_a_closed_day_and_closed_hours_are_told_with_their_reasons() -> None:
    closures = (
        Closure(day(1405, 8, 24), "آلودگی هوا"),
        Closure(day(1405, 8, 25), "قطع برق", time(9), time(10)),
    )
    calendar = WorkingCalendar(holidays=holidays(), closures=closures)
    for unit, within in ((DAYS, 1), (MINUTES, 450)):
        steps = account(within, unit, (1405, 8, 23, 10), calendar=calendar)
        assert [step.off for step in steps if step.off] == [DayOff("closure", "آلودگی هوا")]
        assert [step.notes for step in steps if step.on == day(1405, 8, 25) and step.kind == "counted"] == [
            ("قطع برق",)
        ]


def test_what_was_late_before_the_question_is_told_until_its_due_date_only() -> None:
    steps = account(1, DAYS, (1405, 8, 23, 10), Pause(at(1405, 8, 26, 9), None))
    assert told(steps)[-1] == ("due", day(1405, 8, 24))
    assert "paused" not in {step.kind for step in steps}


def test_a_question_before_the_office_opens_comes_before_the_start() -> None:
    asked = Pause(at(1405, 8, 28, 12), at(1405, 8, 30, 9), "نقص مدارک")
    assert told(account(1, DAYS, (1405, 8, 28, 10), asked)) == [
        ("filed", day(1405, 8, 28)),
        ("paused", day(1405, 8, 28)),
        ("resumed", day(1405, 8, 30)),
        ("starts", day(1405, 8, 30)),
        ("counted", day(1405, 9, 1)),
        ("due", day(1405, 9, 1)),
    ]
