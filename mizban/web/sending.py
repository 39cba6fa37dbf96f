"""How much a visitor may send, counted by address at every door for files."""

from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from mizban.core.cases.papers import quota
from mizban.web import guessing
from mizban.web.addresses import address_of


def spend(request: HttpRequest, size: int, *, at: datetime) -> None:
    """Count a visitor's file of `size` bytes. Raises Malformed for one too many.

    A demo on the own machine counts nothing: there programs file every service again and again.
    """
    if not (settings.DEMO and _is_loopback(address_of(request))):
        quota.spend(guessing.address_bucket(request), size, at=at)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
