"""Every change of a calendar: the rows, the next version and the event, in one transaction."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from mizban.core.events.chain import chain_start
from mizban.core.events.models import Event, new_event
from mizban.core.people.actors import Actor

from .closures import Closure as ClosedSpan
from .current import forget
from .models import Calendar, Closure, Holiday, Season
from .timetable import FIRST_YEAR
from .week import Shifts, Week, write_shifts, write_week

SUBJECT = "calendar"


@transaction.atomic
def open_calendar(agency_id: int, *, name: str, by: Actor, at: datetime) -> Calendar:
    """A new main calendar with the usual week and no holidays yet; seed them next (`seeding.seed`)."""
    calendar = Calendar.objects.create(agency_id=agency_id, name=name)
    _record(calendar, "calendar_opened", {"name": name}, by=by, at=at)
    return calendar


@transaction.atomic
def enter_holiday(calendar: Calendar, *, on: date, name: str, by: Actor, at: datetime) -> Holiday:
    """Add a holiday by hand, or correct one: seeding never touches it again."""
    values = {"name": name, "source": Holiday.Source.ENTERED, "active": True}
    holiday, _ = Holiday.objects.update_or_create(calendar=calendar, on=on, defaults=values)
    changed(calendar, "holiday_entered", {"on": on.isoformat(), "name": name}, by=by, at=at)
    return holiday


@transaction.atomic
def drop_holiday(holiday: Holiday, *, by: Actor, at: datetime) -> None:
    """Make a working day of a holiday, as when a lunar day moved; the row stays so that seeding leaves it."""
    holiday.active, holiday.source = False, Holiday.Source.ENTERED
    holiday.save(update_fields=["active", "source"])
    changed(holiday.calendar, "holiday_dropped", {"on": holiday.on.isoformat()}, by=by, at=at)


@transaction.atomic
def move_holiday(holiday: Holiday, *, to: date, by: Actor, at: datetime) -> Holiday:
    """A lunar day falls on another date: the one becomes a working day and the other a holiday, in one change."""
    calendar = holiday.calendar
    Holiday.objects.filter(pk=holiday.pk).update(active=False, source=Holiday.Source.ENTERED)
    values = {"name": holiday.name, "source": Holiday.Source.ENTERED, "active": True}
    moved, _ = Holiday.objects.update_or_create(calendar=calendar, on=to, defaults=values)
    facts = {"on": holiday.on.isoformat(), "to": to.isoformat(), "name": holiday.name}
    changed(calendar, "holiday_moved", facts, by=by, at=at)
    return moved


@transaction.atomic
def confirm_holiday(holiday: Holiday, *, by: Actor, at: datetime) -> None:
    """An estimated lunar day is certain now. No date changes, so the version stays."""
    Calendar.objects.select_for_update().get(pk=holiday.calendar_id)
    holiday.source = Holiday.Source.ENTERED
    holiday.save(update_fields=["source"])
    facts = {"on": holiday.on.isoformat(), "name": holiday.name}
    _record(holiday.calendar, "holiday_confirmed", facts, by=by, at=at)


@transaction.atomic
def announce_closure(
    calendar: Calendar, span: ClosedSpan, *, by: Actor, at: datetime, second_officer: str | None = None
) -> Closure:
    """Close the office for a date or some hours of it. The author is the actor when the span names none."""
    closure = Closure.objects.create(
        calendar=calendar,
        on=span.on,
        from_time=span.from_time,
        until_time=span.until_time,
        reason=span.reason,
        author_name=span.author or by.spoken_name,
        letter_number=span.letter_number,
        announced_at=at,
        second_officer_name=second_officer,
    )
    facts = {"on": span.on.isoformat(), "reason": span.reason, "letter_number": span.letter_number}
    changed(calendar, "closure_announced", facts, by=by, at=at)
    return closure


@transaction.atomic
def change_week(
    calendar: Calendar, week: Week, *, from_on: date, by: Actor, at: datetime, thursday: Shifts | None = None
) -> None:
    """Other usual hours from a date on; those before it stay as a season, so that no old answer turns late.

    `week` says whether Thursday works; `thursday` are the hours to remember while it does not.
    """
    Season.objects.create(
        calendar=calendar,
        name="",
        from_on=date(FIRST_YEAR, 1, 1),
        until_on=from_on - timedelta(days=1),
        week=calendar.week,
        thursday_works=calendar.thursday_works,
    )
    pattern = write_week(week)
    calendar.thursday_works = bool(pattern["thu"])
    if not pattern["thu"]:
        pattern["thu"] = write_shifts(thursday) if thursday else calendar.week.get("thu", [])
    calendar.week = pattern
    calendar.save(update_fields=["week", "thursday_works"])
    changed(
        calendar, "week_changed", {"from_on": from_on.isoformat(), "week": write_week(week)}, by=by, at=at
    )


@transaction.atomic
def keep_season(
    calendar: Calendar, week: Week, *, name: str, from_on: date, until_on: date, by: Actor, at: datetime
) -> Season:
    """Other hours between two dates, both inside. Raises BadSeason."""
    season = Season(calendar=calendar, name=name, from_on=from_on, until_on=until_on, week=write_week(week))
    season.thursday_works = bool(season.week["thu"])
    season.plain()
    season.save()
    facts = {"name": name, "from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
    changed(calendar, "season_kept", facts, by=by, at=at)
    return season


@transaction.atomic
def drop_season(season: Season, *, by: Actor, at: datetime) -> None:
    """Other hours that are not kept after all."""
    calendar, facts = season.calendar, {"name": season.name, "from_on": season.from_on.isoformat()}
    season.delete()
    changed(calendar, "season_dropped", facts, by=by, at=at)


def changed(calendar: Calendar, kind: str, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
    """Count the version up and record the event; the caller holds the transaction. The new version."""
    Calendar.objects.filter(pk=calendar.pk).update(version=F("version") + 1, stamp=uuid4())
    calendar.refresh_from_db(fields=["version", "stamp"])
    _record(calendar, kind, {**facts, "version": calendar.version}, by=by, at=at)
    forget(calendar.agency_id)
    # Another thread may look between now and the commit, and keep the old version for two seconds.
    transaction.on_commit(lambda: forget(calendar.agency_id))
    return calendar.version


def _record(calendar: Calendar, kind: str, facts: dict[str, Any], *, by: Actor, at: datetime) -> None:
    last = Event.objects.about(SUBJECT, calendar.pk).last()
    new_event(
        agency_id=calendar.agency_id,
        subject=(SUBJECT, calendar.pk),
        number=last.number + 1 if last else 1,
        previous=bytes(last.hash) if last else chain_start(f"{SUBJECT} {calendar.pk}"),
        kind=kind,
        at=at,
        by=by,
        facts=facts,
    ).save()
