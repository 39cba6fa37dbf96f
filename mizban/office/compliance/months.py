"""Jalali months as the dates they begin with: what figures are added up by. Plain Python."""

from datetime import date, datetime

from mizban.lib.jalali import MONTHS, add_months, from_jalali, local, to_jalali


def month_of(day: date) -> date:
    """The first day of the Jalali month a day lies in."""
    year, month, _ = to_jalali(day)
    return from_jalali(year, month, 1)


def day_of(at: datetime) -> date:
    """The day in Tehran."""
    return local(at).date()


def last_months(day: date, count: int) -> list[date]:
    """The first days of so many months, the one of `day` last."""
    last = month_of(day)
    return [add_months(last, -back) for back in range(count - 1, -1, -1)]


def end_of(month: date) -> date:
    """The first day of the month after."""
    return add_months(month, 1)


def name_of(month: date) -> str:
    """«آبان»."""
    return MONTHS[to_jalali(month)[1] - 1]
