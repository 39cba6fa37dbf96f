"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's address: what the office's own proxies report, and nothing a visitor could have made up."""
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR") or "")


def network_of(address: str) -> str:
    """The address itself; of IPv6 the first of its /64, which is what one subscriber is given. Others as they are."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, 64), strict=False).network_address)
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def subscriber_of(request: HttpRequest) -> str:
    """The address tries at the desk are counted by; what is no address is counted together, as the column needs one."""
    network = network_of(address_of(request))
    try:
        return str(ip_address(network))
    except ValueError:
        return "0.0.0.0"  # noqa: S104  # compared with, not listened on
