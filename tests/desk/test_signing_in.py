"""Clerks sign in, are sent where they wanted to go, and guessers are slowed down."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.people.models import Membership, Role, User
from tests.conftest import PASSWORD

from .conftest import text_of

WRONG = "نام کاربری یا گذرواژه درست نیست."


def sign_in(client: Client, username: str = "babak", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/desk/sign-in/", {"username": username, "password": password, **more})


def test_babak_signs_in_and_sits_at_his_queue(client: Client, babak: User) -> None:
    assert "ورود به میز" in text_of(client.get("/desk/sign-in/"))
    assert sign_in(client)["Location"] == "/desk/"
    assert client.get("/desk/")["Location"] == "/desk/markazi-roads/"
    assert "بابک امینی ، کارشناس ادارهٔ مسکن" in text_of(client.get("/desk/markazi-roads/"))


def test_a_name_typed_on_a_persian_keyboard_is_the_same_name(client: Client, babak: User) -> None:
    babak.username = "babak12"
    babak.save()
    assert sign_in(client, " babak۱۲ ").status_code == 302


@pytest.mark.parametrize(
    ("username", "password"),
    [("babak", "wrong"), ("nobody", PASSWORD), ("babak\0", "\0"), ("ب" * 9000, "x" * 9000)],
)
def test_a_wrong_name_and_a_wrong_password_sound_the_same(
    client: Client, babak: User, username: str, password: str
) -> None:
    refused = sign_in(client, username, password)
    assert refused.status_code == 422
    assert WRONG in text_of(refused)
    assert refused["Cache-Control"] == "no-store"


def test_nothing_typed_is_told_beside_each_field(client: Client, babak: User) -> None:
    refused = sign_in(client, "", "")
    assert refused.status_code == 422
    assert "«نام کاربری» را بنویسید." in text_of(refused)
    assert "«گذرواژه» را بنویسید." in text_of(refused)


def test_somebody_who_left_cannot_sign_in(client: Client, babak: User) -> None:
    babak.is_active = False
    babak.save()
    assert WRONG in text_of(sign_in(client))


def test_a_guesser_is_slowed_down_and_babak_elsewhere_is_not(client: Client, babak: User) -> None:
    answers = [sign_in(client, password="wrong").status_code for _ in range(8)]
    assert answers[0] == 422
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "۱۵ دقیقهٔ دیگر" in text_of(locked)
    assert locked["Cache-Control"] == "no-store"
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere).status_code == 302


@pytest.mark.parametrize(
    "asked",
    [
        "https://example.org/desk/",
        "//example.org/desk/",
        "/\\example.org",
        "javascript:alert(1)",
        "/track/",
        "/desk/../track/",
        "/desk/sign-out/",
        "/desk/\0/",
        "http://[",
        "/desk/" + "x" * 3000 + "/",
    ],
)
def test_nobody_is_sent_anywhere_but_to_the_desk(client: Client, babak: User, asked: str) -> None:
    assert client.get("/desk/sign-in/", {"next": asked}).status_code == 200
    assert sign_in(client, next=asked)["Location"] == "/desk/"


def test_babak_comes_back_to_the_page_he_asked_for(client: Client, babak: User) -> None:
    sent = client.get("/desk/markazi-roads/cases/123/")
    assert sent["Location"] == "/desk/sign-in/?next=%2Fdesk%2Fmarkazi-roads%2Fcases%2F123%2F"
    assert (
        sign_in(client, next="/desk/markazi-roads/cases/123/")["Location"] == "/desk/markazi-roads/cases/123/"
    )


def test_signing_out_takes_a_button(babak_client: Client) -> None:
    assert babak_client.get("/desk/sign-out/")["Location"] == "/desk/"
    assert babak_client.get("/desk/markazi-roads/").status_code == 200
    assert babak_client.post("/desk/sign-out/")["Location"] == "/desk/sign-in/"
    assert babak_client.get("/desk/markazi-roads/").status_code == 302


def test_every_post_needs_its_own_page(babak: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403


def test_who_works_at_two_offices_chooses(
    babak_client: Client, babak: User, other_agency: Agency, also: Callable[..., Membership]
) -> None:
    also(babak, Role.EXPERT, agency=other_agency)
    page = babak_client.get("/desk/")
    assert page.status_code == 200
    assert "اداره کل دیگر" in text_of(page)
    assert 'href="/desk/other-office/"' in page.content.decode()


def test_who_has_no_role_yet_is_told_whom_to_ask(babak_client: Client, babak: User) -> None:
    babak.memberships.all().delete()
    page = babak_client.get("/desk/")
    assert page.status_code == 200
    assert "مسئول سایت" in text_of(page)
    assert babak_client.get("/desk/markazi-roads/").status_code == 404


def test_who_tries_many_names_from_one_address_has_to_wait_longer_and_longer(
    client: Client, babak: User, clock: Any
) -> None:
    for number in range(20):
        assert sign_in(client, f"name{number}").status_code == 422
    slowed = sign_in(client)
    assert (slowed.status_code, "۱ ثانیهٔ دیگر" in text_of(slowed)) == (429, True)
    clock.shift(2)
    for number in range(20, 26):
        assert sign_in(client, f"name{number}").status_code == 422
        clock.shift(61)
    assert sign_in(client).status_code == 302, "a colleague behind the same address waits a minute at most"


def test_a_device_from_which_babak_came_before_does_not_wait(client: Client, babak: User) -> None:
    assert sign_in(client).status_code == 302
    client.post("/desk/sign-out/")
    stranger = Client()
    for number in range(25):
        sign_in(stranger, f"name{number}")
    for _ in range(8):
        sign_in(Client(), password="wrong")
    assert sign_in(Client()).status_code == 429, "a new device waits"
    assert sign_in(client).status_code == 302, "his own does not, though strangers guessed at his name"


def test_a_known_device_may_not_guess_for_ever(client: Client, babak: User) -> None:
    sign_in(client)
    client.post("/desk/sign-out/")
    answers = [sign_in(client, password="wrong").status_code for _ in range(9)]
    assert (answers[0], answers[-1]) == (422, 429)
    assert sign_in(client, "sara").status_code == 422, "known for babak only"


def test_the_table_of_sessions_opens_nothing(client: Client, babak: User) -> None:
    sign_in(client)
    kept = Session.objects.get().session_key
    assert kept != client.cookies["mizban_desk"].value
    thief = Client()
    thief.cookies["mizban_desk"] = kept
    assert thief.get("/desk/markazi-roads/").status_code == 302
    client.post("/desk/sign-out/")
    assert not Session.objects.exists()
