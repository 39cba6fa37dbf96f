"""Minutes of Maryam's office, as probers bring them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mizban.core.agencies.models import Agency
from mizban.office.availability import recording
from mizban.office.availability.recording import Probe
from mizban.web.outages import follow
from tests.conftest import SATURDAY

MINUTE = timedelta(minutes=1)
Bring = Callable[..., int]


@pytest.fixture
def bring(agency: Agency) -> Bring:
    """Bring minutes from Saturday 10:00 on, each as soon as it was measured: «+» up, «-» down, «.» not measured."""

    def _bring(marks: str, *, start: int = 0, target: str = "home", source: str = "here") -> int:
        new = 0
        for number, mark in enumerate(marks, start=start):
            if mark == ".":
                continue
            minute = SATURDAY + number * MINUTE
            at = minute + timedelta(seconds=20)
            probe = Probe(agency.pk, target, minute, mark == "+", 80, "refused")
            new += recording.take([probe], source=source, at=at)
            follow(agency.pk, since=minute, at=at)
        return new

    return _bring
