"""`mizban probe --url …` on another machine: what it finds is brought to the API. Needs no database and no Django."""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mizban.office.availability.probing import LOOPBACK

from .instance import InstanceError
from .rounds import Found, Place, every_minute, looked, said, stopped_by_signals

TIMEOUT = 10.0
# The API takes probes of the last day (office/availability/recording.BEHIND), less what a slow line takes.
KEPT_FOR = timedelta(hours=23, minutes=50)
AT_ONCE = 1000
MOST_BYTES = 1_000_000


def probe(url: str, token: str, *, once: bool) -> int:
    """Probe the site at `url` until a signal, or once: then 1 if all is not up. Raises InstanceError."""
    prober = ProberAfar(url, token)
    if once:
        found = prober.round(datetime.now().astimezone())
        sys.stdout.write(said(found))
        return int(not found or not all(each.seen.ok for each in found))
    stop = stopped_by_signals()
    every_minute(lambda at: None if stop.is_set() else _round(prober, at), stop)
    return 0


def _round(prober: "ProberAfar", at: datetime) -> None:
    prober.round(at)


class ProberAfar:
    """Rounds over the places the site names; what could not be brought waits here for a day."""

    def __init__(self, url: str, token: str) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise InstanceError(f"--url {url}: write https://…; a token does not travel in the open.")
        if not token:
            raise InstanceError(
                "no token: set MIZBAN_PROBE_TOKEN to what `mizban probe --new-source NAME` showed."
            )
        self.url, self._token = url.rstrip("/"), token
        self._places: list[Place] = []
        self._kept: list[Found] = []

    def round(self, at: datetime) -> list[Found]:
        """Look at every place and bring what was seen. Raises InstanceError where the token opens nothing."""
        named = self._call(None)
        if named is not None:
            self._places = [
                Place(str(each["agency"]), str(each["target"]), self.url + str(each["path"]))
                for each in named.get("items", ())
            ]
        found = looked(self._places, at=at)
        self._kept = [each for each in (*self._kept, *found) if each.at > at - KEPT_FOR]
        self._bring()
        return found

    def _bring(self) -> None:
        while self._kept:
            batch = self._kept[:AT_ONCE]
            if self._call({"items": [_item(each) for each in batch]}) is None:
                return
            self._kept = self._kept[AT_ONCE:]

    def _call(self, body: Mapping[str, Any] | None) -> Any:
        """The answer of the API; None where it could not be reached. Raises InstanceError for a token it refuses."""
        asked = urllib.request.Request(  # noqa: S310  # http and https only, as __init__ saw to
            f"{self.url}/api/v1/probes",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.build_opener(_Stays()).open(asked, timeout=TIMEOUT) as answer:
                return json.loads(answer.read(MOST_BYTES))
        except urllib.error.HTTPError as fault:
            return self._refused(fault)
        except (OSError, ValueError) as fault:
            sys.stderr.write(f"mizban: {self.url} is not reached: {type(fault).__name__}\n")
            return None

    def _refused(self, fault: urllib.error.HTTPError) -> Any:
        """What is wrong with us is said, and dropped; what is wrong with the site is waited for."""
        with fault:
            said_code = _code(fault)
        if fault.code == 401:
            raise InstanceError(f"{self.url} does not know this token (any more).")
        sys.stderr.write(f"mizban: {self.url} answers {fault.code} {said_code}\n")
        return {} if fault.code in (409, 422) else None


class _Stays(urllib.request.HTTPRedirectHandler):
    """The token goes where it was sent and nowhere else."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """To nowhere: the answer itself is what was asked for."""


def _code(fault: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(fault.read(MOST_BYTES))["code"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _item(found: Found) -> dict[str, Any]:
    return {
        "agency": found.place.agency,
        "target": found.place.target,
        "minute": found.at.isoformat(),
        "ok": found.seen.ok,
        "ms": found.seen.ms,
        "reason": found.seen.reason,
    }
