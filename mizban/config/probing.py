"""`mizban probe`: every minute, whether the portal, a form and tracking of each office can be reached from here.

On the machine itself it writes what it found into the database; while that is away it keeps it for a day. From another
machine it brings it with a token (`probing_afar`).
"""

import socket
import sys
from collections.abc import Callable
from datetime import datetime

import structlog
from django.conf import settings
from django.db import DatabaseError, IntegrityError, close_old_connections
from django.utils import timezone

from mizban.office.availability import sources
from mizban.office.availability.recording import BEHIND, Probe, take
from mizban.web.outages import follow
from mizban.web.probed import probed

from .instance import InstanceError
from .rounds import Found, Place, every_minute, looked, said, stopped_by_signals

log = structlog.get_logger()


def probe(url: str, *, once: bool) -> int:
    """Probe the site at `url` until a signal; with `once` a single round, said on the screen, 1 if all is not up."""
    prober = Prober(url)
    if once:
        found = prober.round(timezone.now())
        sys.stdout.write(said(found) or "no agency has a portal yet\n")
        return int(not all(each.seen.ok for each in found))
    stop = stopped_by_signals()
    every_minute(lambda at: None if stop.is_set() else prober.try_round(at, stop.is_set), stop)
    return 0


def new_source(name: str) -> int:
    """Let a prober on another machine in; its token is shown once. Raises InstanceError for a name that is taken."""
    try:
        token = sources.admit(name, at=timezone.now())
    except IntegrityError as fault:
        raise InstanceError(f"there is, or was, a prober called {name}; choose another name.") from fault
    sys.stdout.write(f"{token}\n")
    sys.stderr.write(
        "Keep it: it is shown this once. On the other machine: MIZBAN_PROBE_TOKEN=… mizban probe --url …\n"
    )
    return 0


def end_source(name: str) -> int:
    """Let it in no more. Raises InstanceError where there is none."""
    if not sources.end(name, at=timezone.now()):
        raise InstanceError(f"no prober called {name} may come in.")
    return 0


def places(url: str) -> list[Place]:
    """What is looked at on the site at `url`. Two queries."""
    return [Place(each.agency.pk, each.target, url + each.path) for each in probed()]


class Prober:
    """Rounds over the places of this site; what a database that is away could not take waits here."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        # A colon is in no name of a prober elsewhere: nobody passes for this machine.
        self.source = f"local:{socket.gethostname()}"[:50]
        self._places: list[Place] = []
        self._kept: list[Found] = []

    def try_round(self, at: datetime, is_stopped: Callable[[], bool]) -> None:
        """A round whose faults end nothing: the next minute is another."""
        try:
            close_old_connections()
            self.round(at, is_stopped)
        except Exception:
            log.exception("a round of probes failed")
        finally:
            close_old_connections()

    def round(self, at: datetime, is_stopped: Callable[[], bool] = lambda: False) -> list[Found]:
        """Look at every place and keep what was seen. What is seen while everything ends is not believed."""
        try:
            self._places = places(self.url)
        except DatabaseError as fault:
            log.warning("database is away", exception=type(fault).__name__)
        # The machine itself is asked without the proxy that speaks https.
        headers = {"X-Forwarded-Proto": "https"} if settings.HTTPS else {}
        found = looked(self._places, at=at, headers=headers)
        if is_stopped():
            return []
        for each in found:
            if not each.seen.ok:
                log.warning("probe failed", target=each.place.target, reason=each.seen.reason)
        self._kept = [each for each in (*self._kept, *found) if each.at > at - BEHIND]
        self._keep(at=timezone.now())
        return found

    def _keep(self, *, at: datetime) -> None:
        try:
            keep(self._kept, source=self.source, at=at)
        except DatabaseError as fault:
            log.warning("database is away", exception=type(fault).__name__, probes=len(self._kept))
        else:
            self._kept = []


def keep(found: list[Found], *, source: str, at: datetime) -> None:
    """Write what was found down, then open and close the outages it tells of. Raises what `recording.take` does."""
    probes = [
        Probe(
            int(each.place.agency), each.place.target, each.at, each.seen.ok, each.seen.ms, each.seen.reason
        )
        for each in found
    ]
    take(probes, source=source, at=at)
    for agency_id in sorted({probe.agency_id for probe in probes}):
        since = min(probe.minute for probe in probes if probe.agency_id == agency_id)
        follow(agency_id, since=since, at=at)
