"""What is to be told: one row in the transaction of what happened, fanned out into mails by the worker."""

from datetime import datetime, timedelta

from django.db import transaction

from mizban.core.agencies.models import Agency

from .chosen import is_on
from .models import Delivery, Mailing, Occasion, Subscription

BATCH = 500
# Of a case the office's disruptions are told; its other news are for who asked for them.
DISRUPTIONS = frozenset(Occasion) - {Occasion.NOTICE}
NEWS_FOR = timedelta(hours=24)
KEPT_FOR = timedelta(days=30)


def post(
    agency: Agency,
    occasion: Occasion,
    *,
    notice_id: int,
    heading: str,
    text: str,
    path: str,
    at: datetime,
) -> None:
    """One row, whatever the number of subscribers; nothing where no mail is sent. The caller holds the transaction."""
    if not is_on():
        return
    Mailing.objects.create(
        agency=agency,
        occasion=occasion,
        notice_id=notice_id,
        heading=heading,
        text=text,
        path=path,
        written_at=at,
        good_until=at + NEWS_FOR,
    )


def fan_out(*, at: datetime, most: int = 20) -> int:
    """Write mails for the next batches of subscribers; how many. Any number of workers may do it."""
    written = 0
    for _ in range(most):
        mailing = Mailing.objects.waiting().first()
        if mailing is None:
            break
        written += _batch(mailing, at=at)
    return written


@transaction.atomic
def _batch(mailing: Mailing, *, at: datetime) -> int:
    """Mails for those after the last one; who is killed before the commit has written none of them."""
    to = Subscription.objects.standing().told_of(mailing.agency_id).filter(pk__gt=mailing.last)
    if mailing.occasion not in DISRUPTIONS:
        to = to.filter(case=None)
    rows = list(to.order_by("pk").values_list("pk", "index")[:BATCH])
    is_whole = len(rows) < BATCH
    mine = Mailing.objects.filter(pk=mailing.pk, last=mailing.last, fanned_at=None)
    if not mine.update(last=rows[-1][0] if rows else mailing.last, fanned_at=at if is_whole else None):
        return 0
    mails = [
        Delivery(mailing=mailing, subscription_id=pk, index=bytes(index), next_at=at) for pk, index in rows
    ]
    Delivery.objects.bulk_create(mails, ignore_conflicts=True)
    return len(mails)


def forget(*, at: datetime, most: int) -> int:
    """Drop mails that ended a month ago: the counts stay with what they told. How many."""
    old = list(Delivery.objects.over(before=at - KEPT_FOR).values_list("pk", flat=True)[:most])
    return Delivery.objects.filter(pk__in=old).delete()[0]
