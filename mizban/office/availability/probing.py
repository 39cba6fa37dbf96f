"""One look at a page, as a visitor would: is it there, in time, and is it the right one? Plain Python, no Django."""

import contextlib
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

TIMEOUT = 10.0
# A page of ours has a few tens of kilobytes; what sends without end is not one.
MOST_BYTES = 1_000_000
CHUNK = 65_536
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# What stands on the page only if it is the one that was asked for, by target.
MARKS = {
    "home": "میزبان</title>",
    "form": 'method="post"',
    "tracking": 'name="password"',
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found: `ms` to the end of the answer; `reason` is a word for programs where it was not ok."""

    ok: bool
    ms: int
    reason: str = ""


def look(url: str, *, mark: str, timeout: float = TIMEOUT, headers: Mapping[str, str] | None = None) -> Seen:
    """Ask for a page (http or https; redirects are followed) and read it to its end, within `timeout` seconds in all.

    Never raises: reasons are `refused`, `timeout`, `no-name`, `tls`, `broken`, `status-…`, `wrong-page`, `bad-url`.
    """
    started = time.monotonic()
    try:
        reason = _asked(url, mark.encode(), timeout, headers or {}, started)
    except (OSError, ValueError) as fault:
        reason = _reason(fault)
    except Exception:  # http.client raises what it likes on a garbled answer; all of it is «down»
        reason = "broken"
    return Seen(not reason, round((time.monotonic() - started) * 1000), reason)


def _asked(url: str, mark: bytes, timeout: float, headers: Mapping[str, str], started: float) -> str:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return "bad-url"
    # What proxy the machine uses for the world is no way to itself.
    proxies = [urllib.request.ProxyHandler({})] if parts.hostname in LOOPBACK else []
    asked = urllib.request.Request(url, headers={"User-Agent": "mizban-probe", **headers})  # noqa: S310  # checked above
    page = b""
    with urllib.request.build_opener(*proxies).open(asked, timeout=timeout) as answer:
        while chunk := answer.read1(CHUNK):
            page += chunk
            if time.monotonic() - started > timeout:
                return "timeout"
            if len(page) > MOST_BYTES:
                return "wrong-page"
    return "" if mark in page else "wrong-page"


def _reason(fault: Exception) -> str:
    if isinstance(fault, urllib.error.HTTPError):
        with contextlib.suppress(OSError):
            fault.close()
        return f"status-{fault.code}"
    cause = fault.reason if isinstance(fault, urllib.error.URLError) else fault
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (TimeoutError, "timeout"),
        (ssl.SSLError, "tls"),
        (socket.gaierror, "no-name"),
        (ConnectionRefusedError, "refused"),
        (ValueError, "bad-url"),
    )
    return next((word for kind, word in kinds if isinstance(cause, kind)), "broken")
