"""The calendar people read, against the vectors of formats.md §13."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizban.lib import jalali
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import MONTHS, WEEKDAYS, MalformedDate, from_jalali, parse_date, to_jalali

from .hostile import NONSENSE, QUICK, anything, every_nonsense
from .vectors import answered, assert_polite, refusal

TODAY = date(2026, 11, 20)
days = st.dates(min_value=date(1800, 1, 1), max_value=date(2120, 1, 1))
LEAP_YEARS = {
    1375,
    1379,
    1383,
    1387,
    1391,
    1395,
    1399,
    1403,
    1408,
    1412,
    1416,
    1420,
    1424,
    1428,
    1432,
    1436,
    1441,
}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1399/12/30", date(2021, 3, 20)),
        ("1403/12/30", date(2025, 3, 20)),
        ("1408/12/30", date(2030, 3, 20)),
        ("1401/12/29", date(2023, 3, 20)),
        ("1405/01/01", date(2026, 3, 21)),
        ("1405/08/29", TODAY),
        ("۱۴۰۵/۸/۲۹", TODAY),
        ("٢٩-٠٨-١٤٠٥", TODAY),
        ("29/8/1405", TODAY),
        ("1405.8.29", TODAY),
        (" ۱۴۰۵ / ۰۸ / ۲۹ ", TODAY),
        ("1405 8 29", TODAY),
        ("\u200f1405\u200f/08/29\u200e", TODAY),
        ("۱۴۰۵٫۰۸٫۲۹", TODAY),
        ("1405–08–29", TODAY),
    ],
)
def test_a_typed_date_is_read(typed: str, day: date) -> None:
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("99/12/30", 1399),
        ("29/12/99", 1399),
        ("00/01/01", 1400),
        ("05/08/29", 1405),
        ("10/01/11", 1410),
        ("32/01/01", 1332),
        ("68/6/31", 1368),
    ],
)
def test_two_digits_are_the_year_of_the_likely_century(typed: str, year: int) -> None:
    assert to_jalali(parse_date(typed, today=TODAY))[0] == year
    assert to_jalali(parse_date(typed))[0] == year


def test_the_likely_century_moves_with_today() -> None:
    assert to_jalali(parse_date("15/01/31", today=from_jalali(1410, 1, 1)))[0] == 1415
    assert to_jalali(parse_date("97/01/31", today=from_jalali(1495, 1, 1)))[0] == 1497


@pytest.mark.parametrize(
    "typed",
    [
        "11/01/31",  # 1411 or 1311
        "30/01/31",  # 1430 or 1330
        "31/01/01",  # Farvardin of 1331 or of 1401
        "05/08/07",  # the seventh of Aban 1405 or the fifth of Aban 1407
        "25/12/03",  # Esfand of 1325 or of 1403
        "405/08/29",
        "5/8/7",
    ],
)
def test_a_date_that_could_be_two_is_asked_again(typed: str) -> None:
    with pytest.raises(MalformedDate) as refused:
        parse_date(typed, today=TODAY)
    assert refused.value.code == "unsure-year"
    assert "چهار رقم" in refused.value.message


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1400/12/30", "no-such-day"),
        ("1404/12/30", "no-such-day"),
        ("1405/07/31", "no-such-day"),
        ("1405/01/00", "no-such-day"),
        ("1405/13/01", "no-such-month"),
        ("1405/00/01", "no-such-month"),
        ("2026-11-20", "gregorian-year"),
        ("20/11/2026", "gregorian-year"),
        ("1600/01/01", "year-out-of-range"),
        ("0000/00/00", "year-out-of-range"),
        ("1405/08", "not-a-date"),
        ("08/1405/29", "not-a-date"),
        ("1405/08/29/1", "not-a-date"),
        ("-1405/08/29", "not-a-date"),
        ("14050829", "not-a-date"),
        ("فردا", "not-a-date"),
    ],
)
def test_what_is_no_date_is_refused_by_name(typed: str, code: str) -> None:
    assert refusal(parse_date, typed) == code


def test_a_day_that_is_missing_is_named_in_the_refusal() -> None:
    with pytest.raises(MalformedDate, match="اسفند ۱۴۰۴ روز ۳۰ ندارد؛ از ۱ تا ۲۹ بنویسید"):
        parse_date("1404/12/30")


@every_nonsense
def test_nonsense_is_no_date(name: str) -> None:
    with pytest.raises(MalformedDate):
        parse_date(NONSENSE[name])


@given(anything)
@QUICK
def test_whatever_is_typed_is_a_date_or_malformed(text: str) -> None:
    answer = answered(lambda typed: parse_date(typed, today=TODAY), text)
    if isinstance(answer, Malformed):
        assert isinstance(answer, MalformedDate)
        assert_polite(answer)
    else:
        assert to_jalali(answer)[0] in jalali.YEARS


@given(days)
@QUICK
def test_a_day_comes_back_from_every_form_it_is_written_in(day: date) -> None:
    year, month, of_month = to_jalali(day)
    assert from_jalali(year, month, of_month) == day
    assert parse_date(jalali.numeric(day)) == day
    assert parse_date(jalali.iso(day)) == day
    assert parse_date(f"{of_month}/{month}/{year}") == day


def test_leap_years_are_those_of_the_civil_rule() -> None:
    assert {year for year in range(1375, 1445) if jalali.is_leap(year)} == LEAP_YEARS
    assert all(jalali.is_leap(year) for year in (1445, 1449))


def test_every_year_ends_the_day_before_the_next_one_begins() -> None:
    for year in jalali.YEARS[:-1]:
        last = from_jalali(year, 12, jalali.month_length(year, 12))
        assert last + timedelta(days=1) == from_jalali(year + 1, 1, 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((1405, 1, 31), 1, (1405, 2, 31)),
        ((1405, 6, 31), 1, (1405, 7, 30)),
        ((1405, 6, 31), 6, (1405, 12, 29)),
        ((1403, 12, 30), 12, (1404, 12, 29)),
        ((1408, 12, 30), 12, (1409, 12, 29)),
        ((1405, 1, 31), -1, (1404, 12, 29)),
        ((1405, 1, 1), -13, (1403, 12, 1)),
        ((1405, 8, 29), 0, (1405, 8, 29)),
    ],
)
def test_months_are_added_and_clipped(
    day: tuple[int, int, int], months: int, later: tuple[int, int, int]
) -> None:
    assert to_jalali(jalali.add_months(from_jalali(*day), months)) == later


@pytest.mark.parametrize(
    "odd", [(1404, 12, 30), (1405, 0, 1), (1405, 13, 1), (0, 1, 1), (10**30, 1, 1), (-1, 1, 1)]
)
def test_a_day_that_is_not_in_the_calendar_is_malformed(odd: tuple[int, int, int]) -> None:
    with pytest.raises(MalformedDate):
        from_jalali(*odd)


@pytest.mark.parametrize("odd", [date.min, date(622, 3, 21), date.max])
def test_a_day_the_calendar_does_not_count_is_malformed(odd: date) -> None:
    with pytest.raises(MalformedDate):
        to_jalali(odd)


def test_a_day_is_spoken_with_its_name() -> None:
    assert jalali.spoken(TODAY) == "جمعه ۲۹ آبان ۱۴۰۵"
    assert jalali.spoken(TODAY, year=False) == "جمعه ۲۹ آبان"
    assert jalali.spoken(TODAY, weekday=False) == "۲۹ آبان ۱۴۰۵"
    assert jalali.spoken(date(2026, 11, 24), weekday=False, year=False) == "۳ آذر"


def test_the_week_begins_on_saturday() -> None:
    week = [date(2026, 3, 21) + timedelta(days=n) for n in range(7)]
    assert [jalali.weekday(day) for day in week] == list(range(7))
    assert [jalali.weekday_name(day) for day in week] == list(WEEKDAYS)
    assert WEEKDAYS == ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
    assert jalali.weekday_name(date(2023, 3, 20)) == "دوشنبه"


def test_days_are_written_in_ascii_for_tables_and_interfaces() -> None:
    assert jalali.numeric(TODAY) == "1405/08/29"
    assert jalali.iso(TODAY) == "1405-08-29"
    assert len(MONTHS) == 12


def test_moments_are_shown_by_the_clock_of_tehran() -> None:
    at = datetime(2026, 11, 20, 6, 35, tzinfo=UTC)
    assert jalali.local(at).isoformat() == "2026-11-20T10:05:00+03:30"
    assert jalali.spoken_time(at) == "۱۰:۰۵"
    assert jalali.spoken_time(at - timedelta(hours=1)) == "۹:۰۵"


def test_there_is_no_summer_time() -> None:
    assert jalali.local(datetime(2026, 7, 1, tzinfo=UTC)).utcoffset() == timedelta(hours=3, minutes=30)


def test_late_evening_in_utc_is_the_next_day_in_tehran() -> None:
    late = datetime(2026, 11, 19, 21, 0, tzinfo=UTC)
    assert jalali.spoken(late) == "جمعه ۲۹ آبان ۱۴۰۵"
    assert jalali.numeric(late) == "1405/08/29"
    assert jalali.weekday(late) == 6


def test_a_moment_without_a_place_is_refused() -> None:
    naive = datetime(2026, 11, 20, 10, 5)  # noqa: DTZ001  # that is the point
    with pytest.raises(ValueError, match="aware"):
        jalali.local(naive)
