"""Texts kept ready: a head keeps them, Babak puts one into his reply and changes it there, without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.models import Membership, Role, User
from mizban.office.replies.models import CannedReply
from tests.conftest import make_member, signed_in

from .conftest import NOON, case_url, picture, text_of

REPLIES = "/desk/markazi-roads/replies/"
TEXT = "پروانهٔ شما آماده است.\n\nبرای دریافت آن، با کارت شناسایی بیایید."


@pytest.fixture
def head(agency: Agency) -> Client:
    """Mina, head of the housing unit."""
    return signed_in(make_member(agency, "mina", "مینا صفایی", Role.HEAD, "housing"))


@pytest.fixture
def ready(agency: Agency, babak: User) -> CannedReply:
    return CannedReply.objects.create(
        agency=agency, title="پروانه آماده است", text=TEXT, changed_by=babak, changed_at=NOON
    )


def test_a_head_keeps_the_texts_of_her_unit(head: Client, agency: Agency) -> None:
    kept = head.post(
        f"{REPLIES}new/", {"unit": "housing", "title": "مدرک ناخوانا", "text": "تصویر خوانا نیست."}
    )
    assert (kept.status_code, kept["Location"]) == (302, REPLIES)
    reply = CannedReply.objects.get()
    assert (reply.agency, reply.unit and reply.unit.slug) == (agency, "housing")
    page = text_of(head.get(REPLIES))
    for word in ("مدرک ناخوانا", "تصویر خوانا نیست.", "ادارهٔ مسکن", "مینا صفایی"):
        assert word in page
    changed = {"unit": "housing", "title": "مدرک کم است", "text": "یک مدرک کم است."}
    assert head.post(f"{REPLIES}{reply.pk}/", changed).status_code == 302
    assert CannedReply.objects.get().title == "مدرک کم است"
    assert head.post(f"{REPLIES}{reply.pk}/", {"delete": "1"}).status_code == 302
    assert not CannedReply.objects.exists()


def test_a_head_of_a_unit_keeps_no_others_texts(head: Client, ready: CannedReply, agency: Agency) -> None:
    for unit in ("", "roads", "nowhere"):
        assert (
            head.post(f"{REPLIES}new/", {"unit": unit, "title": "نام", "text": "متن آماده"}).status_code
            == 422
        )
    assert head.get(f"{REPLIES}{ready.pk}/").status_code == 403
    assert head.post(f"{REPLIES}{ready.pk}/", {"delete": "1"}).status_code == 403
    assert CannedReply.objects.get() == ready


def test_a_site_officer_keeps_those_of_all_units(sara_client: Client, sara: User) -> None:
    assert sara_client.post(f"{REPLIES}new/", {"title": "نام", "text": "متن آماده"}).status_code == 302
    assert CannedReply.objects.get().unit is None


def test_a_text_is_refused_clearly(sara_client: Client, sara: User) -> None:
    refused = sara_client.post(f"{REPLIES}new/", {"title": "", "text": "کم"})
    assert refused.status_code == 422
    assert "دو جا نیاز به اصلاح دارد" in text_of(refused)
    assert ">\nکم</textarea>" in refused.content.decode()


def test_a_clerk_reads_and_does_not_keep(babak_client: Client, ready: CannedReply) -> None:
    page = text_of(babak_client.get(REPLIES))
    assert "پروانه آماده است" in page
    assert "ویرایش" not in page
    assert babak_client.get(f"{REPLIES}new/").status_code == 403
    assert babak_client.post(f"{REPLIES}{ready.pk}/", {"delete": "1"}).status_code == 403


def test_texts_of_other_units_and_agencies_are_not_there(
    babak_client: Client,
    babak: User,
    other_agency: Agency,
    ready: CannedReply,
    sara: User,
    sara_client: Client,
) -> None:
    roads = ready.agency.units.get(slug="roads")
    CannedReply.objects.create(
        agency=ready.agency, unit=roads, title="برای راه", text=TEXT, changed_by=sara, changed_at=NOON
    )
    foreign = CannedReply.objects.create(
        agency=other_agency, title="از جای دیگر", text=TEXT, changed_by=sara, changed_at=NOON
    )
    page = text_of(babak_client.get(REPLIES))
    assert "برای راه" not in page
    assert "از جای دیگر" not in page
    for number in (foreign.pk, 10**17, 10**30):
        assert sara_client.get(f"{REPLIES}{number}/").status_code == 404


def insert(client: Client, case: Case, reply: object, **typed: Any) -> Any:
    data = {"canned-reply-reply": str(reply), "insert": "reply", "seen": "1", "token": "t" * 22}
    return client.post(f"{case_url(case)}steps/reply/", data | typed)


def test_babak_puts_a_text_into_his_reply(
    babak_client: Client, case: Case, ready: CannedReply, press: Callable[..., Any]
) -> None:
    assert "پروانه آماده است" in text_of(babak_client.get(case_url(case)))
    filled = insert(babak_client, case, ready.pk)
    assert filled.status_code == 200
    assert f">\n{TEXT}</textarea>" in filled.content.decode()
    assert Case.objects.get(pk=case.pk).number_of_events == 1, "nothing was sent yet"
    assert press(babak_client, case, "reply", reply=f"{TEXT} موفق باشید.").status_code == 303
    assert "موفق باشید." in text_of(babak_client.get(case_url(case)))


def test_what_was_typed_and_attached_stays(babak_client: Client, case: Case, ready: CannedReply) -> None:
    filled = insert(
        babak_client, case, ready.pk, **{"reply-reply": "سلام.", "reply-paper": picture("نامه.png")}
    )
    assert f">\nسلام.\n\n{TEXT}</textarea>" in filled.content.decode()
    assert "پیوست شد نامه.png" in text_of(filled)


@pytest.mark.parametrize("reply", ["", "0", "x", "\0", "9" * 40, "-1", "²"])
def test_a_text_that_is_not_there_changes_nothing(
    babak_client: Client, case: Case, ready: CannedReply, reply: str
) -> None:
    filled = insert(babak_client, case, reply, **{"reply-reply": "سلام."})
    assert filled.status_code == 200
    assert ">\nسلام.</textarea>" in filled.content.decode()


def test_a_text_goes_into_long_texts_only(babak_client: Client, case: Case, ready: CannedReply) -> None:
    for name in ("paper", "nothing", "\0", "__class__"):
        data = {f"canned-reply-{name}": str(ready.pk), "insert": name, "seen": "1"}
        page = babak_client.post(f"{case_url(case)}steps/reply/", data)
        assert page.status_code == 200
        assert TEXT not in page.content.decode()


def test_without_texts_nothing_is_offered(babak_client: Client, case: Case) -> None:
    assert "گذاشتن در متن" not in text_of(babak_client.get(case_url(case)))


def test_dara_has_no_say_in_it(
    dara_client: Client, ready: CannedReply, also: Callable[..., Membership], other_agency: Agency, dara: User
) -> None:
    also(dara, Role.HEAD, agency=other_agency)
    assert dara_client.get("/desk/other-office/replies/").status_code == 200
    assert dara_client.post(f"/desk/other-office/replies/{ready.pk}/", {"delete": "1"}).status_code == 404
    assert CannedReply.objects.exists()
