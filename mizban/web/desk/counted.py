"""How many cases stand in each tab: counted anew when anything happened, and after a quarter of a minute."""

from collections.abc import Callable, Hashable
from time import monotonic

from django.db import connection

from mizban.core.events.models import Event
from mizban.core.prepared import PreparedValues, blank

Counts = dict[str, int]

# What grows late or soon does so without an event.
FRESH_SECONDS = 15.0
MOST = 1000

_latest_of = PreparedValues(
    lambda: Event.objects.filter(agency=blank(Event, "agency")).order_by("-at").values_list("pk")[:1]
)
_latest = PreparedValues(lambda: Event.objects.order_by("-pk").values_list("pk")[:1])
_kept: dict[Hashable, tuple[object, float, Counts]] = {}


def counted(looker: Hashable, count: Callable[[], Counts], *, agency_id: int | None) -> Counts:
    """What `looker` counts among the cases of one agency, or of all: one query, `count`'s too where it must be asked.

    Every change of a case is an event, whichever process made it.
    """
    if connection.in_atomic_block:
        return count()
    now = monotonic()
    latest = _latest_of.all(agency=agency_id) if agency_id else _latest.all()
    kept = _kept.get(looker)
    if kept and kept[0] == latest and now - kept[1] < FRESH_SECONDS:
        return kept[2]
    if len(_kept) >= MOST:
        _kept.clear()
    found = count()
    _kept[looker] = latest, now, found
    return found
