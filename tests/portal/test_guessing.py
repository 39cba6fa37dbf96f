"""Guessing is slowed down, and nobody can lock out whoever knows the password."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mizban.core.cases.filing.opening import Opened
from mizban.core.people.models import FailedTry
from mizban.lib.codes import new_tracking_code
from mizban.web.addresses import network_of

from .conftest import track, words_of

LIMITS = {
    "window_minutes": 15,
    "per_pair": 3,
    "per_address": 5,
    "per_code": 6,
    "overall": 12,
    "when_hot": 1,
}


@pytest.fixture(autouse=True)
def _limits(settings: Any) -> None:
    settings.GUESSING = LIMITS


@pytest.fixture
def wrong(opened: Opened) -> Callable[..., int]:
    """A wrong try from an address."""

    def _try(address: str, code: str | None = None) -> int:
        typed = {"code": code or opened.case.code, "password": "1"}
        return Client(REMOTE_ADDR=address).post("/track/", typed).status_code

    return _try


def test_an_address_that_is_wrong_too_often_waits(
    opened: Opened, wrong: Callable[..., int], clock: Any
) -> None:
    assert [wrong("10.0.0.1") for _ in range(4)] == [422, 422, 422, 429]
    right = track(Client(REMOTE_ADDR="10.0.0.1"), opened)
    assert right.status_code == 429
    assert "۱۵ دقیقهٔ دیگر" in words_of(right)
    clock.shift(timedelta(minutes=16))
    assert track(Client(REMOTE_ADDR="10.0.0.1"), opened).status_code == 200


def test_a_stranger_cannot_lock_the_applicant_out(opened: Opened, wrong: Callable[..., int]) -> None:
    for number in range(20):
        wrong(f"10.0.0.{number}")
    assert track(Client(REMOTE_ADDR="192.0.2.7"), opened).status_code == 200


def test_a_neighbours_mistakes_with_his_own_code_keep_nobody_out(
    opened: Opened, wrong: Callable[..., int]
) -> None:
    for _ in range(4):
        wrong("10.0.0.1", new_tracking_code())
    assert track(Client(REMOTE_ADDR="10.0.0.1"), opened).status_code == 200


def test_an_address_has_a_limit_over_all_codes(opened: Opened, wrong: Callable[..., int]) -> None:
    assert [wrong("10.0.0.1", new_tracking_code()) for _ in range(6)] == [422] * 5 + [429]


def test_a_hot_code_leaves_each_address_few_tries(wrong: Callable[..., int]) -> None:
    for number in range(LIMITS["per_code"]):
        assert wrong(f"10.0.0.{number}") == 422
    assert [wrong("192.0.2.7"), wrong("192.0.2.7")] == [422, 429]


def test_a_hot_system_leaves_each_address_few_tries_at_any_code(wrong: Callable[..., int]) -> None:
    for number in range(LIMITS["overall"]):
        wrong(f"10.0.0.{number}", new_tracking_code())
    assert [wrong("192.0.2.7", new_tracking_code()) for _ in range(2)] == [422, 429]


def test_a_browser_that_knew_the_password_does_not_share_the_fate_of_its_address(
    opened: Opened, wrong: Callable[..., int], open_case: Callable[..., Opened]
) -> None:
    known = Client(REMOTE_ADDR="10.0.0.1")
    track(known, opened)
    for _ in range(4):
        wrong("10.0.0.1")
    assert track(Client(REMOTE_ADDR="10.0.0.1"), opened).status_code == 429
    assert track(known, opened).status_code == 200
    # For the code it knew only: it is no master key.
    other = open_case()
    for _ in range(2):
        wrong("10.0.0.1", other.case.code)
    assert track(known, other).status_code == 429


def test_a_known_browser_has_a_limit_of_its_own(opened: Opened) -> None:
    known = Client()
    track(known, opened)
    assert [track(known, opened, password="1").status_code for _ in range(4)] == [422, 422, 422, 429]


def test_a_home_made_cookie_makes_no_known_browser(opened: Opened, wrong: Callable[..., int]) -> None:
    for _ in range(3):
        wrong("10.0.0.1")
    forger = Client(REMOTE_ADDR="10.0.0.1")
    for forged in ("x", "{}", "A" * 300, "=" * 5000, "é\x00"):
        forger.cookies["mizban_known"] = forged
        assert track(forger, opened).status_code == 429


def test_tries_are_kept_as_hashes_and_for_the_window_only(wrong: Callable[..., int], clock: Any) -> None:
    wrong("10.0.0.1")
    kept = FailedTry.objects.get()
    assert (len(bytes(kept.address)), len(bytes(kept.target))) == (32, 32)
    clock.shift(timedelta(minutes=16))
    wrong("10.0.0.2")
    assert FailedTry.objects.count() == 1


def test_one_subscriber_of_ipv6_is_one_address() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:10.0.0.1") == network_of("10.0.0.1") == "10.0.0.1"
    assert network_of("no address") == "no address"
