"""Guessing at codes and passwords is slowed down; whoever knows theirs is never locked out by a stranger."""

from collections.abc import Mapping
from datetime import timedelta
from secrets import token_hex

from django.http import HttpResponse

from mizban.core.declarations.forms import Resolve
from mizban.kit.requests import Request
from mizban.lib.codes import tidy_code
from mizban.web import cookies, guessing

COOKIE = "mizban_known"
PATH = "/track/"
LASTS = timedelta(days=90)


def check(request: Request, code: str) -> None:
    """Raises TooManyTries for an address, or a known browser, that was wrong too often. One query."""
    guessing.check(code, by=_bucket(request, code), at=request.now)


def record(request: Request, code: str) -> None:
    """A wrong try."""
    guessing.record(code, by=_bucket(request, code), at=request.now)


def limited(request: Request, resolve: Resolve) -> Resolve:
    """Naming another case is a try at its password: counted with all others of the address. Raises TooManyTries."""

    def counted(named: Mapping[str, str]) -> str:
        # Whose tries these are is worked out only where a case is named; few forms ask for one.
        by = guessing.address_bucket(request)
        return guessing.limited(resolve, by=by, at=request.now)(named)

    return counted


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


def _bucket(request: Request, code: str) -> bytes:
    """Whose tries are counted together: those of a browser that knew this code, else those of the address."""
    known = cookies.read(request, COOKIE, at=request.now)
    if known and known["code"] == tidy_code(code):
        return guessing.bucket(f"browser {known['browser']}")
    return guessing.address_bucket(request)
