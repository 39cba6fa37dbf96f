"""Guessing at codes and passwords is slowed down, whichever door is tried: the counts of all doors are one."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Value
from django.http import HttpRequest

from mizban.core.declarations.forms import Resolve
from mizban.core.people.models import FailedTry
from mizban.core.prepared import PreparedValues, blank
from mizban.core.refusals import TooManyTries
from mizban.core.sealing import keys
from mizban.lib.codes import tidy_code
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.addresses import address_of, network_of


def check(code: str, *, by: bytes, at: datetime) -> None:
    """Raises TooManyTries for a bucket (`bucket`) that was wrong too often. One query.

    What counts first is the pair of address and code: a whole town may stand behind one address, and a neighbour's
    mistakes with his own code must not keep an applicant out.
    """
    limits = settings.GUESSING
    found = _tries.all(at=at - window(), target=_target(code), address=by)
    overall, of_code, of_address, of_pair = found[0]
    flooded = overall >= limits["overall"]
    hot = flooded or of_code >= limits["per_code"]
    if of_pair >= limits["when_hot" if hot else "per_pair"]:
        raise TooManyTries
    if of_address >= limits["when_hot" if flooded else "per_address"]:
        raise TooManyTries


def _counted() -> "QuerySet[FailedTry, tuple[int, ...]]":
    """The tries of the window in one row: all, those at this code, those of this bucket, those of both."""
    at_code, by_bucket = Q(target=blank(FailedTry, "target")), Q(address=blank(FailedTry, "address"))
    everything = FailedTry.objects.since(blank(FailedTry, "at")).annotate(one=Value(1)).values("one")
    counts = everything.order_by().annotate(
        overall=Count("pk"),
        of_code=Count("pk", filter=at_code),
        of_address=Count("pk", filter=by_bucket),
        of_pair=Count("pk", filter=at_code & by_bucket),
    )
    return counts.values_list("overall", "of_code", "of_address", "of_pair")


_tries = PreparedValues(_counted)


def record(code: str, *, by: bytes, at: datetime) -> None:
    """A wrong try. What is older than the window is forgotten on the way."""
    FailedTry.objects.before(at - window()).delete()
    FailedTry.objects.create(address=by, target=_target(code), at=at)


def limited(resolve: Resolve, *, by: bytes, at: datetime) -> Resolve:
    """Naming another case is a try at its password: counted with all others. Raises TooManyTries."""

    def counted(named: Mapping[str, str]) -> str:
        check(named["code"], by=by, at=at)
        try:
            return resolve(named)
        except Malformed:
            record(named["code"], by=by, at=at)
            raise

    return counted


def window() -> timedelta:
    """How long a wrong try counts."""
    return timedelta(minutes=settings.GUESSING["window_minutes"])


def bucket(who: str) -> bytes:
    """Whose tries are counted together, as it is stored."""
    return keys.secret_hash("failed try", who)


def address_bucket(request: HttpRequest) -> bytes:
    """The bucket of everybody behind one address."""
    return bucket(f"address {network_of(address_of(request))}")


def _target(code: str) -> bytes:
    return keys.secret_hash("failed try", f"code {tidy_code(code)}")
