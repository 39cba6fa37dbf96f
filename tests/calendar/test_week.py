"""The week: what an office may enter and what is refused by name."""

from datetime import date, time
from typing import Any

import pytest

from mizban.office.calendar.days import WorkingCalendar
from mizban.office.calendar.refusals import BadSeason, BadShift, CalendarError, FridayIsOff, NoWorkingTime
from mizban.office.calendar.week import THURSDAY_HOURS, Season, Week, iranian_week, read_week, write_week

from .year_1405 import CALENDAR, MINUTES, at, day, due, holidays

PATTERN = {name: [["07:30", "15:00"]] for name in ("sat", "sun", "mon", "tue", "wed")} | {
    "thu": [["08:00", "12:00"]]
}


def test_a_pattern_read_and_written_is_the_same() -> None:
    week = read_week(PATTERN, thursday_works=True)
    assert read_week(write_week(week), thursday_works=True) == week
    assert write_week(week)["thu"] == [["08:00", "12:00"]]


def test_thursday_works_only_while_its_switch_is_on() -> None:
    assert read_week(PATTERN, thursday_works=False).on(day(1405, 8, 28)) == ()
    assert read_week(PATTERN, thursday_works=True).on(day(1405, 8, 28)) == ((time(8), time(12)),)


def test_half_a_thursday_counts_its_own_hours() -> None:
    calendar = WorkingCalendar(week=iranian_week(thursday=THURSDAY_HOURS), holidays=holidays())
    assert calendar.working_minutes_between(at(1405, 8, 28), at(1405, 8, 29)) == 330
    # Wednesday 10:00 leaves 300 minutes that day; the other 150 end on Thursday at 10:00.
    assert due(450, MINUTES, at(1405, 8, 27, 10), calendar=calendar) == at(1405, 8, 28, 10)
    assert calendar.close_of(day(1405, 8, 28)) == at(1405, 8, 28, 13)


def test_a_day_may_have_two_shifts() -> None:
    week = iranian_week(((time(8), time(12)), (time(14), time(18))))
    calendar = WorkingCalendar(week=week)
    assert calendar.opening(at(1405, 8, 27, 13)) == at(1405, 8, 27, 14)
    assert calendar.add_working_minutes(at(1405, 8, 27, 11), 120) == at(1405, 8, 27, 15)
    assert calendar.close_of(day(1405, 8, 27)) == at(1405, 8, 27, 18)


@pytest.mark.parametrize(
    ("pattern", "refusal"),
    [
        ({}, NoWorkingTime),
        ({"thu": [["08:00", "12:00"]]}, NoWorkingTime),
        ({"fri": [["08:00", "12:00"]]}, FridayIsOff),
        ({"sat": [["15:00", "07:30"]]}, BadShift),
        ({"sat": [["08:00", "08:00"]]}, BadShift),
        ({"sat": [["08:00", "12:00"], ["11:00", "15:00"]]}, BadShift),
        ({"sat": [["08:00"]]}, BadShift),
        ({"sat": [["8", "noon"]]}, BadShift),
        ({"sat": [[900, 1500]]}, BadShift),
        ({"shanbe": [["08:00", "12:00"]]}, BadShift),
    ],
)
def test_a_week_that_makes_no_sense_is_refused_by_name(
    pattern: dict[str, Any], refusal: type[CalendarError]
) -> None:
    with pytest.raises(refusal) as refused:
        read_week(pattern, thursday_works=False)
    assert refused.value.code
    assert refused.value.message != refused.value.code


def test_a_week_has_seven_days() -> None:
    with pytest.raises(BadShift):
        Week(((), ()))


def test_in_ramadan_the_office_opens_later() -> None:
    ramadan = Season(
        day(1405, 11, 19), day(1405, 12, 18), iranian_week(((time(9), time(14)),)), "ماه مبارک رمضان"
    )
    calendar = WorkingCalendar(holidays=holidays(), seasons=(ramadan,))
    assert calendar.opening(at(1405, 11, 19, 7, 30)) == at(1405, 11, 19, 9)
    assert calendar.close_of(day(1405, 11, 19)) == at(1405, 11, 19, 14)
    assert calendar.close_of(day(1405, 11, 18)) == at(1405, 11, 18, 15)


def test_the_shorter_of_two_seasons_holds() -> None:
    years = Season(day(1400, 1, 1), day(1405, 12, 29), iranian_week(((time(8), time(16)),)), "")
    week = Season(day(1405, 4, 6), day(1405, 4, 11), iranian_week(((time(6), time(11)),)), "گرما")
    calendar = WorkingCalendar(seasons=(years, week))
    assert calendar.close_of(day(1405, 4, 6)) == at(1405, 4, 6, 11)
    assert calendar.close_of(day(1405, 4, 13)) == at(1405, 4, 13, 16)


def test_a_season_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadSeason):
        Season(date(2026, 7, 1), date(2026, 6, 1), iranian_week())


def test_two_calendars_of_the_same_data_are_equal() -> None:
    assert WorkingCalendar(holidays=holidays()) == CALENDAR
    assert WorkingCalendar(holidays=holidays(), version=2) != CALENDAR
