"""An officer who guesses is no officer who was asked: misses at resets and recoveries are counted together."""

from datetime import timedelta

from mizban.core.people.models import FailedTry
from mizban.core.refusals import TooManyTries
from mizban.core.sealing.keys import secret_hash
from mizban.kit.requests import Request

MOST_TRIES = 10
WINDOW = timedelta(minutes=15)


def slow_down(request: Request) -> None:
    """Raises TooManyTries after ten misses in a quarter of an hour."""
    recent = FailedTry.objects.since(request.now - WINDOW).filter(address=_officer(request))
    if recent.count() >= MOST_TRIES:
        raise TooManyTries


def guessed(request: Request) -> None:
    """One more miss."""
    FailedTry.objects.create(address=_officer(request), target=_officer(request), at=request.now)


def _officer(request: Request) -> bytes:
    return secret_hash("resets of an officer", str(request.user.pk))
