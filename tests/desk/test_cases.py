"""Babak works through a case on its page, from the first look to the last button."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.people.actors import Guest, Staff
from mizban.core.people.models import Membership, Role, User
from mizban.core.refusals import Refusal
from tests.conftest import SATURDAY, make_member

from .conftest import NOON, case_url, picture, text_of

Press = Callable[..., Any]
INVITATION = {"reason": "امضای نقشه لازم است", "place": "اتاق ۲۱۴", "day": "۱۴۰۵/۰۹/۱۰", "hour": "۹ تا ۱۱"}


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_page_tells_everything(babak_client: Client, case: Case) -> None:
    page = text_of(babak_client.get(case_url(case)))
    for said in ("مریم رضایی", "۱۳۶•••۸۲۱۸", "۰۹۱۴•••۴۵۶۷", "پروانهٔ ساخت من", "ادارهٔ مسکن", "در صف بررسی"):
        assert said in page
    assert "۱۳۶۷۴۵۸۲۱۸" not in page
    assert "دوشنبه ۹ آذر" in page
    assert "هنوز با کسی نیست" in page


def test_the_whole_identifier_is_shown_on_a_click(babak_client: Client, case: Case) -> None:
    page = text_of(babak_client.post(case_url(case)))
    assert "۱۳۶۷۴۵۸۲۱۸" in page
    assert "۰۹۱۴۱۲۳۴۵۶۷" in page


def test_babak_brings_a_case_to_its_end(babak_client: Client, case: Case, press: Press) -> None:
    done = press(babak_client, case, "start")
    assert (done.status_code, done["Location"]) == (303, f"{case_url(case)}?done=1")
    page = text_of(babak_client.get(done["Location"]))
    assert "انجام شد. بابک امینی بررسی را در «ادارهٔ مسکن» آغاز کرد." in page
    assert "نوبت شما" in page
    assert press(babak_client, case, "return", item="تصویر پشت سند").status_code == 303
    page = text_of(babak_client.get(case_url(case)))
    assert "ساعت ایستاده است" in page
    now(case).take("supply", by=Guest(case.pk), at=NOON, answers={"note": "پیوست شد."})
    assert press(babak_client, case, "invite", **INVITATION).status_code == 303
    assert press(babak_client, case, "reply", reply="پروانهٔ شما صادر شد.").status_code == 303
    assert press(babak_client, case, "close").status_code == 303
    page = text_of(babak_client.get(case_url(case)))
    assert "در مهلت پاسخ داده شد" in page
    assert "این پرونده بسته است." in page
    assert (now(case).state, now(case).number_of_events) == ("closed", 7)


def test_babak_writes_down_what_he_is_told_on_the_phone(
    babak_client: Client, case: Case, press: Press
) -> None:
    press(babak_client, case, "return", item="تصویر پشت سند")
    assert press(babak_client, case, "supply_for", note="تلفنی توضیح داد.").status_code == 303
    assert "که حضوری یا تلفنی دادید ثبت کرد" in text_of(babak_client.get(case_url(case)))


def test_a_refused_form_keeps_what_was_typed(babak_client: Client, case: Case, press: Press) -> None:
    press(babak_client, case, "start")
    refused = press(babak_client, case, "invite", **(INVITATION | {"day": "دیروز", "reason": ""}))
    assert refused.status_code == 422
    page, content = text_of(refused), refused.content.decode()
    assert "<title>خطا: " in content
    assert "دو جا نیاز به اصلاح دارد" in page
    assert "«دلیل» را بنویسید." in page
    assert 'href="#invite-day"' in content
    assert 'value="اتاق ۲۱۴"' in content
    assert now(case).number_of_events == 2


def test_a_refused_form_keeps_its_files(babak_client: Client, case: Case, press: Press) -> None:
    refused = press(babak_client, case, "reply", reply="کوتاه", paper=picture("نامه.png"))
    assert refused.status_code == 422
    assert "پیوست شد نامه.png" in text_of(refused)
    kept = refused.content.decode().split('name="reply-paper__kept" value="')[1].split('"')[0]
    done = press(babak_client, case, "reply", reply="پروانهٔ شما صادر شد.", paper__kept=kept)
    assert done.status_code == 303
    assert "نامه.png" in text_of(babak_client.get(case_url(case)))


def test_a_file_can_be_taken_off_again(babak_client: Client, case: Case, press: Press) -> None:
    refused = press(babak_client, case, "reply", reply="کوتاه", paper=picture("نامه.png"))
    kept = refused.content.decode().split('name="reply-paper__kept" value="')[1].split('"')[0]
    data = {
        "reply-reply": "متنی که می‌ماند",
        "reply-paper__kept": kept,
        "remove": kept,
        "seen": "1",
        "token": "t" * 22,
    }
    page = babak_client.post(f"{case_url(case)}steps/reply/", data)
    assert page.status_code == 200
    assert "متنی که می‌ماند" in text_of(page)
    assert "نامه.png" not in text_of(page)


def test_a_bad_file_is_told_with_every_other_error(babak_client: Client, case: Case, press: Press) -> None:
    bad = SimpleUploadedFile("نامه.exe", b"MZ no picture at all")
    refused = press(babak_client, case, "reply", reply="کوتاه", paper=bad)
    assert refused.status_code == 422
    assert "دو جا نیاز به اصلاح دارد" in text_of(refused)
    assert now(case).number_of_events == 1


def test_what_babak_uploads_he_can_open(babak_client: Client, case: Case, press: Press) -> None:
    press(babak_client, case, "reply", reply="پروانهٔ شما صادر شد.", paper=picture("نامه.png"))
    file = now(case).files.get()
    sent = babak_client.get(f"{case_url(case)}files/{file.pk}/")
    assert sent.status_code == 200
    assert sent["Cache-Control"] == "no-store"
    assert sent["Content-Disposition"].startswith("attachment")


def test_who_acts_second_is_told_who_acted_first(
    babak_client: Client, case: Case, press: Press, as_babak: Staff
) -> None:
    kaveh = replace(
        as_babak, user_id=make_member(case.agency, "kaveh", "کاوه رستمی", Role.HEAD).pk, name="کاوه رستمی"
    )
    now(case).take("start", by=kaveh, at=NOON)
    behind = press(babak_client, case, "reply", seen=1, reply="پاسخی که نباید گم شود.")
    assert behind.status_code == 409
    page = text_of(behind)
    assert "پیش از شما کس دیگری روی این پرونده کار کرد" in page
    assert "کاوه رستمی بررسی را در «ادارهٔ مسکن» آغاز کرد." in page
    assert ">\nپاسخی که نباید گم شود.</textarea>" in behind.content.decode()
    assert now(case).number_of_events == 2


def test_a_text_is_given_back_where_its_step_is_gone(babak_client: Client, case: Case, press: Press) -> None:
    press(babak_client, case, "reply", reply="پاسخ نخست همین است.")
    behind = press(babak_client, case, "return", seen=1, item="تصویر سند")
    assert behind.status_code == 409
    assert "خودتان پس از این صفحه روی این پرونده کار کرده‌اید" in text_of(behind)
    assert "تصویر سند" in text_of(behind)


@pytest.mark.parametrize("seen", ["", "0", "-1", "²", "۱", "\0", "9" * 5000])
def test_a_garbled_page_changes_nothing(babak_client: Client, case: Case, seen: str) -> None:
    answer = babak_client.post(f"{case_url(case)}steps/start/", {"seen": seen})
    assert answer.status_code == 409
    assert now(case).number_of_events == 1


def test_a_double_click_is_one_step(babak_client: Client, case: Case, press: Press) -> None:
    assert press(babak_client, case, "start", seen=1).status_code == 303
    assert press(babak_client, case, "start", seen=1).status_code == 409
    assert now(case).number_of_events == 2


def test_a_step_of_somebody_else_is_refused(babak_client: Client, case: Case, press: Press) -> None:
    refused = press(babak_client, case, "withdraw", reason="")
    assert refused.status_code == 403
    assert "این گام با شما نیست." in text_of(refused)
    assert refused["Cache-Control"] == "no-store"
    assert press(babak_client, case, "burn").status_code == 404


def test_a_link_to_a_step_leads_to_its_case(babak_client: Client, case: Case) -> None:
    assert babak_client.get(f"{case_url(case)}steps/reply/")["Location"] == case_url(case)


def test_a_step_that_cannot_be_taken_now_says_why_and_keeps_the_text(
    babak_client: Client, case: Case, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_named: Any) -> None:
        raise Refusal("دستگاه دیگر هنوز در سامانه نیست.")

    monkeypatch.setattr(Case, "take", refuse)
    refused = press(babak_client, case, "reply", reply="پروانهٔ شما صادر شد.")
    assert refused.status_code == 409
    assert "دستگاه دیگر هنوز در سامانه نیست." in text_of(refused)
    assert "پروانهٔ شما صادر شد." in text_of(refused)


def test_babak_goes_from_one_case_to_the_next(
    babak_client: Client, open_case: Callable[..., Opened], as_babak: Staff
) -> None:
    first, second, third = (open_case(at=SATURDAY + timedelta(minutes=minute)).case for minute in range(3))
    page = babak_client.get(case_url(second))
    assert "پروندهٔ ۲ از ۳" in text_of(page)
    assert f'href="{case_url(first)}" rel="prev"' in page.content.decode()
    assert f'href="{case_url(third)}" rel="next"' in page.content.decode()


def test_a_late_case_says_so(babak_client: Client, open_case: Callable[..., Opened]) -> None:
    late = open_case(at=SATURDAY - timedelta(days=40)).case
    assert "از موعد گذشته‌ایم" in text_of(babak_client.get(case_url(late)))


def test_a_head_of_the_whole_office_sees_every_unit(
    sara_client: Client, sara: User, case: Case, also: Callable[..., Membership]
) -> None:
    also(sara, Role.HEAD)
    assert "مریم رضایی" in text_of(sara_client.get(case_url(case)))


def test_an_erased_case_still_has_a_page(babak_client: Client, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(wrapped_key=None)
    page = babak_client.get(case_url(case))
    assert page.status_code == 200
    assert "پاک شده" in text_of(page)
    assert "پاک شده" in text_of(babak_client.get("/desk/markazi-roads/"))
