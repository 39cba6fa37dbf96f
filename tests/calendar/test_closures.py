"""Closures: what an announcement takes out of a day, and that it only ever extends."""

from datetime import date, time

import pytest

from mizban.office.calendar.closures import Closure, merge
from mizban.office.calendar.days import DayOff, WorkingCalendar
from mizban.office.calendar.refusals import BadClosure
from mizban.office.calendar.week import iranian_week

from .year_1405 import DAYS, MINUTES, at, day, due, holidays

SATURDAY = day(1405, 8, 30)


def closed(*closures: Closure) -> WorkingCalendar:
    return WorkingCalendar(holidays=holidays(), closures=closures)


def on_saturday(
    from_hour: int | None = None, until_hour: int | None = None, reason: str = "آلودگی هوا"
) -> Closure:
    start = None if from_hour is None else time(from_hour)
    return Closure(SATURDAY, reason, start, None if until_hour is None else time(until_hour))


def test_a_closed_saturday_moves_a_promise_of_one_day_to_sunday() -> None:
    assert due(1, DAYS, at(1405, 8, 27, 10)) == at(1405, 8, 30, 15)
    assert due(1, DAYS, at(1405, 8, 27, 10), calendar=closed(on_saturday())) == at(1405, 9, 1, 15)
    assert due(450, MINUTES, at(1405, 8, 27, 10), calendar=closed(on_saturday())) == at(1405, 9, 1, 10)


def test_two_closed_hours_move_minutes_by_two_hours_and_days_not_at_all() -> None:
    calendar = closed(on_saturday(8, 10))
    assert due(450, MINUTES, at(1405, 8, 27, 10), calendar=calendar) == at(1405, 8, 30, 12)
    assert due(1, DAYS, at(1405, 8, 27, 10), calendar=calendar) == at(1405, 8, 30, 15)


def test_an_office_sent_home_at_noon_still_owes_its_answer_at_the_usual_close() -> None:
    calendar = closed(on_saturday(12))
    assert calendar.close_of(SATURDAY) == at(1405, 8, 30, 15)
    assert due(1, DAYS, at(1405, 8, 27, 10), calendar=calendar) == at(1405, 8, 30, 15)


@pytest.mark.parametrize("until_hour", [None, 15, 16])
def test_what_is_filed_after_the_office_was_sent_home_counts_as_the_next_day(until_hour: int | None) -> None:
    calendar = closed(on_saturday(12, until_hour))
    assert calendar.day_of_filing(at(1405, 8, 30, 11)) == SATURDAY
    assert calendar.day_of_filing(at(1405, 8, 30, 13)) == day(1405, 9, 1)


def test_overlapping_announcements_are_one_closure() -> None:
    overlapping = (on_saturday(9, 11), on_saturday(10, 12, "قطع برق"), on_saturday(12, 13))
    assert merge(overlapping) == [(time(9), time(13))]
    assert closed(*overlapping).working_minutes_between(at(1405, 8, 30), at(1405, 9, 1)) == 450 - 240


def test_hours_that_cover_the_whole_shift_make_a_day_off_with_both_reasons() -> None:
    calendar = closed(on_saturday(None, 11), on_saturday(11, None, "قطع برق"))
    assert not calendar.is_working_day(SATURDAY)
    assert calendar.why_off(SATURDAY) == DayOff("closure", "آلودگی هوا، قطع برق")


def test_hours_outside_the_shifts_change_nothing() -> None:
    calendar = closed(on_saturday(16, 18), on_saturday(5, 7))
    assert calendar.working_minutes_between(at(1405, 8, 30), at(1405, 9, 1)) == 450


def test_a_closure_may_cut_a_day_of_two_shifts_anywhere() -> None:
    week = iranian_week(((time(8), time(12)), (time(14), time(18))))
    calendar = WorkingCalendar(week=week, closures=(on_saturday(11, 15),))
    assert calendar.working_minutes_between(at(1405, 8, 30), at(1405, 9, 1)) == 180 + 180
    assert calendar.add_working_minutes(at(1405, 8, 30, 10), 90) == at(1405, 8, 30, 15, 30)


def test_a_closure_on_a_friday_changes_nothing() -> None:
    calendar = closed(Closure(day(1405, 8, 29), "بیهوده"))
    assert due(3, DAYS, at(1405, 8, 27, 10), calendar=calendar) == due(3, DAYS, at(1405, 8, 27, 10))
    assert calendar.why_off(day(1405, 8, 29)) == DayOff("weekly", "جمعه")


@pytest.mark.parametrize(("start", "end"), [(12, 12), (13, 12)])
def test_a_closure_that_ends_before_it_starts_is_refused(start: int, end: int) -> None:
    with pytest.raises(BadClosure):
        Closure(date(2026, 11, 21), "x", time(start), time(end))


def test_a_closure_until_midnight_is_refused_because_it_is_empty() -> None:
    with pytest.raises(BadClosure):
        Closure(date(2026, 11, 21), "x", None, time(0))
