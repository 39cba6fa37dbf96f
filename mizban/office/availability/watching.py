"""Whether what was probed says that an outage began or ended."""

from datetime import datetime

from .chosen import after_minutes, agree
from .folding import maintained
from .instants import MINUTE, minute_of, within
from .models import Outage, ProbeMinute
from .verdicts import Turn, by_target, of_office, turns


def look(agency_id: int, *, since: datetime, at: datetime) -> list[Turn]:
    """What turned since the minute of `since`: outages that began and ended, in order. Three queries.

    Minutes of maintenance say nothing, and neither do those before the last outage ended: whoever closed it by hand
    is believed. An outage opened by hand is closed by hand: not everything that fails can be probed.
    """
    after = after_minutes()
    last = Outage.objects.filter(agency_id=agency_id).newest_first().first()
    if last and last.is_running and not last.by_prober:
        return []
    begins = minute_of(since) - (after - 1) * MINUTE
    if last:
        begins = max(begins, last.until_at or last.from_at)
    span = begins, at + 5 * MINUTE
    answers = ProbeMinute.objects.between(agency_id, span).answers()
    closed = maintained(agency_id, span)
    minutes = of_office(by_target(answers, agree()))
    heard = {minute: up for minute, up in minutes.items() if not within(minute, closed)}
    return turns(heard, is_down=bool(last and last.is_running), after=after)


def failing(agency_id: int, *, begins: datetime, ends: datetime) -> list[str]:
    """The targets that were down at some minute between two moments, the last one included."""
    answers = ProbeMinute.objects.between(agency_id, (begins, ends + MINUTE)).answers()
    found = by_target(answers, agree())
    return sorted(target for target, minutes in found.items() if not all(minutes.values()))
