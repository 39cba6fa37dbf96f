"""Tokens: made by a command, shown once, kept as a keyed hash."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mizban.core.agencies.models import Agency
from mizban.core.people.models import ApiToken, Membership, Role, User

from .conftest import Program, problem


def run(*words: str) -> str:
    out = StringIO()
    call_command("token", *words, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_a_token_is_made_and_works(babak: User) -> None:
    token = run("create", "--user", "babak")
    assert token.startswith("mizban_")
    assert Program({"Authorization": f"Bearer {token}"}).get("desk/cases").status_code == 200


def test_only_a_hash_is_kept(babak: User) -> None:
    token = run("create", "--user", "babak")
    kept = ApiToken.objects.get()
    assert len(bytes(kept.hash)) == 32
    assert token.encode() not in bytes(kept.hash)


def test_tokens_are_revoked(babak: User) -> None:
    token = run("create", "--user", "babak")
    assert run("revoke", "--user", "babak").startswith("1 ")
    problem(Program({"Authorization": f"Bearer {token}"}).get("desk/cases"), 401, "unauthenticated")


def test_who_works_at_two_offices_says_at_which(babak: User, other_agency: Agency) -> None:
    Membership.objects.create(user=babak, agency=other_agency, role=Role.EXPERT)
    with pytest.raises(CommandError, match="--agency"):
        run("create", "--user", "babak")
    run("create", "--user", "babak", "--agency", "other-office")
    assert ApiToken.objects.get().agency == other_agency


@pytest.mark.parametrize("words", [("--user", "nobody"), ("--user", "babak", "--agency", "other-office")])
def test_what_cannot_be_made_is_said(babak: User, words: Any) -> None:
    with pytest.raises(CommandError):
        run("create", *words)
    assert not ApiToken.objects.exists()
