"""Following a case: who is let in, what the page says, and what the applicant can do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from mizban.core.cases.admission.resets import issue, use
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.people.actors import Guest, Staff
from mizban.lib.codes import new_tracking_code

from .conftest import NOON, PNG, hidden, page_of, png, press, track, words_of

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def returned(opened: Opened, as_babak: Staff) -> Opened:
    """Babak looked at it and asks for a paper."""
    opened.case.take("start", by=as_babak, at=NOON - HOUR)
    asked = {"item": "تصویر پشت سند", "explanation": "شمارهٔ 12 خوانا نیست."}
    opened.case.take("return", by=as_babak, at=NOON - HOUR / 2, answers=asked)
    return opened


def test_maryam_sees_whose_turn_it_is_and_by_when(maryam: Client, opened: Opened) -> None:
    page = track(maryam, opened)
    assert page.status_code == 200
    for said in (
        "نوبت کارشناس «ادارهٔ مسکن» است؛ تا دوشنبه ۹ آذر پاسخ می‌گیرید.",
        "۷ روز کاری مانده",
        "چرا این تاریخ؟",
        "درخواست شما ثبت شد.",
        "پروانهٔ ساخت من چهار ماه است",
        "۱۳۶۷۴۵۸۲۱۸",
    ):
        assert said in words_of(page)


def test_code_and_password_are_taken_as_people_type_them(maryam: Client, opened: Opened) -> None:
    persian = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    code = opened.case.code.translate(persian)
    assert track(maryam, opened, code=f"کد رهگیری: {code[:4]} {code[4:8]}-{code[8:]} ").status_code == 200


def test_a_wrong_code_and_a_wrong_password_get_the_same_answer(maryam: Client, opened: Opened) -> None:
    wrong_password = track(maryam, opened, password="000000000000")
    unknown = new_tracking_code()
    wrong_code = track(maryam, opened, code=unknown)
    assert wrong_password.status_code == wrong_code.status_code == 422
    assert "کد رهگیری یا رمز درست نیست." in words_of(wrong_code)
    same = page_of(wrong_code).replace(unknown, opened.case.code)
    assert _without_token(same) == _without_token(page_of(wrong_password))
    assert opened.password not in page_of(wrong_code)
    assert "mizban_guest" not in wrong_code.cookies


def _without_token(page: str) -> str:
    start = page.index("csrfmiddlewaretoken")
    return page[:start] + page[page.index(">", start) :]


def test_wrong_code_and_wrong_password_cost_the_same_queries(
    maryam: Client, opened: Opened, django_assert_num_queries: Any
) -> None:
    for changes in ({"password": "1"}, {"code": new_tracking_code()}, {"code": "x", "password": ""}):
        with django_assert_num_queries(5):
            track(maryam, opened, **changes)


def test_following_costs_few_queries(
    maryam: Client,
    returned: Opened,
    django_assert_max_num_queries: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    # A process that has seen a commit has the agency's key; in a test nothing is ever committed.
    with django_capture_on_commit_callbacks(execute=True):
        track(maryam, returned)
    # Five of them, for what stands around the case, are kept two seconds long outside a transaction; one more, for
    # outages that give time back, is asked while a case waits for the applicant.
    with django_assert_max_num_queries(14):
        assert track(maryam, returned).status_code == 200


def test_a_code_in_the_address_is_filled_in_and_opens_nothing(maryam: Client, opened: Opened) -> None:
    page = page_of(maryam.get(f"/track/?code={opened.case.code}&password={opened.password}"))
    assert f'value="{opened.case.code}"' in page
    assert opened.password not in page
    assert "درخواست شما ثبت شد" not in page


def test_the_turn_of_the_applicant_holds_question_and_form(maryam: Client, returned: Opened) -> None:
    page = track(maryam, returned)
    for said in (
        "نوبت شماست",
        "ساعت ایستاده است",
        "تصویر پشت سند",
        "شمارهٔ ۱۲ خوانا نیست",
        "اگر امروز پاسخ دهید",
    ):
        assert said in words_of(page)
    sent = press(maryam, page, "supply", note="پشت سند پیوست است.", item_1=png("پشت سند.png"))
    assert (sent.status_code, sent["Location"]) == (303, "/track/case/")
    after = words_of(maryam.get("/track/case/"))
    for said in ("رسید.", "ساعت مهلت دوباره به راه افتاد", "پشت سند پیوست است.", "پشت سند.png"):
        assert said in after


def test_a_step_with_errors_keeps_what_was_typed_and_its_files(maryam: Client, returned: Opened) -> None:
    wrong = press(maryam, track(maryam, returned), "supply", note="؟", item_1=png())
    assert wrong.status_code == 422
    assert 'href="#note"' in page_of(wrong)
    assert "نامهٔ من.png" in words_of(wrong)
    assert press(maryam, wrong, "supply", note="پیوست شد").status_code == 303
    assert returned.case.files.count() == 1


def test_a_file_of_a_step_can_be_taken_off(maryam: Client, returned: Opened) -> None:
    wrong = press(maryam, track(maryam, returned), "supply", note="؟", item_1=png())
    kept = hidden(wrong, form="supply")["item_1__kept"][0]
    removed = press(maryam, wrong, "supply", note="نیمه", remove=kept)
    assert removed.status_code == 200
    assert "نیمه" in page_of(removed)
    assert "item_1__kept" not in hidden(removed, form="supply")


def test_pressing_twice_takes_the_step_once(maryam: Client, returned: Opened) -> None:
    page = track(maryam, returned)
    first = press(maryam, page, "supply", note="پیوست شد")
    second = press(maryam, page, "supply", note="پیوست شد")
    assert (first.status_code, second.status_code) == (303, 303)
    assert Case.objects.get().number_of_events == 4


def test_who_is_overtaken_is_told_what_happened(maryam: Client, returned: Opened, as_babak: Staff) -> None:
    page = track(maryam, returned)
    returned.case.take("supply_for", by=as_babak, at=NOON, answers={"note": "حضوری آورد"})
    response = press(maryam, page, "supply", note="پیوست شد")
    assert response.status_code == 409
    assert "بابک امینی پاسخ شما را که حضوری یا تلفنی دادید ثبت کرد" in words_of(response)
    assert "آنچه فرستادید ثبت نشد" in words_of(response)
    assert "نوبت بابک امینی در «ادارهٔ مسکن» است" in words_of(response)


@pytest.mark.parametrize("seen", ["", "x", "9" * 30, "-1", "1"])
def test_a_page_that_does_not_know_what_it_saw_changes_nothing(
    maryam: Client, returned: Opened, seen: str
) -> None:
    response = press(maryam, track(maryam, returned), "supply", note="پیوست شد", seen=seen)
    assert response.status_code == 409
    assert Case.objects.get().state == "returned"


def test_withdrawing_asks_first_and_then_is_done(maryam: Client, opened: Opened) -> None:
    page = track(maryam, opened)
    assert "<details><summary>پس‌گرفتن درخواست</summary>" in page_of(page)
    assert press(maryam, page, "withdraw", reason="مشکل حل شد").status_code == 303
    after = words_of(maryam.get("/track/case/"))
    assert "پس گرفته شد" in after
    assert "شما درخواست را پس گرفتید." in after
    assert "دیگر پاسخی در راه نیست" in after


def test_two_forms_on_a_page_do_not_mix(maryam: Client, returned: Opened) -> None:
    page = page_of(track(maryam, returned))
    ids = [part.split('"', 1)[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert 'name="withdraw-reason"' in page


def test_the_answer_is_read_first_with_its_paper_and_its_verdict(
    maryam: Client, opened: Opened, as_babak: Staff, clock: Any
) -> None:
    opened.case.take(
        "reply", by=as_babak, at=NOON + DAY, answers={"reply": "رأی کمیسیون در 26 آبان مثبت بود."}
    )
    clock.shift(2 * DAY)
    page = words_of(track(maryam, opened))
    for said in (
        "پاسخ داده شد، در مهلت.",
        "در مهلت پاسخ داده شد",
        "رأی کمیسیون در ۲۶ آبان مثبت بود.",
        "بابک امینی پاسخ داد.",
    ):
        assert said in page
    assert page.count("رأی کمیسیون") == 1


def test_a_late_answer_is_called_late(maryam: Client, opened: Opened, as_babak: Staff, clock: Any) -> None:
    clock.shift(20 * DAY)
    assert "از موعد گذشته‌ایم: دوشنبه ۹ آذر بود." in words_of(track(maryam, opened))
    opened.case.take("reply", by=as_babak, at=NOON + 20 * DAY, answers={"reply": "پوزش می‌خواهیم؛ انجام شد."})
    assert "دیر پاسخ داده شد: موعد دوشنبه ۹ آذر بود." in words_of(track(maryam, opened))


def test_a_guest_downloads_files_of_the_own_case_only(
    maryam: Client, returned: Opened, open_case: Callable[..., Opened]
) -> None:
    press(maryam, track(maryam, returned), "supply", note="پیوست شد", item_1=png("پشت سند.png"))
    address = f"/track/case/files/{returned.case.files.get().pk}/"
    response = maryam.get(address)
    assert (response.status_code, response.content) == (200, PNG)
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]
    assert f"filename*=UTF-8''{quote('پشت سند.png')}" in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    stranger = Client()
    track(stranger, open_case())
    for client in (stranger, Client()):
        assert client.get(address).status_code == 404


def test_a_guest_sees_and_changes_the_own_case_only(
    maryam: Client, opened: Opened, open_case: Callable[..., Opened]
) -> None:
    other = open_case()
    page = track(maryam, other)
    assert other.case.code[:4].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in page_of(page)
    press(maryam, page, "withdraw")
    assert Case.objects.get(pk=opened.case.pk).state == "filed"
    assert Case.objects.get(pk=other.case.pk).state == "withdrawn"


def test_without_a_cookie_the_case_is_not_shown(maryam: Client, opened: Opened) -> None:
    response = maryam.get("/track/case/")
    assert (response.status_code, response["Location"]) == (302, "/track/")
    assert maryam.post("/track/case/steps/withdraw/").status_code == 303
    assert Case.objects.get().state == "filed"


def test_a_visit_ends_after_half_an_hour_and_every_page_begins_it_anew(
    maryam: Client, opened: Opened, clock: Any
) -> None:
    track(maryam, opened)
    for _ in range(3):
        clock.shift(timedelta(minutes=20))
        assert maryam.get("/track/case/").status_code == 200
    clock.shift(timedelta(minutes=31))
    assert maryam.get("/track/case/").status_code == 302


def test_a_reset_ends_every_visit(maryam: Client, opened: Opened, as_sara: Staff) -> None:
    track(maryam, opened)
    use(opened.case, issue(opened.case, by=as_sara, identifier="1367458218", at=NOON), at=NOON)
    assert maryam.get("/track/case/").status_code == 302


def test_leaving_forgets_the_case(maryam: Client, opened: Opened) -> None:
    track(maryam, opened)
    assert maryam.post("/track/leave/").status_code == 303
    assert maryam.get("/track/case/").status_code == 302


def test_steps_of_the_office_are_not_the_applicants(maryam: Client, opened: Opened) -> None:
    track(maryam, opened)
    assert maryam.post("/track/case/steps/reply/", {"reply": "خودم پاسخ می‌دهم."}).status_code == 403
    assert maryam.post("/track/case/steps/nothing/").status_code == 404
    assert Case.objects.get().number_of_events == 1


def test_an_erased_case_says_so_and_breaks_nothing(maryam: Client, returned: Opened) -> None:
    press(maryam, track(maryam, returned), "supply", note="پیوست شد", item_1=png())
    address = f"/track/case/files/{returned.case.files.get().pk}/"
    Case.objects.update(wrapped_key=None)
    page = track(maryam, returned)
    assert page.status_code == 200
    assert "متن این رویداد پاک شده است." in words_of(page)
    assert maryam.get(address).status_code == 404


def test_nothing_of_a_case_is_kept_by_a_browser(maryam: Client, opened: Opened) -> None:
    assert track(maryam, opened)["Cache-Control"] == "no-store"
    assert maryam.get("/track/case/")["Cache-Control"] == "no-store"


def test_a_guest_is_an_actor_of_one_case(opened: Opened) -> None:
    assert list(Case.objects.visible_to(Guest(opened.case.pk))) == [opened.case]
