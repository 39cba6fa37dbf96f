"""A receipt's secret on its way from the filing to the page that shows it: sealed in a cookie, for minutes, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse

from . import cookies

COOKIE = "mizban_receipt"
KEPT_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The code and the password that a filing made."""

    code: str
    password: str


def hand_over(response: HttpResponse, receipt: Receipt, *, path: str, at: datetime) -> None:
    """Send the receipt along to the page at `path`, and to no other."""
    facts = {"code": receipt.code, "password": receipt.password, "path": path}
    cookies.put(response, COOKIE, facts, path=path, lasts=KEPT_FOR, at=at)


def handed_over(request: HttpRequest, *, at: datetime) -> Receipt | None:
    """The receipt that came along to this page; None without one, or once its time is over."""
    facts = cookies.read(request, COOKIE, at=at)
    if facts is None or facts.get("path") != request.path:
        return None
    return Receipt(facts["code"], facts["password"])


def forget(response: HttpResponse, *, path: str) -> None:
    """Shown once: the page that showed the receipt takes it out of the browser."""
    response.delete_cookie(COOKIE, path=path, samesite="Lax")
