"""Opening, filing, adding and counting on a calendar."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mizban.lib.jalali import TEHRAN
from mizban.office.calendar.days import DayOff, WorkingCalendar
from mizban.office.calendar.deadlines import Pause, Target, deadline, met
from mizban.office.calendar.refusals import BeyondCalendar, NaiveTime, NegativeAmount, NotAWorkingDay

from .year_1405 import CALENDAR, DAYS, MINUTES, at, day, due

WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (
    day(1405, 8, 27),
    day(1405, 8, 28),
    day(1405, 8, 29),
    day(1405, 8, 30),
)


@pytest.mark.parametrize(
    ("filed_at", "counts_on"),
    [
        pytest.param(at(1405, 8, 27, 10), WEDNESDAY, id="in office hours"),
        pytest.param(at(1405, 8, 27, 3), WEDNESDAY, id="at night before opening"),
        pytest.param(at(1405, 8, 27, 14, 59), WEDNESDAY, id="a minute before close"),
        pytest.param(at(1405, 8, 27, 15), SATURDAY, id="at the close itself"),
        pytest.param(at(1405, 8, 27, 23, 59), SATURDAY, id="in the evening"),
        pytest.param(at(1405, 8, 28, 10), SATURDAY, id="on Thursday"),
        pytest.param(at(1405, 8, 29, 10), SATURDAY, id="on Friday"),
    ],
)
def test_what_is_filed_counts_on_the_day_of_the_next_opening(filed_at: datetime, counts_on: object) -> None:
    assert CALENDAR.day_of_filing(filed_at) == counts_on


def test_the_opening_is_the_instant_itself_in_working_time() -> None:
    assert CALENDAR.opening(at(1405, 8, 27, 10, 7)) == at(1405, 8, 27, 10, 7)
    assert CALENDAR.opening(at(1405, 8, 27, 7, 30)) == at(1405, 8, 27, 7, 30)
    assert CALENDAR.opening(at(1405, 8, 27, 15)) == at(1405, 8, 30, 7, 30)


def test_nowruz_and_fridays_are_no_working_days() -> None:
    assert CALENDAR.is_working_day(SATURDAY)
    assert not CALENDAR.is_working_day(FRIDAY)
    assert not CALENDAR.is_working_day(day(1405, 1, 1))


def test_a_day_off_says_why_and_a_holiday_on_a_friday_is_called_by_its_name() -> None:
    assert CALENDAR.why_off(SATURDAY) is None
    assert CALENDAR.why_off(THURSDAY) == DayOff("weekly", "پنجشنبه")
    assert CALENDAR.why_off(FRIDAY) == DayOff("weekly", "جمعه")
    assert CALENDAR.why_off(day(1405, 3, 6)) == DayOff("holiday", "عید سعید قربان")
    assert CALENDAR.why_off(day(1405, 3, 15)) == DayOff("holiday", "تعطیل رسمی")


def test_a_day_off_has_no_close() -> None:
    assert CALENDAR.close_of(SATURDAY) == at(1405, 8, 30, 15)
    with pytest.raises(NotAWorkingDay):
        CALENDAR.close_of(FRIDAY)


def test_the_nth_working_day_after_a_day_does_not_count_the_day() -> None:
    assert CALENDAR.nth_working_day_after(WEDNESDAY, 1) == SATURDAY
    assert CALENDAR.nth_working_day_after(THURSDAY, 1) == SATURDAY
    assert CALENDAR.nth_working_day_after(WEDNESDAY, 0) == WEDNESDAY
    with pytest.raises(NegativeAmount):
        CALENDAR.nth_working_day_after(WEDNESDAY, -1)


def test_adding_nothing_is_the_opening_and_taking_away_is_refused() -> None:
    assert CALENDAR.add_working_minutes(at(1405, 8, 28, 9), 0) == at(1405, 8, 30, 7, 30)
    with pytest.raises(NegativeAmount):
        CALENDAR.add_working_minutes(at(1405, 8, 27, 9), -1)
    with pytest.raises(NegativeAmount):
        Target("answer", -1, DAYS)


def test_a_day_filled_exactly_ends_at_its_close_not_at_the_next_opening() -> None:
    assert CALENDAR.add_working_minutes(at(1405, 8, 27, 7, 30), 450) == at(1405, 8, 27, 15)


def test_seconds_count_and_backwards_is_negative() -> None:
    start = at(1405, 8, 27, 10)
    later = start + timedelta(seconds=90)
    assert CALENDAR.working_minutes_between(start, later) == 1.5
    assert CALENDAR.working_minutes_between(later, start) == -1.5
    assert CALENDAR.working_time_between(start, start + timedelta(microseconds=1)) == timedelta(
        microseconds=1
    )


def test_years_that_nobody_asked_about_before_are_laid_out_on_demand() -> None:
    calendar = WorkingCalendar()
    ten_years = calendar.add_working_minutes(at(1405, 1, 1), 450 * 260 * 10)
    assert calendar.working_minutes_between(at(1405, 1, 1), ten_years) == 450 * 260 * 10
    assert calendar.opening(at(1390, 1, 6, 10)) == at(1390, 1, 6, 10)
    assert calendar.nth_working_day_after(day(1405, 1, 1), 2600) > day(1414, 1, 1)


def test_a_promise_of_centuries_is_refused_by_name() -> None:
    with pytest.raises(BeyondCalendar):
        WorkingCalendar().nth_working_day_after(day(1405, 1, 1), 10**6)
    with pytest.raises(BeyondCalendar):
        WorkingCalendar().opening(datetime(9999, 12, 31, tzinfo=UTC))
    with pytest.raises(BeyondCalendar):
        WorkingCalendar().opening(datetime(1, 1, 1, tzinfo=UTC))


def test_before_1402_summer_time_moved_the_office_by_an_hour_of_utc() -> None:
    assert CALENDAR.opening(datetime(2022, 7, 2, tzinfo=UTC)) == datetime(2022, 7, 2, 3, tzinfo=UTC)
    assert CALENDAR.opening(datetime(2023, 7, 2, tzinfo=UTC)) == datetime(2023, 7, 2, 4, tzinfo=UTC)


def test_any_zone_goes_in_and_utc_comes_out() -> None:
    somewhere = timezone(timedelta(hours=-7))
    for zone in (UTC, TEHRAN, somewhere):
        filed_at = at(1405, 8, 27, 10).astimezone(zone)
        for answer in (
            CALENDAR.opening(filed_at),
            CALENDAR.add_working_minutes(filed_at, 450),
            due(3, DAYS, filed_at),
        ):
            assert answer.tzinfo is UTC
        assert CALENDAR.day_of_filing(filed_at) == WEDNESDAY
    assert CALENDAR.close_of(WEDNESDAY).tzinfo is UTC


def test_a_naive_time_is_refused_everywhere() -> None:
    naive, aware = datetime(2026, 11, 18, 10), at(1405, 8, 27, 10)  # noqa: DTZ001 - naive is the point
    promised = deadline(Target("answer", 1, DAYS), filed_at=aware, calendar=CALENDAR)
    for ask in (
        lambda: CALENDAR.opening(naive),
        lambda: CALENDAR.day_of_filing(naive),
        lambda: CALENDAR.add_working_minutes(naive, 1),
        lambda: CALENDAR.working_minutes_between(aware, naive),
        lambda: due(1, MINUTES, naive),
        lambda: due(1, DAYS, naive),
        lambda: Pause(naive, None),
        lambda: Pause(aware, naive),
        lambda: met(promised, naive),
    ):
        with pytest.raises(NaiveTime):
            ask()
