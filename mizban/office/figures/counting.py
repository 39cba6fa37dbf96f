"""Counting cases in the database: as many queries for a hundred thousand cases as for ten.

Every function takes the cases an actor may see (`visible_to`) and returns numbers only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case as CaseOf
from django.db.models import Count, F, IntegerField, Q, Value, When
from django.db.models.functions import TruncDate

from mizban.core.cases.models import CaseQuerySet
from mizban.lib.jalali import TEHRAN
from mizban.office.calendar.days import WorkingCalendar

from .spans import Piece, Span

UNANSWERED = Q(is_open=True, answered_at=None)
# A promise without a date is unmeasured: it stands in neither.
KEPT = Q(answered_at__lte=F("due_at"))
BROKEN = Q(answered_at__gt=F("due_at"))


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered: in time, late, and how many in all; the rest is unmeasured."""

    answered: int
    in_time: int
    late: int

    @property
    def share(self) -> float | None:
        """In time among the measured; None where nothing was measured."""
        measured = self.in_time + self.late
        return self.in_time / measured if measured else None

    @property
    def unmeasured(self) -> int:
        return self.answered - self.in_time - self.late


@dataclass(frozen=True, slots=True)
class Totals:
    """A stretch of time, and what waits now."""

    arrived: int
    answers: Answers
    waiting: int
    late_now: int


@dataclass(frozen=True, slots=True)
class Week:
    """One piece of the stretch."""

    piece: Piece
    arrived: int
    answers: Answers


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit; `name` is empty for what stands in none."""

    name: str
    arrived: int
    answers: Answers
    waiting: int
    late_now: int


def totals(cases: CaseQuerySet, *, from_at: datetime, until_at: datetime, now: datetime) -> Totals:
    """One query over the cases."""
    found = cases.aggregate(**_measures(from_at, until_at, now))
    return Totals(found["arrived"], _answers(found), found["waiting"], found["late_now"])


def by_unit(cases: CaseQuerySet, *, from_at: datetime, until_at: datetime, now: datetime) -> list[UnitRow]:
    """The same unit by unit, the one with most late cases first; units nothing happened in are left out."""
    measures = _measures(from_at, until_at, now)
    # The stubs cannot see names that are annotated from a dict.
    measured: Iterable[Mapping[str, Any]] = cases.order_by().values("unit__name").annotate(**measures)
    rows = [
        UnitRow(row["unit__name"] or "", row["arrived"], _answers(row), row["waiting"], row["late_now"])
        for row in measured
    ]
    busy = [row for row in rows if row.arrived or row.answers.answered or row.waiting]
    return sorted(busy, key=lambda row: (-row.late_now, -row.waiting, row.name))


def by_week(cases: CaseQuerySet, span: Span) -> list[Week]:
    """Piece by piece, oldest first: two queries, however many pieces and cases."""
    arrived = dict(
        cases.filter(filed_at__gte=span.from_at, filed_at__lt=span.until_at)
        .order_by()
        .values_list(_place(span.pieces, "filed_at"))
        .annotate(Count("pk"))
    )
    measured: Iterable[Mapping[str, Any]] = (
        cases.filter(answered_at__gte=span.from_at, answered_at__lt=span.until_at)
        .order_by()
        .values(piece=_place(span.pieces, "answered_at"))
        .annotate(answered=Count("pk"), in_time=Count("pk", filter=KEPT), late=Count("pk", filter=BROKEN))
    )
    answered = {row["piece"]: _answers(row) for row in measured}
    nothing = Answers(0, 0, 0)
    return [
        Week(piece, arrived.get(number, 0), answered.get(number, nothing))
        for number, piece in enumerate(span.pieces)
    ]


def median_days(
    cases: CaseQuerySet, *, from_at: datetime, until_at: datetime, calendar: WorkingCalendar
) -> float | None:
    """The median of working days from the day of filing to the day of the answer; None where nothing was answered.

    As promises are counted: the day of filing counts nothing, what came on a day off counts as filed on the next
    working day. The database groups by the two days, so the rows fetched are bounded by days, not by cases.
    """
    pairs = (
        cases.filter(answered_at__gte=from_at, answered_at__lt=until_at)
        .order_by()
        .values_list(TruncDate("filed_at", tzinfo=TEHRAN), TruncDate("answered_at", tzinfo=TEHRAN))
        .annotate(Count("pk"))
    )
    counted = sorted((_days(calendar, filed, answered), count) for filed, answered, count in pairs)
    return _median(counted)


def _measures(from_at: datetime, until_at: datetime, now: datetime) -> dict[str, Count]:
    answered = Q(answered_at__gte=from_at, answered_at__lt=until_at)
    return {
        "arrived": Count("pk", filter=Q(filed_at__gte=from_at, filed_at__lt=until_at)),
        "answered": Count("pk", filter=answered),
        "in_time": Count("pk", filter=answered & KEPT),
        "late": Count("pk", filter=answered & BROKEN),
        "waiting": Count("pk", filter=UNANSWERED),
        "late_now": Count("pk", filter=UNANSWERED & Q(due_at__lt=now)),
    }


def _answers(found: Mapping[str, Any]) -> Answers:
    return Answers(found["answered"], found["in_time"], found["late"])


def _place(pieces: Sequence[Piece], field: str) -> CaseOf:
    """The number of the piece a moment lies in. Plain comparisons: the same on both engines."""
    whens = [
        When(**{f"{field}__lt": piece.end_at}, then=Value(number)) for number, piece in enumerate(pieces[:-1])
    ]
    return CaseOf(*whens, default=Value(len(pieces) - 1), output_field=IntegerField())


def _days(calendar: WorkingCalendar, filed_on: date, answered_on: date) -> int:
    if not calendar.is_working_day(filed_on):
        filed_on = calendar.nth_working_day_after(filed_on, 1)
    return max(0, calendar.working_days_between(filed_on, answered_on))


def _median(counted: Iterable[tuple[int, int]]) -> float | None:
    """The median of values with their counts, sorted by value."""
    counted = list(counted)
    total = sum(count for _, count in counted)
    if not total:
        return None
    return (_nth(counted, (total - 1) // 2) + _nth(counted, total // 2)) / 2


def _nth(counted: Sequence[tuple[int, int]], number: int) -> int:
    passed = 0
    for value, count in counted:
        passed += count
        if passed > number:
            return value
    raise IndexError(number)
