"""The forecast of an office, from its cases: two queries, however many there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from mizban.core.cases.models import CaseQuerySet
from mizban.core.cases.models.case import PAUSED_AT
from mizban.core.cases.models.shelves import OPEN
from mizban.office.calendar.days import WorkingCalendar

from .forecast import Day, Waiting, forecast

DAYS = 5
# The answers of so many working days are the measure of what a unit can do.
MEASURED_DAYS = 20
MOST = 2000
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit's days; `rate` is its answers per working day, None where none were measured."""

    unit_id: int | None
    name: str
    rate: float | None
    overdue: int
    days: list[Day]

    @property
    def late(self) -> int:
        return sum(len(day.late) for day in self.days)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The coming working days and the units that have cases due in them; `is_cut` where there were more than MOST."""

    days: list[date]
    units: list[Unit]
    is_cut: bool


def outlook(cases: CaseQuerySet, calendar: WorkingCalendar, *, now: datetime) -> Outlook:
    """The forecast over the cases an actor may see (`in_house_for`), at the aware moment `now`."""
    days = coming_days(calendar, now)
    until = calendar.close_of(days[-1])
    due = (
        cases.on(OPEN).filter(queue_at__lt=min(until + timedelta(seconds=1), PAUSED_AT)).order_by("queue_at")
    )
    columns = ("pk", "unit_id", "unit__name", "assignee_id", "turn", "due_at")
    rows = list(due.values_list(*columns)[: MOST + 1])
    waiting: defaultdict[tuple[int | None, str], list[Waiting]] = defaultdict(list)
    for pk, unit_id, name, assignee, turn, due_at in rows[:MOST]:
        due_on = None if due_at < now else calendar.day_of(due_at)
        waiting[unit_id, name or ""].append(
            Waiting(pk, due_on, is_assigned=assignee is not None, is_elsewhere=turn == "party")
        )
    rates = _rates(cases, calendar, now)
    units = [
        _unit(unit_id, name, found, rates.get(unit_id), days) for (unit_id, name), found in waiting.items()
    ]
    units.sort(key=lambda each: (-each.late, each.name))
    return Outlook(days, units, is_cut=len(rows) > MOST)


def coming_days(calendar: WorkingCalendar, now: datetime) -> list[date]:
    """Today where it has working time left, and the working days after it, DAYS in all."""
    today = calendar.day_of(now)
    first = calendar.day_of(calendar.opening(now))
    first = today if calendar.is_working_day(today) and calendar.close_of(today) > now else first
    return [first, *(calendar.nth_working_day_after(first, n) for n in range(1, DAYS))]


def _rates(cases: CaseQuerySet, calendar: WorkingCalendar, now: datetime) -> dict[int | None, float]:
    """Answers per working day of each unit over the last weeks; units without any are left out."""
    first = calendar.day_of(now)
    days = 0
    while days < MEASURED_DAYS:
        first -= DAY
        days += calendar.is_working_day(first)
    since = calendar.opening(datetime.combine(first, datetime.min.time(), calendar.zone))
    answered = cases.filter(answered_at__gte=since, answered_at__lt=now).order_by()
    return {
        unit_id: count / MEASURED_DAYS
        for unit_id, count in answered.values_list("unit_id").annotate(Count("pk"))
    }


def _unit(
    unit_id: int | None, name: str, waiting: list[Waiting], rate: float | None, days: list[date]
) -> Unit:
    overdue = sum(each.due_on is None for each in waiting)
    return Unit(unit_id, name, rate, overdue, forecast(waiting, rate, days))
