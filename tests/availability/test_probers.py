"""Probers at work: on the machine itself, and elsewhere with a token, over a site that falls and rises."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import timezone

from mizban.config import command, probing
from mizban.config.instance import InstanceError
from mizban.config.probing import Prober
from mizban.config.probing_afar import ProberAfar
from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.office.availability import sources
from mizban.office.availability.models import Outage, ProbeMinute, ProbeSource
from mizban.office.notices.models import Notice
from tests.conftest import SATURDAY

from .conftest import MINUTE
from .site import served


def rounds(prober: Prober | ProberAfar, count: int, *, start: int) -> None:
    """One round a minute, from Saturday morning on."""
    for number in range(start, start + count):
        at = SATURDAY + number * MINUTE + timedelta(seconds=5)
        with time_machine.travel(at, tick=False):
            prober.round(at)


def test_it_sees_the_site_fall_and_rise(offering: Offering) -> None:
    with served() as site:
        prober = Prober(site.url)
        rounds(prober, 2, start=0)
        site.status = 502
        rounds(prober, 4, start=2)
        outage = Outage.objects.get()
        assert (outage.is_running, outage.from_at) == (True, SATURDAY + 2 * MINUTE)
        assert outage.targets == ["form", "home", "tracking"]
        assert Notice.objects.get().until_at is None
        site.status = 200
        rounds(prober, 3, start=6)
        outage.refresh_from_db()
        assert outage.until_at == Notice.objects.get().until_at == SATURDAY + 6 * MINUTE
        paths = {"/markazi-roads/", "/markazi-roads/services/service-desk/apply/", "/track/"}
        assert set(site.asked) == paths
    assert set(ProbeMinute.objects.values_list("reason", flat=True)) == {"", "status-502"}


def test_what_a_database_away_could_not_take_is_brought_later(
    offering: Offering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any, **_named: Any) -> None:
        raise DatabaseError

    with served() as site:
        prober = Prober(site.url)
        with monkeypatch.context() as patched:
            patched.setattr(probing, "keep", away)
            rounds(prober, 2, start=0)
        assert not ProbeMinute.objects.exists()
        rounds(prober, 1, start=2)
    assert ProbeMinute.objects.filter(target="home").count() == 3


def test_what_is_seen_while_everything_ends_is_not_believed(offering: Offering) -> None:
    with served() as site:
        site.status = 502
        assert Prober(site.url).round(SATURDAY, lambda: True) == []
    assert not ProbeMinute.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_on_another_machine_brings_what_it_finds(live_server: Any, offering: Offering) -> None:
    prober = ProberAfar(str(live_server.url), sources.admit("tehran", at=SATURDAY))
    found = prober.round(SATURDAY - timedelta(days=1000))
    assert [(each.place.target, each.seen.reason) for each in found] == [
        ("home", ""),
        ("form", ""),
        ("tracking", ""),
    ]
    # That clock was years behind: what it brought was refused whole, and is not brought again for ever.
    assert not ProbeMinute.objects.exists()
    assert prober.round(timezone.now())
    assert set(ProbeMinute.objects.values_list("source", "ok")) == {("tehran", True)}


def test_a_token_does_not_travel_in_the_open() -> None:
    with pytest.raises(InstanceError, match="in the open"):
        ProberAfar("http://mizban.example.ir", "mizban_probe_x")
    with pytest.raises(InstanceError, match="no token"):
        ProberAfar("https://mizban.example.ir", "")


def test_a_refused_token_ends_it() -> None:
    with served() as site:
        site.status = 401
        with pytest.raises(InstanceError, match="does not know this token"):
            ProberAfar(site.url, "mizban_probe_x").round(SATURDAY)


def test_a_source_is_let_in_once_and_ended(
    db: None, capsys: pytest.CaptureFixture[str], agency: Agency
) -> None:
    probing.new_source("tabriz-1")
    assert capsys.readouterr().out.startswith(sources.PREFIX)
    with pytest.raises(InstanceError, match="choose another name"):
        probing.new_source("tabriz-1")
    probing.end_source("tabriz-1")
    with pytest.raises(InstanceError, match="no prober called"):
        probing.end_source("tabriz-1")
    assert ProbeSource.objects.get().ended_at
    with pytest.raises(SystemExit):
        command._probe(["--new-source", "Bad Name"])  # noqa: SLF001  # what the words become
