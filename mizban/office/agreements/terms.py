"""For which days a new agreement is written."""

from datetime import date, timedelta

from mizban.lib.jalali import add_months, from_jalali, month_length, to_jalali


def term(until: str | None, today: date) -> tuple[date, date]:
    """The days of the next agreement: from the end of the last one, or today, to the end of a Jalali year.

    At least half a year, so that nobody signs for a few weeks.
    """
    first = max(today, date.fromisoformat(until) + timedelta(days=1)) if until else today
    year = to_jalali(first + timedelta(days=182))[0]
    return first, from_jalali(year, 12, month_length(year, 12))


def next_month(today: date) -> date:
    """The first day of a Jalali month, today or after it: what is proposed is the same all month."""
    year, month, of_month = to_jalali(today)
    return today if of_month == 1 else add_months(from_jalali(year, month, 1), 1)
