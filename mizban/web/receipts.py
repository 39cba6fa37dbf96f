"""A receipt's secret on its way from the filing to the page that shows it: sealed in a cookie, for minutes, once."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from mizban.core.sealing import cipher, keys

COOKIE = "mizban_receipt"
KEPT_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The code and the password that a filing made."""

    code: str
    password: str


def hand_over(response: HttpResponse, receipt: Receipt, *, path: str, at: datetime) -> None:
    """Send the receipt along to the page at `path`, and to no other."""
    until = (at + KEPT_FOR).timestamp()
    sealed = cipher.seal_json(_key(), [receipt.code, receipt.password, until], place=path)
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(sealed).decode(),
        max_age=KEPT_FOR,
        path=path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def handed_over(request: HttpRequest, *, at: datetime) -> Receipt | None:
    """The receipt that came along to this page; None without one, or once its time is over."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
        code, password, until = _unsealed(sealed, place=request.path)
    except (binascii.Error, UnicodeError, ValueError, cipher.BrokenSeal):
        return None
    return Receipt(code, password) if at.timestamp() < until else None


def forget(response: HttpResponse, *, path: str) -> None:
    """Shown once: the page that showed the receipt takes it out of the browser."""
    response.delete_cookie(COOKIE, path=path, samesite="Strict")


def _unsealed(sealed: bytes, *, place: str) -> Any:
    return cipher.unseal_json(_key(), sealed, place=place)


def _key() -> bytes:
    return keys.purpose_key("receipt cookie")
