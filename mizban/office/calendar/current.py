"""The calendar an agency works by now, kept in the process."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from uuid import UUID

from django.db import connection

from mizban.core.prepared import PreparedValues, blank

from .days import WorkingCalendar
from .models import Calendar
from .refusals import CalendarMissing

# How long another process's change may go unseen outside a transaction: deadlines are stored with the version
# they were computed with, so a row that is two seconds behind is found and computed again.
FRESH_SECONDS = 2.0
NEVER = float("-inf")


@dataclass(slots=True)
class _Kept:
    stamp: UUID
    calendar: WorkingCalendar
    checked: float


_kept: dict[int, _Kept] = {}


def calendar_of(agency_id: int) -> WorkingCalendar:
    """The main calendar of an agency: no query within two seconds of the last look, else one of one column.

    Inside a transaction it always looks, so that what the transaction changed is seen and what it rolls back
    is not kept. Five queries when the version is new. Raises CalendarMissing.
    """
    kept = _kept.get(agency_id)
    if kept and not connection.in_atomic_block and monotonic() - kept.checked < FRESH_SECONDS:
        return kept.calendar
    stamp = next((row[0] for row in _stamp.all(agency_id=agency_id)), None)
    if kept is None or kept.stamp != stamp:
        kept = _kept[agency_id] = _load(agency_id)
    if not connection.in_atomic_block:
        kept.checked = monotonic()
    return kept.calendar


_stamp = PreparedValues(
    lambda: Calendar.objects.main_of(blank(Calendar, "agency", "agency_id")).values_list("stamp")
)


def calendar_at(agency_id: int, at: datetime) -> WorkingCalendar:
    """The calendar of now without the closures that were announced after a moment. Raises CalendarMissing."""
    row = Calendar.objects.main_of(agency_id).first()
    if row is None:
        raise CalendarMissing(f"agency {agency_id}")
    later = row.closures.filter(announced_at__gt=at)
    return working(row, without={closure.pk for closure in later})


def forget(agency_id: int) -> None:
    """Look again at the next question; `changes` calls it."""
    _kept.pop(agency_id, None)


def forget_all() -> None:
    """Begin as a new process does; for tests."""
    _kept.clear()


def working(row: Calendar, *, without: Collection[int] = ()) -> WorkingCalendar:
    """The plain value of a calendar's rows, but for some closures. Raises what its parts are refused for."""
    return WorkingCalendar(
        week=row.working_week(),
        holidays=dict(row.holidays.active().values_list("on", "name")),
        closures=tuple(closure.plain() for closure in row.closures.all() if closure.pk not in without),
        seasons=tuple(season.plain() for season in row.seasons.all()),
        version=row.version,
        minutes_per_day=row.minutes_per_day,
    )


def _load(agency_id: int) -> _Kept:
    # The row is read before what hangs on it: a change in between leaves an old stamp, seen at the next look.
    row = Calendar.objects.main_of(agency_id).first()
    if row is None:
        forget(agency_id)
        raise CalendarMissing(f"agency {agency_id}")
    return _Kept(row.stamp, working(row), NEVER)
