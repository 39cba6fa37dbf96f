"""The vectors of formats.md §13 and §14."""

from datetime import date, datetime

import pytest

from mizban.office.calendar.days import WorkingCalendar
from mizban.office.calendar.week import OFFICE_HOURS, iranian_week

from .year_1405 import CALENDAR, DAYS, MINUTES, at, day, due, holidays

PROMISES_IN_MINUTES = [
    pytest.param(at(1405, 8, 27, 10), 1, at(1405, 8, 30, 10), id="over Thursday and Friday"),
    pytest.param(at(1405, 8, 27, 10), 3, at(1405, 9, 2, 10), id="three days"),
    pytest.param(at(1405, 8, 28, 9), 1, at(1405, 8, 30, 15), id="filed on Thursday"),
    pytest.param(at(1405, 3, 5, 14), 1, at(1405, 3, 9, 14), id="over Eid al-Adha"),
    pytest.param(at(1405, 3, 13, 14, 30), 1, at(1405, 3, 16, 14, 30), id="over 14 and 15 Khordad"),
    pytest.param(at(1405, 5, 20, 8), 2, at(1405, 5, 25, 8), id="over 21 and 22 Mordad"),
    pytest.param(at(1405, 12, 27, 14), 2, at(1406, 1, 8, 15), id="over Nowruz 1406"),
    pytest.param(at(1404, 12, 28, 12), 1, at(1405, 1, 5, 15), id="over Nowruz 1405"),
]


@pytest.mark.parametrize(("filed_at", "days", "expected"), PROMISES_IN_MINUTES)
def test_days_of_450_minutes_end_when_the_published_vectors_say(
    filed_at: datetime, days: int, expected: datetime
) -> None:
    minutes = CALENDAR.minutes_of_days(days)
    assert CALENDAR.add_working_minutes(filed_at, minutes) == expected
    assert due(minutes, MINUTES, filed_at) == expected
    assert CALENDAR.working_minutes_between(filed_at, expected) == minutes


@pytest.mark.parametrize(
    ("filed_at", "days", "expected"),
    [
        pytest.param(at(1405, 8, 27, 10), 1, at(1405, 8, 30, 15), id="over Thursday and Friday"),
        pytest.param(at(1405, 8, 27, 10), 3, at(1405, 9, 2, 15), id="three days"),
        pytest.param(at(1405, 8, 28, 9), 1, at(1405, 9, 1, 15), id="Thursday counts as Saturday"),
        pytest.param(at(1405, 3, 5, 14), 1, at(1405, 3, 9, 15), id="over Eid al-Adha"),
        pytest.param(at(1405, 3, 13, 14, 30), 1, at(1405, 3, 16, 15), id="over 14 and 15 Khordad"),
        pytest.param(at(1405, 5, 20, 8), 2, at(1405, 5, 25, 15), id="over 21 and 22 Mordad"),
        pytest.param(at(1405, 12, 27, 14), 2, at(1406, 1, 9, 15), id="over Nowruz 1406"),
        pytest.param(at(1404, 12, 28, 12), 1, at(1405, 1, 8, 15), id="over Nowruz 1405"),
    ],
)
def test_working_days_end_at_the_close_of_the_last_one(
    filed_at: datetime, days: int, expected: datetime
) -> None:
    assert due(days, DAYS, filed_at) == expected


def test_1405_has_25_holidays_six_of_them_thursdays_and_three_fridays() -> None:
    days = [on for on in holidays() if day(1405, 1, 1) <= on <= day(1405, 12, 29)]
    assert len(days) == 25
    assert sum(on.weekday() == 3 for on in days) == 6
    assert sum(on.weekday() == 4 for on in days) == 3


@pytest.mark.parametrize(
    ("thursday", "left_out", "expected"), [(False, True, 245), (False, False, 244), (True, False, 290)]
)
def test_1405_has_the_published_number_of_working_days(
    *, thursday: bool, left_out: bool, expected: int
) -> None:
    days = holidays() if left_out else holidays() | {day(1405, 1, 25): "شهادت امام جعفر صادق علیه السلام"}
    week = iranian_week(thursday=OFFICE_HOURS if thursday else ())
    calendar = WorkingCalendar(week=week, holidays=days)
    assert calendar.working_days_between(day(1404, 12, 29), day(1405, 12, 29)) == expected


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1408, 12, 30), date(2030, 3, 20)),
        ((1405, 1, 1), date(2026, 3, 21)),
        ((1405, 8, 29), date(2026, 11, 20)),
    ],
)
def test_the_examples_lie_on_the_gregorian_dates_they_should(
    jalali: tuple[int, int, int], gregorian: date
) -> None:
    assert day(*jalali) == gregorian


def test_an_answer_within_three_working_days_of_30_esfand_1403_skips_the_leap_day_and_nowruz() -> None:
    days = {day(1403, 12, 29): "نفت", day(1403, 12, 30): "آخر سال"}
    days |= {day(1404, 1, n): "نوروز" for n in (1, 2, 3, 4)}
    calendar = WorkingCalendar(holidays=days)
    assert due(3, DAYS, at(1403, 12, 28, 9), calendar=calendar) == at(1404, 1, 9, 15)
