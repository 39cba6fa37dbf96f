"""Sealed cookies: what a browser carries for us and can neither read nor change."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from mizban.core.sealing import cipher, keys

LONGEST = 2000


def put(
    response: HttpResponse, name: str, facts: dict[str, Any], *, path: str, lasts: timedelta, at: datetime
) -> None:
    """Seal `facts` (JSON types) into a cookie that is good for `lasts` from `at` on."""
    until = (at + lasts).timestamp()
    sealed = cipher.seal_json(keys.purpose_key(f"{name} cookie"), {**facts, "until": until}, place=name)
    response.set_cookie(
        name,
        urlsafe_b64encode(sealed).decode("ascii"),
        max_age=lasts,
        path=path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def read(request: HttpRequest, name: str, *, at: datetime) -> dict[str, Any] | None:
    """The facts of a cookie of ours that is still good; anything else is no cookie."""
    typed = request.COOKIES.get(name, "")
    if not typed or len(typed) > LONGEST:
        return None
    try:
        sealed = urlsafe_b64decode(typed.encode("ascii"))
        facts: dict[str, Any] = cipher.unseal_json(keys.purpose_key(f"{name} cookie"), sealed, place=name)
    except (cipher.BrokenSeal, binascii.Error, ValueError):
        return None
    return facts if facts["until"] >= at.timestamp() else None
