"""Pages of a long list by key, not by number: no page is skipped or shown twice while cases come and go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from ..models import Case, CaseQuerySet

# A list is ordered by columns that are never null, the last one unique; «-» turns all of them.
URGENT = ("queue_at", "id")
LATEST_DUE = ("-queue_at", "-id")
NEWEST = ("-id",)
Order = tuple[str, ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CURSOR = re.compile(r"(?:([0-9]{1,18})\.)?([0-9]{1,18})")
_LAST_MOMENT = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the cursors around them; an empty one means that the list ends there."""

    cases: "Sequence[Case]"
    before: str
    after: str


def page(cases: "CaseQuerySet", order: Order, *, size: int, after: str = "", before: str = "") -> Page:
    """`size` cases in this order after one cursor or before another; a cursor that is none is the list's beginning."""
    start, end = _read(after, order), _read(before, order)
    if end is not None and start is None:
        return _before(cases, order, end, size)
    rows = list((cases.filter(_beyond(order, start)) if start else cases).order_by(*order)[: size + 1])
    if start and not rows:
        return page(cases, order, size=size)
    return cut(rows, order, size=size, is_first=not start)


def cut(rows: "Sequence[Case]", order: Order, *, size: int, is_first: bool = True) -> Page:
    """The page of rows that were read in this order, one more than `size` where there are more."""
    shown = rows[:size]
    return Page(
        shown,
        before="" if is_first or not shown else cursor(shown[0], order),
        after=cursor(shown[-1], order) if len(rows) > size else "",
    )


def _before(cases: "CaseQuerySet", order: Order, end: tuple[Any, ...], size: int) -> Page:
    turned = _turned(order)
    rows = list(cases.filter(_beyond(turned, end)).order_by(*turned)[: size + 1])
    if len(rows) <= size:
        # The beginning is shown whole, not as many rows as happen to stand before the cursor.
        return page(cases, order, size=size)
    shown = rows[:size][::-1]
    return Page(shown, before=cursor(shown[0], order), after=cursor(shown[-1], order))


def cursor(case: "Case", order: Order) -> str:
    """Where a case stands in this order: a number of microseconds and its row, nothing of its content."""
    if len(order) == 1:
        return str(case.pk)
    return f"{(case.queue_at - _EPOCH) // _MICROSECOND}.{case.pk}"


def _read(typed: str, order: Order) -> tuple[Any, ...] | None:
    found = _CURSOR.fullmatch(typed) if typed.isascii() else None
    if found is None or (found[1] is not None) != (len(order) == 2):
        return None
    if found[1] is None:
        return (int(found[2]),)
    moment = int(found[1])
    return (_EPOCH + moment * _MICROSECOND, int(found[2])) if moment <= _LAST_MOMENT else None


def _beyond(order: Order, key: tuple[Any, ...]) -> Q:
    """What comes after the key in this order."""
    than = "lt" if order[0].startswith("-") else "gt"
    columns = [column.removeprefix("-") for column in order]
    if len(columns) == 1:
        return Q(**{f"{columns[0]}__{than}": key[0]})
    first, last = columns
    later = Q(**{f"{first}__{than}": key[0]}) | Q(**{first: key[0], f"{last}__{than}": key[1]})
    # Said twice, so that the index is entered at the key and not walked up to it.
    return Q(**{f"{first}__{than}e": key[0]}) & later


def _turned(order: Order) -> Order:
    return tuple(column.removeprefix("-") if column.startswith("-") else f"-{column}" for column in order)
