"""Guessing at codes and passwords is slowed down; whoever knows theirs is never locked out by a stranger."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_hex

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse

from mizban.core.people.models import FailedTry
from mizban.core.refusals import TooManyTries
from mizban.core.sealing import keys
from mizban.kit.requests import Request
from mizban.lib.codes import tidy_code
from mizban.web import cookies
from mizban.web.addresses import address_of

COOKIE = "mizban_known"
PATH = "/track/"
LASTS = timedelta(days=90)


def check(request: Request, code: str) -> None:
    """Raises TooManyTries for an address, or a known browser, that was wrong too often. One query."""
    limits = settings.GUESSING
    counts = FailedTry.objects.since(request.now - _window()).aggregate(
        overall=Count("pk"),
        of_code=Count("pk", filter=Q(target=_target(code))),
        of_address=Count("pk", filter=Q(address=_bucket(request, code))),
    )
    hot = counts["of_code"] >= limits["per_code"] or counts["overall"] >= limits["overall"]
    if counts["of_address"] >= limits["when_hot" if hot else "per_address"]:
        raise TooManyTries


def record(request: Request, code: str) -> None:
    """A wrong try. What is older than the window is forgotten on the way."""
    FailedTry.objects.before(request.now - _window()).delete()
    FailedTry.objects.create(address=_bucket(request, code), target=_target(code), at=request.now)


def know(response: HttpResponse, request: Request, code: str) -> None:
    """Remember that this browser once knew the password of this code: what strangers try no longer touches it.

    The cookie opens nothing; it only keeps the browser's own count of wrong tries apart.
    """
    known = cookies.read(request, COOKIE, at=request.now)
    browser = known["browser"] if known and known["code"] == code else token_hex(8)
    facts = {"code": code, "browser": browser}
    cookies.put(response, COOKIE, facts, path=PATH, lasts=LASTS, at=request.now)


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def _window() -> timedelta:
    return timedelta(minutes=settings.GUESSING["window_minutes"])


def _target(code: str) -> bytes:
    return keys.secret_hash("failed try", f"code {tidy_code(code)}")


def _bucket(request: Request, code: str) -> bytes:
    """Whose tries are counted together: those of a browser that knew this code, else those of the address."""
    known = cookies.read(request, COOKIE, at=request.now)
    if known and known["code"] == tidy_code(code):
        return keys.secret_hash("failed try", f"browser {known['browser']}")
    return keys.secret_hash("failed try", f"address {network_of(address_of(request))}")


def network_of(address: str) -> str:
    """The address itself; of IPv6 its /64, which is what one subscriber is given."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
