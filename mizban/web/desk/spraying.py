"""Many names from one address (password spraying): after some wrong tries each next one has to wait, ever longer.

Nobody is shut out: colleagues behind the same address wait a minute at most, and a device that signed in before not at
all. A try that is told to wait is not looked at and does not count.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Max

from mizban.core.people.models import FailedTry
from mizban.kit.requests import Request
from mizban.web.addresses import subscriber_of
from mizban.web.guessing import bucket

WINDOW = timedelta(minutes=15)
# An office behind one address mistypes a dozen passwords in a quarter of an hour; then the waiting begins.
FREE = 20
LONGEST = timedelta(seconds=60)


def wait(request: Request) -> timedelta:
    """How long this address has to wait before the next try; nothing for most."""
    tries = FailedTry.objects.since(request.now - WINDOW).filter(address=_address(request))
    found = tries.aggregate(count=Count("pk"), last=Max("at"))
    return _left(found["count"], found["last"], request.now)


def wrong(request: Request) -> None:
    """One more wrong name or password from this address."""
    FailedTry.objects.create(address=_address(request), target=_address(request), at=request.now)


def _left(count: int, last: datetime | None, now: datetime) -> timedelta:
    if count < FREE or last is None:
        return timedelta(0)
    pause = min(timedelta(seconds=2 ** min(count - FREE, 10)), LONGEST)
    return max(last + pause - now, timedelta(0))


def _address(request: Request) -> bytes:
    return bucket(f"desk sign-in {subscriber_of(request)}")
