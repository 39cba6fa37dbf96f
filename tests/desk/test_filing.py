"""Babak files for people who come to the counter or call, and hands them a receipt."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.admission.access import admit
from mizban.core.cases.models import Case, Offering
from tests.conftest import MARYAM_TYPES, REQUEST, SATURDAY

from .conftest import case_url, codes_shown, picture, text_of, token_on

NEW = "/desk/markazi-roads/new/service-desk/"
RECEIPT = "/desk/markazi-roads/receipt/"
FORM = MARYAM_TYPES | REQUEST | {"channel": "phone", "accepted": "yes"}


def file(client: Client, **changes: Any) -> Any:
    return client.post(NEW, FORM | {"token": "f" * 22} | changes)


def test_the_only_service_is_opened_at_once(babak_client: Client, offering: Offering) -> None:
    assert babak_client.get("/desk/markazi-roads/new/")["Location"] == NEW
    page = text_of(babak_client.get(NEW))
    assert "متقاضی از چه راهی آمد؟" in page
    assert "متقاضی درستی اطلاعات و پذیرش توافق‌نامه را اعلام کرد." in page


def test_of_several_services_one_is_chosen(babak_client: Client, agency: Agency, offering: Offering) -> None:
    other = offering.version.source.replace("service: service-desk", "service: other-desk")
    Offering.publish(agency, other, at=SATURDAY)
    page = babak_client.get("/desk/markazi-roads/new/").content.decode()
    assert f'href="{NEW}"' in page
    assert 'href="/desk/markazi-roads/new/other-desk/"' in page


def test_an_office_without_services_says_so(babak_client: Client) -> None:
    assert "هنوز خدمتی منتشر نکرده است" in text_of(babak_client.get("/desk/markazi-roads/new/"))


@pytest.mark.parametrize(
    ("channel", "said", "spoken"),
    [
        ("phone", "از راه تلفن، به دست بابک امینی", "از راه تلفن ثبت کرد"),
        ("counter", "در پیشخوان، به دست بابک امینی", "در پیشخوان ثبت کرد"),
    ],
)
def test_a_case_filed_by_staff_is_marked(
    babak_client: Client, offering: Offering, channel: str, said: str, spoken: str
) -> None:
    filed = file(babak_client, channel=channel)
    assert (filed.status_code, filed["Location"]) == (303, RECEIPT)
    case = Case.objects.get()
    assert (case.channel, case.events[0].actor_name) == (channel, "بابک امینی")
    page = text_of(babak_client.get(case_url(case)))
    assert said in page
    assert f"بابک امینی این درخواست را به خواست شما، {spoken}" in page


def test_the_receipt_is_shown_once(babak_client: Client, offering: Offering) -> None:
    file(babak_client)
    receipt = babak_client.get(RECEIPT)
    case = Case.objects.get()
    code, password = codes_shown(receipt)
    assert code == case.code
    assert admit(code, password) is not None
    assert "مریم رضایی" in text_of(receipt)
    assert receipt["Cache-Control"] == "no-store"
    again = babak_client.get(RECEIPT)
    assert again.status_code == 404
    assert "یک بار نشان داده می‌شود" in text_of(again)


def test_the_password_stands_in_no_address_and_no_readable_cookie(
    babak_client: Client, offering: Offering
) -> None:
    filed = file(babak_client)
    _, password = codes_shown(babak_client.get(RECEIPT))
    assert password not in str(filed.headers) + str(filed.cookies)
    assert filed.cookies["mizban_receipt"]["httponly"]
    assert filed.cookies["mizban_receipt"]["path"] == RECEIPT


def test_a_receipt_is_good_for_minutes_only(babak_client: Client, offering: Offering, clock: Any) -> None:
    file(babak_client)
    clock.shift(timedelta(minutes=16))
    assert babak_client.get(RECEIPT).status_code == 404


def test_a_receipt_of_another_unit_is_still_handed_over(babak_client: Client, offering: Offering) -> None:
    file(babak_client, department="roads")
    receipt = babak_client.get(RECEIPT)
    assert receipt.status_code == 200
    assert case_url(Case.objects.get()) not in receipt.content.decode()
    assert babak_client.get(case_url(Case.objects.get())).status_code == 404


def test_every_error_is_told_at_once_and_nothing_is_lost(babak_client: Client, offering: Offering) -> None:
    refused = file(babak_client, text="کوتاه", applicant_identifier="123", channel="", accepted="")
    assert refused.status_code == 422
    page = text_of(refused)
    assert "چهار جا نیاز به اصلاح دارد" in page
    assert "مریم رضایی" in refused.content.decode()
    assert not Case.objects.exists()


def test_papers_are_kept_through_a_refusal_and_filed(babak_client: Client, offering: Offering) -> None:
    refused = file(babak_client, text="کوتاه", papers=[picture("یک.png"), picture("دو.png")])
    content = refused.content.decode()
    kept = [part.split('"')[0] for part in content.split('name="papers__kept" value="')[1:]]
    assert len(kept) == 2
    assert file(babak_client, token=token_on(refused), papers__kept=kept).status_code == 303
    assert Case.objects.get().files.count() == 2


def test_a_double_click_files_once(babak_client: Client, offering: Offering) -> None:
    assert file(babak_client).status_code == 303
    assert file(babak_client).status_code == 303
    assert Case.objects.count() == 1
    assert babak_client.get(RECEIPT).status_code == 200
    other = file(babak_client, text="این بار چیز دیگری نوشته شده است.")
    assert other.status_code == 409
    assert "این فرم پیش‌تر ثبت شده است" in text_of(other)


def test_a_service_that_is_not_offered_is_not_found(babak_client: Client, offering: Offering) -> None:
    assert babak_client.get("/desk/markazi-roads/new/passport/").status_code == 404


@pytest.mark.parametrize("cookie", ["", "x", "é", "=" * 3000, "AAAA", "\0"])
def test_a_made_up_receipt_is_none(babak_client: Client, offering: Offering, cookie: str) -> None:
    babak_client.cookies["mizban_receipt"] = cookie
    assert babak_client.get(RECEIPT).status_code == 404


@pytest.mark.parametrize(
    "hostile", ["\0", "\ud800", "x" * 20_000, "<script>alert(1)</script>", "%00", "🜁" * 400]
)
def test_whatever_is_typed_is_answered(babak_client: Client, offering: Offering, hostile: str) -> None:
    typed = hostile.encode("utf-8", "replace").decode()
    for name in (*FORM, "token", "remove", "papers__kept"):
        answer = file(babak_client, **{name: typed})
        assert answer.status_code in (303, 409, 422, 200)
        assert "<script>alert" not in answer.content.decode()


def test_a_form_is_narrowed_down_to_what_was_chosen(babak_client: Client, offering: Offering) -> None:
    assert "تنها پرسش‌های همین انتخاب‌ها" in text_of(babak_client.get(NEW))
    assert "تاریخ واقعه" in text_of(babak_client.get(NEW))
    narrowed = file(babak_client, narrow="1", text="متنی که می‌ماند")
    assert narrowed.status_code == 200
    assert "تاریخ واقعه" not in text_of(narrowed), "a request has none"
    assert "متنی که می‌ماند" in narrowed.content.decode()
    assert "تاریخ واقعه" in text_of(file(babak_client, narrow="1", kind="complaint"))
    assert "تاریخ واقعه" in text_of(file(babak_client, narrow="1", kind="", text=""))
    assert not Case.objects.exists()
