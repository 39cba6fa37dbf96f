"""Holidays from the package: a beginning that people correct."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import SYSTEM
from mizban.office.calendar import changes, seeding
from mizban.office.calendar.current import working
from mizban.office.calendar.models import Calendar, Holiday
from mizban.office.calendar.seeding import SeedDay, known_days, seed

from .year_1405 import day, holidays

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def calendar() -> Calendar:
    agency = Agency.objects.create(slug="roads-markazi", name="راه و شهرسازی", short_name="راه")
    return changes.open_calendar(agency.pk, name="تقویم اداره", by=SYSTEM, at=NOW)


def test_1405_is_as_published() -> None:
    published = {on for on in holidays() if day(1405, 1, 1) <= on <= day(1405, 12, 29)}
    assert {known.on for known in known_days(1405, 1405)} == published


def test_25_farvardin_1405_is_left_out_unless_the_installation_wants_it() -> None:
    assert day(1405, 1, 25) not in {known.on for known in known_days(1405, 1405)}
    assert day(1405, 1, 25) in {known.on for known in known_days(1405, 1405, left_out=())}


def test_names_are_persian_and_say_nothing_of_estimates() -> None:
    names = {known.on: known.name for known in known_days(1398, 1407)}
    assert names[day(1405, 1, 1)] == "جشن نوروز، عید سعید فطر"
    assert names[day(1405, 1, 3)] == "عید نوروز"
    assert not any("تخمینی" in name or ";" in name for name in names.values())


def test_a_lunar_day_to_come_is_estimated_and_a_solar_one_is_sure() -> None:
    known = {each.on: each for each in known_days(1405, 1407)}
    assert known[day(1405, 12, 19)] == SeedDay(day(1405, 12, 19), "عید سعید فطر", is_estimated=True)
    assert not known[day(1405, 12, 29)].is_estimated
    # Nowruz would be a holiday whatever the moon does.
    assert not known[day(1407, 1, 3)].is_estimated


def test_a_friday_is_no_holiday_by_itself() -> None:
    known = {each.on for each in known_days(1405, 1405)}
    assert day(1405, 8, 29) not in known
    assert day(1405, 8, 22) in known


@pytest.mark.django_db
def test_seeding_twice_changes_nothing(calendar: Calendar) -> None:
    added = seed(calendar, today=TODAY, at=NOW)
    assert added == calendar.holidays.count() > 250
    assert calendar.version == 2
    assert seed(calendar, today=TODAY, at=NOW) == 0
    assert calendar.version == 2


@pytest.mark.django_db
def test_seeds_reach_from_1398_to_two_years_ahead(calendar: Calendar) -> None:
    seed(calendar, today=TODAY, at=NOW)
    dates = sorted(calendar.holidays.values_list("on", flat=True))
    assert dates[0] == day(1398, 1, 1)
    assert day(1407, 12, 1) < dates[-1] < day(1408, 1, 1)
    assert working(calendar).working_days_between(day(1404, 12, 29), day(1405, 12, 29)) == 245


@pytest.mark.django_db
def test_what_people_entered_or_dropped_stays(calendar: Calendar) -> None:
    seed(calendar, today=TODAY, at=NOW)
    dropped = calendar.holidays.get(on=day(1405, 12, 19))
    changes.drop_holiday(dropped, by=SYSTEM, at=NOW)
    changes.enter_holiday(calendar, on=day(1405, 1, 25), name="شهادت امام جعفر صادق", by=SYSTEM, at=NOW)
    assert seed(calendar, today=TODAY, at=NOW) == 0
    assert working(calendar).is_working_day(day(1405, 12, 19))
    assert not working(calendar).is_working_day(day(1405, 1, 25))


@pytest.mark.django_db
def test_an_estimated_day_that_the_package_moves_is_moved(calendar: Calendar, monkeypatch: Any) -> None:
    seed(calendar, today=TODAY, at=NOW)
    kept = [each for each in known_days(1398, 1407) if each.on != day(1405, 12, 10)]
    moved = [*kept, SeedDay(day(1405, 12, 11), "شهادت حضرت علی علیه السلام", is_estimated=False)]
    monkeypatch.setattr(seeding, "known_days", lambda *_args, **_kwargs: iter(moved))
    assert seed(calendar, today=TODAY, at=NOW) == 2
    assert working(calendar).is_working_day(day(1405, 12, 10))
    assert calendar.holidays.get(on=day(1405, 12, 11)).source == Holiday.Source.SEEDED


@pytest.mark.django_db
def test_an_estimated_day_becomes_sure_when_the_package_confirms_it(
    calendar: Calendar, monkeypatch: Any
) -> None:
    seed(calendar, today=TODAY, at=NOW)
    sure = [SeedDay(each.on, each.name, is_estimated=False) for each in known_days(1398, 1407)]
    monkeypatch.setattr(seeding, "known_days", lambda *_args, **_kwargs: iter(sure))
    estimated = calendar.holidays.estimated().count()
    assert seed(calendar, today=TODAY, at=NOW) == estimated > 20
    assert not calendar.holidays.estimated().exists()


@pytest.mark.django_db
def test_an_installation_may_leave_out_other_days(calendar: Calendar, settings: Any) -> None:
    settings.MIZBAN_HOLIDAYS_LEFT_OUT = ("1405-01-13",)
    seed(calendar, today=TODAY, at=NOW)
    assert not calendar.holidays.filter(on=day(1405, 1, 13)).exists()
    assert calendar.holidays.filter(on=day(1405, 1, 25)).exists()
