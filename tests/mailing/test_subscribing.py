"""Whoever asks for news confirms the address by its own mailbox, and leaves as easily."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.erasing import erase
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.people.actors import SYSTEM, Staff
from mizban.lib.identifiers import email
from mizban.lib.identifiers.malformed import Malformed
from mizban.office.mailing import subscribing
from mizban.office.mailing.models import Delivery, Subscription
from mizban.web import outages
from tests.conftest import SATURDAY, make_agency

from .conftest import HOUR, MAIL, MINUTE, Subscribe, link_in, text_of, work
from .post_office import PostOffice

HERE = "/markazi-roads/notices/mail/"


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Maryam.Rezaei+a@Example.IR ", "Maryam.Rezaei+a@example.ir"),
        ("maryam۱۲@example.ir\u200f", "maryam12@example.ir"),
        ("a@b.co.uk", "a@b.co.uk"),
    ],
)
def test_an_address_is_kept_as_a_mail_needs_it(typed: str, kept: str) -> None:
    assert email.parse(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "maryam",
        "maryam@",
        "@example.ir",
        "maryam@example",
        "maryam@127.0.0.1",
        "a..b@example.ir",
        "a@example.ir\nBcc: b@example.ir",
        "a@example.ir,b@example.ir",
        "مریم@example.ir",
        f"{'a' * 65}@example.ir",
        f"a@{'b.' * 130}ir",
        "a@-b.ir",
        "\0@example.ir",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Malformed):
        email.parse(typed)


@pytest.mark.parametrize(("address", "whose"), [(HERE, "markazi-roads"), ("/notices/mail/", None)])
def test_maryam_asks_confirms_and_leaves(
    address: str, whose: str | None, post: PostOffice, agency: Agency, client: Client
) -> None:
    answer = client.post(address, {"email": MAIL})
    assert (answer.status_code, answer["Location"]) == (303, f"{address}?asked=1")
    assert "یک ایمیل در راه است" in said(client.get(answer["Location"]))
    work()
    (to, mail), *_ = post.mails
    assert to == MAIL
    link = link_in(mail, "confirm")
    assert "List-Unsubscribe" not in mail  # there is nothing to leave yet
    assert "ایمیل شود؟" in said(client.get(link))
    assert not Subscription.objects.get().is_confirmed, "programs that look at links confirm nothing"
    assert "تأیید شد" in said(client.post(link))
    made = Subscription.objects.get()
    assert made.is_confirmed
    assert (made.agency.slug if made.agency else None) == whose
    again = client.post(link)
    assert again.status_code == 404
    assert "دیگر کار نمی‌کند" in said(again)


def test_the_token_is_stored_as_a_hash_and_good_for_48_hours(
    post: PostOffice, agency: Agency, client: Client, clock: Any
) -> None:
    client.post(HERE, {"email": MAIL})
    work()
    link = link_in(post.mails[0][1], "confirm")
    token = link.rstrip("/").rsplit("/", 1)[-1]
    assert len(token) >= 40
    assert token.encode() not in bytes(Subscription.objects.get().token_hash or b"")
    clock.shift(48 * HOUR + MINUTE)
    assert client.post(link).status_code == 404
    assert subscribing.forget(at=SATURDAY + 50 * HOUR, most=9) == 1


def test_known_and_unknown_addresses_get_the_same_answer(
    post: PostOffice, agency: Agency, subscribe: Subscribe, client: Client, clock: Any
) -> None:
    subscribe(MAIL, agency)
    clock.shift(HOUR)
    known, unknown = (client.post(HERE, {"email": each}) for each in (MAIL, "new@example.ir"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    work()
    first, second = sorted(post.mails, key=lambda each: each[0] != MAIL)
    assert "پیش‌تر تأیید شده" in text_of(first[1])
    assert "تأیید می‌کنم" in text_of(second[1])


def test_an_address_that_somebody_types_again_and_again_gets_one_mail_an_hour(
    post: PostOffice, agency: Agency, client: Client, clock: Any
) -> None:
    for _ in range(3):
        client.post(HERE, {"email": MAIL})
    assert Delivery.objects.count() == 1
    clock.shift(HOUR)
    client.post(HERE, {"email": MAIL})
    work()
    old, new = (link_in(mail, "confirm") for _, mail in post.mails)
    assert client.post(old).status_code == 404, "the last mail counts"
    assert client.post(new).status_code == 200


def test_a_visitor_who_names_one_address_after_the_other_is_slowed_down_and_still_tracks(
    opened: Opened, client: Client
) -> None:
    answers = [client.post(HERE, {"email": f"nobody{number}@example.ir"}).status_code for number in range(11)]
    assert answers == [303] * 10 + [429]
    assert "چند نشانی پیاپی" in said(client.post(HERE, {"email": MAIL}))
    tracked = client.post("/track/", {"code": opened.case.code, "password": opened.password})
    assert tracked.status_code == 200


def test_a_wrong_address_comes_back_with_its_error(agency: Agency, client: Client) -> None:
    answer = client.post(HERE, {"email": "maryam.example.ir"})
    assert answer.status_code == 422
    assert "این نشانی ایمیل نیست" in said(answer)
    assert 'value="maryam.example.ir"' in said(answer)


def test_from_the_page_of_her_case_maryam_hears_until_it_is_closed(
    post: PostOffice, opened: Opened, client: Client, as_sara: Staff
) -> None:
    client.post("/track/", {"code": opened.case.code, "password": opened.password})
    assert 'href="/track/mail/"' in said(client.get("/track/case/"))
    assert client.post("/track/mail/", {"email": MAIL}).status_code == 303
    work()
    client.post(link_in(post.mails[0][1], "confirm"))
    outages.open_by_hand(opened.case.agency, from_at=SATURDAY - HOUR, what="x", by=as_sara, at=SATURDAY)
    work()
    assert post.to() == [MAIL, MAIL]
    assert opened.case.code not in text_of(post.mails[1][1])
    Case.objects.filter(pk=opened.case.pk).update(is_open=False)
    assert client.get("/track/mail/").status_code == 404
    assert subscribing.forget(at=SATURDAY, most=9) == 1


def test_without_the_password_nobody_subscribes_by_a_case(opened: Opened, client: Client) -> None:
    answer = client.post("/track/mail/", {"email": MAIL})
    assert (answer.status_code, answer["Location"]) == (302, "/track/")
    assert not Subscription.objects.exists()


def test_an_erased_case_takes_its_address_along(
    post: PostOffice, subscribe: Subscribe, case: Case, as_sara: Staff
) -> None:
    subscribe(MAIL, case=case)
    outages.open_by_hand(case.agency, from_at=SATURDAY - HOUR, what="x", by=as_sara, at=SATURDAY)
    erase(Case.objects.get(pk=case.pk), by=SYSTEM, at=SATURDAY, facts={})
    work()
    assert not post.mails
    assert Delivery.objects.get().why == "erased"


def test_leaving_one_office_leaves_the_others(subscribe: Subscribe, agency: Agency) -> None:
    other = make_agency("elsewhere", "ادارهٔ دیگر")
    here, there, everywhere = subscribe(MAIL, agency), subscribe(MAIL, other), subscribe(MAIL)
    somebody = subscribe("ali@example.ir", agency)
    subscribing.leave(here.pk)
    assert set(Subscription.objects.all()) == {there, somebody}, "what would bring the same mails ends too"
    everywhere = subscribe(MAIL)
    subscribing.leave(everywhere.pk)
    assert set(Subscription.objects.all()) == {somebody}


def test_a_link_made_up_ends_nothing(subscribe: Subscribe, agency: Agency, client: Client) -> None:
    made = subscribe(MAIL, agency)
    for address in (f"{made.pk}/{'0' * 32}", f"{2**70}/{'0' * 32}", f"{made.pk}/x"):
        assert client.post(f"/notices/mail/end/{address}/").status_code == 404
    assert client.get("/notices/mail/confirm/anything/").status_code == 404
    assert Subscription.objects.exists()


def test_the_links_of_a_mail_are_told_to_nobody(
    post: PostOffice, agency: Agency, client: Client, capsys: Any
) -> None:
    """Neither our log nor the pages that load have the path; whoever watches a proxy's log is told in the guide."""
    client.post(HERE, {"email": MAIL})
    work()
    link = link_in(post.mails[0][1], "confirm")
    page = client.get(link)
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("origin", "no-store")
    assert link.rstrip("/").rsplit("/", 1)[-1] not in capsys.readouterr().err


def test_where_no_mail_is_sent_none_is_offered(opened: Opened, client: Client, settings: Any) -> None:
    settings.MAIL_FROM = ""
    client.post("/track/", {"code": opened.case.code, "password": opened.password})
    for address in ("/markazi-roads/status/", "/status/", "/notices/", "/track/case/"):
        assert "ایمیل" not in said(client.get(address)), address
        assert "/mail/" not in said(client.get(address)), address
    for address in (HERE, "/notices/mail/", "/track/mail/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/markazi-roads/status/", "/status/", "/markazi-roads/notices/"])
def test_the_form_stands_where_news_stands(address: str, agency: Agency, client: Client) -> None:
    assert 'type="email"' in said(client.get(address))


def test_confirming_anew_forgives_a_mailbox(subscribe: Subscribe, agency: Agency) -> None:
    made = subscribe(MAIL, agency)
    Subscription.objects.filter(pk=made.pk).update(bounces=3)
    assert not Subscription.objects.standing().exists()
    token = subscribing.issue(made, at=SATURDAY + timedelta(days=9))
    assert subscribing.confirm(token, at=SATURDAY + timedelta(days=9))
    assert Subscription.objects.standing().exists()
