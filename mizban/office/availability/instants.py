"""Minutes and days as probes count them. Plain Python; moments are aware, days are Tehran's."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from mizban.lib.jalali import TEHRAN, local

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

Span = tuple[datetime, datetime]


def minute_of(at: datetime) -> datetime:
    """The beginning of the minute this moment lies in."""
    return at.replace(second=0, microsecond=0)


def day_of(at: datetime) -> date:
    """The day in Tehran."""
    return local(at).date()


def span_of(on: date) -> Span:
    """From midnight to midnight in Tehran."""
    begins, ends = (datetime.combine(day, time(0), TEHRAN) for day in (on, on + DAY))
    return begins, ends


def length_of(on: date) -> int:
    """How many minutes the day has: 1440, but for a change of clocks."""
    begins, ends = span_of(on)
    return round((ends.timestamp() - begins.timestamp()) / 60)


def within(minute: datetime, spans: list[Span]) -> bool:
    """Whether the minute begins in one of these spans, whose ends lie outside them."""
    return any(begins <= minute < ends for begins, ends in spans)


def merged(spans: list[Span]) -> list[Span]:
    """The same time without overlaps, in order; empty spans are dropped."""
    made: list[Span] = []
    for begins, ends in sorted(span for span in spans if span[0] < span[1]):
        if made and begins <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], ends))
        else:
            made.append((begins, ends))
    return made


def clipped(spans: list[Span], begins: datetime, ends: datetime) -> list[Span]:
    """What of the spans lies between these moments, without overlaps, in order."""
    return merged([(max(begins, first), min(ends, last)) for first, last in spans])


def minutes_in(spans: list[Span]) -> int:
    """Their whole minutes together, overlaps counted once."""
    return round(sum(((ends - begins).total_seconds() for begins, ends in merged(spans)), 0.0) // 60)


def follow_each_other(minutes: list[datetime]) -> bool:
    """Whether no minute is missing between them."""
    return all(after - before == MINUTE for before, after in pairwise(minutes))
