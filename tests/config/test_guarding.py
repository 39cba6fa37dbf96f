"""What no production installation starts with: a demo's accounts, another's secrets."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from mizban.config.demo.offices import PASSWORD, load_offices
from mizban.config.guarding import guard, keys_fit
from mizban.config.instance import Instance, InstanceError
from mizban.core.cases.models import Case
from mizban.core.people.models import User
from mizban.core.sealing import cipher
from mizban.core.sealing.keys import forget_keys
from tests.conftest import SATURDAY

pytestmark = pytest.mark.django_db
PRODUCTION = Instance(Path("/data"), "production", "x" * 40, bytes(32), stored=True)


def test_an_empty_database_has_nothing_to_refuse() -> None:
    guard(PRODUCTION)


def test_a_demo_s_database_is_no_production() -> None:
    load_offices(at=SATURDAY)
    with pytest.raises(InstanceError, match="demo's password"):
        guard(PRODUCTION)
    guard(replace(PRODUCTION, mode="demo"))


def test_real_people_are_not_taken_for_the_demo_s(babak: User, sara: User) -> None:
    guard(PRODUCTION)


def test_the_demo_s_password_opens_nothing_here(babak: User, sara: User, client: Client) -> None:
    """Nothing but the demo creates an account with it."""
    for username in ("babak", "sara", "admin", "root", "karim"):
        answer = client.post("/desk/sign-in/", {"username": username, "password": PASSWORD})
        assert answer.status_code == 422
    assert not User.objects.filter(username__in=["admin", "root"]).exists()


def test_a_database_of_other_secrets_is_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    keys_fit(PRODUCTION)
    forget_keys()
    monkeypatch.setattr(settings, "MASTER_KEY", cipher.new_key())
    with pytest.raises(InstanceError, match="another master key"):
        keys_fit(PRODUCTION)
    forget_keys()
