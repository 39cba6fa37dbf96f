"""Probers elsewhere: let in by their own token, believed within their clock, and allowed nothing else."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.office.availability import sources
from mizban.office.availability.models import Outage, ProbeMinute
from tests.conftest import SATURDAY

MINUTE = timedelta(minutes=1)


@pytest.fixture
def afar(client: Client, offering: Offering) -> Any:
    """A prober on another machine: asks, or brings these findings."""
    token = sources.admit("tehran", at=SATURDAY)

    def _afar(*items: dict[str, Any], token: str = token) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        if not items:
            return client.get("/api/v1/probes", headers=headers)
        return client.post(
            "/api/v1/probes", {"items": items}, content_type="application/json", headers=headers
        )

    return _afar


def found(minutes: float = 0, **facts: Any) -> dict[str, Any]:
    usual = {"agency": "markazi-roads", "target": "home", "ok": False, "ms": 10_000, "reason": "timeout"}
    return {**usual, "minute": (SATURDAY + minutes * MINUTE).isoformat(), **facts}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(SATURDAY + 5 * MINUTE, tick=False):
        yield


def test_it_is_told_what_to_look_at(afar: Any) -> None:
    assert afar().json()["items"] == [
        {"agency": "markazi-roads", "target": "home", "path": "/markazi-roads/"},
        {"agency": "markazi-roads", "target": "form", "path": "/markazi-roads/services/service-desk/apply/"},
        {"agency": "markazi-roads", "target": "tracking", "path": "/track/"},
    ]


def test_what_it_brings_is_kept_once_and_opens_an_outage(afar: Any) -> None:
    assert afar(found(0), found(1)).json() == {"taken": 2, "known": 0}
    assert afar(found(1), found(2), found(2.5)).json() == {"taken": 1, "known": 1}
    assert set(ProbeMinute.objects.values_list("source", "reason")) == {("tehran", "timeout")}
    assert Outage.objects.get().from_at == SATURDAY


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (found(8), "probe-in-future"),
        (found(-24 * 60), "probe-long-past"),
        (found(agency="nowhere"), "unknown-target"),
        (found(target="desk"), "form-refused"),
        (found(ms=-1), "form-refused"),
        (found(reason="<script>"), "form-refused"),
        (found(minute="2026-11-21T06:30:00"), "form-refused"),
        (found(minute="9999-12-31T23:59:59-14:00"), "probe-in-future"),
        (found(minute="0001-01-01T00:00:00+14:00"), "probe-long-past"),
        (found(minute=1e300), "form-refused"),
        (found(extra=1), "form-refused"),
    ],
)
def test_what_cannot_be_is_refused_by_name(afar: Any, item: dict[str, Any], code: str) -> None:
    answer = afar(found(1), item)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not ProbeMinute.objects.exists()


def test_no_other_token_opens_it_and_its_own_opens_nothing_else(
    afar: Any, client: Client, agency: Agency
) -> None:
    assert afar(token="mizban_probe_x").status_code == 401
    assert afar(found(), token="").status_code == 401
    token = sources.admit("tabriz", at=SATURDAY)
    desk = client.get("/api/v1/desk/cases", headers={"Authorization": f"Bearer {token}"})
    assert desk.status_code == 401
    assert sources.end("tabriz", at=SATURDAY)
    assert not sources.end("tabriz", at=SATURDAY)
    assert afar(token=token).status_code == 401


def test_the_status_tells_of_offices(afar: Any, client: Client) -> None:
    afar(found(0), found(1), found(2), found(3, target="form", ok=True))
    [office] = client.get("/api/v1/status").json()["offices"]
    assert office["state"] == "down"
    assert (office["uptime"]["up"], office["uptime"]["down"]) == (1, 3)
    assert (office["uptime"]["gross"], office["uptime"]["net"]) == (0.25, None)
    assert office["outage"]["targets"] == ["home"]
    # Known at 10:03, when the third minute was over; told when it was brought, at 10:05.
    assert office["outage"]["minutes_to_tell"] == 2
