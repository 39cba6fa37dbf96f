"""Devices somebody signed in from before: strangers who guess at the name do not count against them."""

from datetime import timedelta
from ipaddress import IPv6Address
from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mizban.core.sealing.keys import secret_hash
from mizban.kit.requests import Request
from mizban.web import cookies
from mizban.web.addresses import subscriber_of

from .naming import name_typed

COOKIE = "mizban_device"
PATH = "/desk/"
LASTS = timedelta(days=180)
# Addresses of no network (RFC 4193): the counts of a known device stand beside those of real addresses.
OF_NOBODY = 0xFD << 120


def remember(response: HttpResponse, request: Request, username: str) -> None:
    """This browser signed in as this person. The cookie opens nothing; it only keeps its own count of wrong tries."""
    known = cookies.read(request, COOKIE, at=request.now)
    device = known["device"] if known and known["username"] == username else token_hex(8)
    facts = {"username": username, "device": device}
    cookies.put(response, COOKIE, facts, path=PATH, lasts=LASTS, at=request.now)


def device_of(request: HttpRequest) -> str:
    """The device, if it is one from which the person whose name was typed signed in before; else nothing."""
    known = cookies.read(request, COOKIE, at=getattr(request, "now", None) or timezone.now())
    return str(known["device"]) if known and known["username"] == name_typed(request) else ""


def counted_by(request: HttpRequest) -> str:
    """What axes counts wrong passwords by, with the name: the device where it is known, else the address."""
    device = device_of(request)
    if not device:
        return subscriber_of(request)
    hashed = int.from_bytes(secret_hash("device of a clerk", device)[:15], "big")
    return str(IPv6Address(OF_NOBODY | hashed))
