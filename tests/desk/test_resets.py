"""Sara checks who is asking and gives a one-time code; she never learns a password, and cannot guess."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mizban.core.cases.admission import resets
from mizban.core.cases.admission.access import admit
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.people.models import FailedTry, Membership, Role, User
from tests.conftest import REQUEST

from .conftest import NOON, case_url, codes_shown, text_of

RESETS = "/desk/markazi-roads/resets/"
WRONG = "کد رهگیری و شناسه با هم جور نیست."


def ask(client: Client, code: str, identifier: str = "۱۳۶۷۴۵۸۲۱۸", checked: str = "yes") -> Any:
    return client.post(RESETS, {"code": code, "identifier": identifier, "checked": checked})


def test_sara_gives_a_code_with_which_maryam_gets_a_password(
    sara_client: Client, sara: User, case: Case
) -> None:
    given = ask(sara_client, f"{case.code[:4]} {case.code[4:]}")
    assert given.status_code == 200
    assert "http://testserver/track/reset/" in text_of(given)
    _, code = codes_shown(given)
    password = resets.use(Case.objects.get(pk=case.pk), code, at=NOON)
    assert admit(case.code, password) is not None


def test_a_reset_is_on_the_record(sara_client: Client, sara: User, case: Case) -> None:
    ask(sara_client, case.code)
    event = Case.objects.get(pk=case.pk).events.last()
    assert event is not None
    assert (event.kind, event.actor_id) == ("reset-issued", sara.pk)
    assert "سارا قنبری هویت شما را بررسی کرد" in text_of(sara_client.get(case_url(case)))


@pytest.mark.parametrize(
    ("code", "identifier"),
    [("same", "0651234927"), ("same", "۱۲۳"), ("123456789012", "1367458218"), ("\0", "\0"), ("9" * 40, "x")],
)
def test_an_unknown_code_and_a_wrong_identifier_sound_the_same(
    sara_client: Client, sara: User, case: Case, code: str, identifier: str
) -> None:
    refused = ask(sara_client, case.code if code == "same" else code, identifier)
    assert refused.status_code == 422
    assert WRONG in text_of(refused) or "بنویسید" in text_of(refused)
    assert case.events.count() == 1


def test_the_check_must_be_declared(sara_client: Client, sara: User, case: Case) -> None:
    refused = ask(sara_client, case.code, checked="")
    assert refused.status_code == 422
    assert case.code in refused.content.decode()
    assert case.events.count() == 1


def test_nobody_guesses_for_long(sara_client: Client, sara: User, case: Case) -> None:
    for _ in range(10):
        assert ask(sara_client, case.code, "0651234927").status_code == 422
    stopped = ask(sara_client, case.code)
    assert stopped.status_code == 429
    assert "۱۵ دقیقهٔ دیگر" in text_of(stopped)
    FailedTry.objects.all().delete()
    assert ask(sara_client, case.code).status_code == 200


def test_resets_are_for_site_officers(babak_client: Client, case: Case) -> None:
    refused = babak_client.get(RESETS)
    assert refused.status_code == 403
    assert "مسئول سایت" in text_of(refused)
    assert "بازیابی رمز" not in text_of(babak_client.get("/desk/markazi-roads/"))


def test_a_case_of_another_agency_is_no_case(
    sara_client: Client, sara: User, other_agency: Any, case: Case
) -> None:
    Case.objects.filter(pk=case.pk).update(agency=other_agency)
    assert WRONG in text_of(ask(sara_client, case.code))


def test_sara_resets_for_every_unit_even_if_she_is_an_expert_of_one(
    sara_client: Client, sara: User, open_case: Callable[..., Opened], also: Callable[..., Membership]
) -> None:
    elsewhere = open_case(answers={**REQUEST, "department": "roads"}).case
    also(sara, Role.EXPERT, unit=sara.memberships.get().agency.units.get(slug="housing"))
    assert sara_client.get(case_url(elsewhere)).status_code == 404
    assert ask(sara_client, elsewhere.code).status_code == 200
