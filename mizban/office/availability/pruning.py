"""Minutes are forgotten once nobody needs them: their days were counted and hashed, and a year and more has passed."""

from datetime import datetime, timedelta

from django.db import transaction

from .chosen import kept_days
from .instants import day_of, span_of
from .models import ProbeDay, ProbeMinute

# A day of an office at a time, thousands of rows: a day half forgotten would be counted anew as half a day.
BATCH = 5


def prune(*, at: datetime, most: int = BATCH) -> int:
    """Delete the minutes of the oldest days, at most so many; how many days. What was folded of them stays.

    Any number of workers may do it: each day is claimed by a conditional update, in the transaction that deletes.
    """
    old = ProbeDay.objects.to_prune(before=day_of(at) - timedelta(days=kept_days()))[:most]
    return sum(_prune(row, at=at) for row in old)


@transaction.atomic
def _prune(row: ProbeDay, *, at: datetime) -> bool:
    if not ProbeDay.objects.filter(pk=row.pk, pruned_at=None).update(pruned_at=at):
        return False
    ProbeMinute.objects.between(row.agency_id, span_of(row.on)).delete()
    return True
