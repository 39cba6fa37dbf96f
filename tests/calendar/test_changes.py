"""Changing a calendar, and the calendar an agency works by now."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.office.calendar import changes, current
from mizban.office.calendar.closures import Closure as ClosedSpan
from mizban.office.calendar.models import Calendar, Closure, Holiday
from mizban.office.calendar.refusals import BadClosure, BadSeason, CalendarMissing
from mizban.office.calendar.week import iranian_week

from .year_1405 import at, day

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
SATURDAY = day(1405, 8, 30)


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(slug="finance-east-azerbaijan", name="امور اقتصادی", short_name="اقتصاد")


@pytest.fixture
def officer(agency: Agency) -> Staff:
    return Staff(7, "بابک", agency.pk, frozenset({"site_officer"}))


@pytest.fixture
def calendar(agency: Agency, officer: Staff) -> Calendar:
    current.forget(agency.pk)
    return changes.open_calendar(agency.pk, name="تقویم اداره", by=officer, at=NOW)


def test_a_new_calendar_keeps_the_usual_hours(calendar: Calendar) -> None:
    plain = current.calendar_of(calendar.agency_id)
    assert plain.working_minutes_between(at(1405, 8, 30), at(1405, 9, 1)) == 450
    assert not plain.is_working_day(day(1405, 8, 28))
    assert plain.version == 1


def test_a_closure_counts_the_version_up_and_is_seen_at_once(calendar: Calendar, officer: Staff) -> None:
    assert current.calendar_of(calendar.agency_id).is_working_day(SATURDAY)
    span = ClosedSpan(SATURDAY, "آلودگی هوا", letter_number="۱۲/۳۴")
    closure = changes.announce_closure(calendar, span, by=officer, at=NOW)
    plain = current.calendar_of(calendar.agency_id)
    assert plain.version == calendar.version == 2
    assert plain.why_off(SATURDAY) is not None
    assert closure.author_name == "بابک"
    assert closure.second_officer_name is None


def test_closed_hours_come_back_from_the_database_as_they_were(calendar: Calendar, officer: Staff) -> None:
    span = ClosedSpan(SATURDAY, "قطع برق", time(8), time(10, 30), letter_number="1405/77")
    changes.announce_closure(calendar, span, by=officer, at=NOW, second_officer="سارا")
    plain = current.calendar_of(calendar.agency_id)
    assert plain.working_minutes_between(at(1405, 8, 30), at(1405, 9, 1)) == 300
    assert plain.closures[0].author == "بابک"
    assert Closure.objects.get().plain().span == span.span


def test_every_change_is_an_event_of_the_calendar(calendar: Calendar, officer: Staff) -> None:
    holiday = changes.enter_holiday(calendar, on=SATURDAY, name="تعطیل", by=officer, at=NOW)
    changes.drop_holiday(holiday, by=officer, at=NOW)
    events = list(Event.objects.about("calendar", calendar.pk))
    assert [event.kind for event in events] == ["calendar_opened", "holiday_entered", "holiday_dropped"]
    assert [event.number for event in events] == [1, 2, 3]
    assert bytes(events[2].hash) == events[2].chained_to(bytes(events[1].hash))
    assert current.calendar_of(calendar.agency_id).version == 3


def test_a_dropped_holiday_is_a_working_day_again(calendar: Calendar, officer: Staff) -> None:
    holiday = changes.enter_holiday(calendar, on=SATURDAY, name="تعطیل", by=officer, at=NOW)
    assert not current.calendar_of(calendar.agency_id).is_working_day(SATURDAY)
    changes.drop_holiday(holiday, by=officer, at=NOW)
    assert current.calendar_of(calendar.agency_id).is_working_day(SATURDAY)


def test_new_hours_count_from_their_day_and_leave_the_past_alone(calendar: Calendar, officer: Staff) -> None:
    week = iranian_week(((time(8), time(14)),), thursday=((time(8), time(12)),))
    changes.change_week(calendar, week, from_on=SATURDAY, by=officer, at=NOW)
    plain = current.calendar_of(calendar.agency_id)
    assert plain.close_of(day(1405, 8, 27)) == at(1405, 8, 27, 15)
    assert plain.close_of(SATURDAY) == at(1405, 8, 30, 14)
    assert not plain.is_working_day(day(1405, 8, 28))
    assert plain.is_working_day(day(1405, 9, 5))


def test_thursdays_hours_are_remembered_while_it_is_off(calendar: Calendar, officer: Staff) -> None:
    changes.change_week(calendar, iranian_week(), from_on=SATURDAY, by=officer, at=NOW)
    assert calendar.week["thu"] == [["07:30", "13:00"]]
    assert not calendar.thursday_works


def test_ramadan_is_a_season_inside_older_hours(calendar: Calendar, officer: Staff) -> None:
    week = iranian_week(((time(9), time(14)),))
    span = {"from_on": day(1405, 11, 19), "until_on": day(1405, 12, 18)}
    changes.keep_season(calendar, week, name="ماه مبارک رمضان", by=officer, at=NOW, **span)
    changes.change_week(
        calendar, iranian_week(((time(7), time(13)),)), from_on=day(1406, 2, 1), by=officer, at=NOW
    )
    plain = current.calendar_of(calendar.agency_id)
    assert plain.close_of(day(1405, 11, 24)) == at(1405, 11, 24, 14)
    assert plain.close_of(day(1405, 8, 30)) == at(1405, 8, 30, 15)
    with pytest.raises(BadSeason):
        changes.keep_season(
            calendar, week, name="", from_on=SATURDAY, until_on=day(1405, 8, 1), by=officer, at=NOW
        )


def test_what_is_rolled_back_is_not_kept(calendar: Calendar, officer: Staff) -> None:
    with transaction.atomic():
        changes.announce_closure(calendar, ClosedSpan(SATURDAY, "اشتباه"), by=officer, at=NOW)
        assert not current.calendar_of(calendar.agency_id).is_working_day(SATURDAY)
        transaction.set_rollback(True)
    # The next change has the same version number as the one rolled back; its stamp tells them apart.
    assert current.calendar_of(calendar.agency_id).is_working_day(SATURDAY)
    calendar.refresh_from_db()
    assert changes.changed(calendar, "holiday_entered", {}, by=officer, at=NOW) == 2
    assert current.calendar_of(calendar.agency_id).is_working_day(SATURDAY)


def test_an_unchanged_calendar_costs_one_query_in_a_transaction(
    calendar: Calendar, django_assert_num_queries: Any
) -> None:
    first = current.calendar_of(calendar.agency_id)
    with django_assert_num_queries(1):
        assert current.calendar_of(calendar.agency_id) is first


@pytest.mark.django_db(transaction=True)
def test_a_fresh_calendar_costs_no_query(calendar: Calendar, django_assert_num_queries: Any) -> None:
    first = current.calendar_of(calendar.agency_id)
    with django_assert_num_queries(0):
        assert current.calendar_of(calendar.agency_id) is first


@pytest.mark.django_db(transaction=True)
def test_another_process_is_noticed_when_the_look_is_no_longer_fresh(
    calendar: Calendar, officer: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(current, "monotonic", lambda: now)
    assert current.calendar_of(calendar.agency_id).version == 1
    kept = dict(current._kept)  # noqa: SLF001 - the other process has a cache of its own
    changes.announce_closure(calendar, ClosedSpan(SATURDAY, "آلودگی هوا"), by=officer, at=NOW)
    current._kept.update(kept)  # noqa: SLF001
    assert current.calendar_of(calendar.agency_id).version == 1
    now += current.FRESH_SECONDS
    assert current.calendar_of(calendar.agency_id).version == 2


def test_an_agency_without_a_calendar_is_told_so(agency: Agency) -> None:
    with pytest.raises(CalendarMissing):
        current.calendar_of(agency.pk)


def test_an_agency_has_one_main_calendar_and_a_date_one_holiday(calendar: Calendar) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Calendar.objects.create(agency_id=calendar.agency_id, name="دیگر")
    Calendar.objects.create(agency_id=calendar.agency_id, name="دیگر", is_main=False)
    Holiday.objects.create(calendar=calendar, on=SATURDAY, name="تعطیل")
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(calendar=calendar, on=SATURDAY, name="تعطیل")


def test_a_closure_that_ends_before_it_starts_never_reaches_the_table(calendar: Calendar) -> None:
    values = {"calendar": calendar, "on": SATURDAY, "reason": "x", "author_name": "x", "announced_at": NOW}
    backwards = Closure(**values, from_time=time(12), until_time=time(10))
    with pytest.raises(BadClosure):
        backwards.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.bulk_create([backwards])
