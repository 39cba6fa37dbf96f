"""The year the examples live in: Thursdays off, 450 minutes a day, the holidays of formats.md §14."""

from datetime import UTC, date, datetime, time

from mizban.lib.jalali import TEHRAN, from_jalali
from mizban.office.calendar.days import WorkingCalendar
from mizban.office.calendar.deadlines import Pause, Target, Unit, deadline

HOLIDAYS_OF_1405 = {
    1: (1, 2, 3, 4, 12, 13),
    3: (6, 14, 15),
    4: (3, 4),
    5: (13, 21, 22, 30),
    6: (8,),
    8: (22,),
    10: (2, 16),
    11: (4, 22),
    12: (10, 19, 20, 29),
}
NAMES = {(1, 1): "جشن نوروز", (3, 6): "عید سعید قربان", (12, 29): "روز ملی شدن صنعت نفت ایران"}


def day(year: int, month: int, of_month: int) -> date:
    """A Jalali date."""
    return from_jalali(year, month, of_month)


def at(year: int, month: int, of_month: int, hour: int = 0, minute: int = 0) -> datetime:
    """A Jalali date and Tehran time as an instant in UTC."""
    return datetime.combine(day(year, month, of_month), time(hour, minute), TEHRAN).astimezone(UTC)


def holidays() -> dict[date, str]:
    """The 25 days of 1405, and Nowruz on either side of it."""
    found = {
        day(1405, month, of_month): NAMES.get((month, of_month), "تعطیل رسمی")
        for month, days in HOLIDAYS_OF_1405.items()
        for of_month in days
    }
    found[day(1404, 12, 29)] = "روز ملی شدن صنعت نفت ایران"
    return found | {day(1406, 1, of_month): "جشن نوروز" for of_month in (1, 2, 3, 4, 12, 13)}


CALENDAR = WorkingCalendar(holidays=holidays())
DAYS: Unit = "working_days"
MINUTES: Unit = "working_minutes"


def due(
    within: int, unit: Unit, filed_at: datetime, *pauses: Pause, calendar: WorkingCalendar = CALENDAR
) -> datetime:
    """When an answer is due on a clock that runs."""
    found = deadline(Target("answer", within, unit), filed_at=filed_at, pauses=pauses, calendar=calendar)
    assert found.due_at is not None
    return found.due_at
