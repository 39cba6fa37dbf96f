"""When a promise in the time of the wall clock is over: days as they come, hours, minutes. Plain Python.

A declared service promises working time only; an agreement may promise «۱۰ روز» or «۴۸ ساعت».
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from mizban.core.cases.clocks.clock import Stop
from mizban.lib.jalali import TEHRAN, local

DAY = timedelta(days=1)
LENGTHS = {"days": DAY, "hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}


def due_after(value: int, unit: str, *, filed_at: datetime, stops: Sequence[Stop]) -> datetime | None:
    """When so many units of `LENGTHS` from an aware moment are over, but for the stops; None while the clock stands.

    Days end with the day in Tehran, and that of the filing is not counted, as the calendar counts working days; hours
    and minutes run day and night. What ran out before a stop stays run out.
    """
    whole_days = unit == "days"
    start, left = _counted(filed_at, whole_days=whole_days), value * LENGTHS[unit]
    for stop in stops:
        if start + left < stop.from_at:
            break
        left -= _counted(stop.from_at, whole_days=whole_days) - start
        if stop.until_at is None:
            return None
        start = _counted(stop.until_at, whole_days=whole_days)
    return start + left


def _counted(at: datetime, *, whole_days: bool) -> datetime:
    """From when a clock that starts then counts: the midnight after, where it counts whole days."""
    return datetime.combine(local(at).date() + DAY, time(), TEHRAN) if whole_days else at
