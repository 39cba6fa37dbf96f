"""The receipt: the password once, and never in an address."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from django.test import Client

from mizban.core.cases.admission.access import admit
from mizban.core.people.actors import Guest
from mizban.kit.qr import qr_squares
from mizban.lib.text import ascii_digits
from mizban.office.agreements.models import AgreementVersion

from .conftest import APPLY, RECEIPT, file, filed, page_of, png, review, shown_password, words_of


def test_the_receipt_shows_code_and_password_that_open_the_case(
    maryam: Client, agreement: AgreementVersion
) -> None:
    case = filed(maryam, papers=png())
    receipt = maryam.get(RECEIPT)
    assert receipt.status_code == 200
    for shown in (
        "رمز دیگر نشان داده نمی‌شود",
        "دوشنبه",
        "آذر ۱۴۰۵",
        "۱ فایل",
        "رایگان",
        "میز خدمت",
        "۱۳۶•••۸۲۱۸",
    ):
        assert shown in words_of(receipt)
    assert admit(case.code, shown_password(receipt)) == Guest(case.pk)


def test_the_password_is_shown_once(maryam: Client) -> None:
    filed(maryam)
    password = shown_password(maryam.get(RECEIPT))
    again = maryam.get(RECEIPT)
    assert again.status_code == 200
    assert "رمز تنها یک بار نشان داده می‌شود" in words_of(again)
    assert password not in ascii_digits(words_of(again)).replace(" ", "")
    assert "/track/" in page_of(again)


def test_a_receipt_nobody_took_is_gone_after_ten_minutes(maryam: Client, clock: Any) -> None:
    filed(maryam)
    clock.shift(timedelta(minutes=11))
    assert "رمز تنها یک بار" in words_of(maryam.get(RECEIPT))


def test_following_works_at_once_from_the_receipt(maryam: Client) -> None:
    filed(maryam)
    maryam.get(RECEIPT)
    assert "درخواست شما ثبت شد" in words_of(maryam.get("/track/case/"))


def test_the_code_is_a_picture_of_the_tracking_address_without_the_password(maryam: Client) -> None:
    case = filed(maryam)
    _, path = qr_squares(f"http://testserver/track/?code={case.code}")
    assert path in page_of(maryam.get(RECEIPT))


def test_the_password_stands_in_no_address_and_in_no_readable_cookie(maryam: Client) -> None:
    response = file(maryam, review(maryam))
    cookie = response.cookies["mizban_receipt"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", RECEIPT)
    password = shown_password(maryam.get(RECEIPT))
    for header in (response["Location"], unquote(cookie.value)):
        assert password not in header


def test_another_service_has_no_receipt_of_this_case(maryam: Client) -> None:
    filed(maryam)
    maryam.cookies["mizban_receipt"] = "AAAA" + maryam.cookies["mizban_receipt"].value[4:]
    assert "رمز تنها یک بار" in words_of(maryam.get(RECEIPT))
    assert maryam.get(APPLY).status_code == 200


def test_whoever_filed_is_not_locked_out_by_strangers_behind_the_same_address(maryam: Client) -> None:
    case = filed(maryam)
    password = shown_password(maryam.get(RECEIPT))
    for _ in range(12):
        Client().post("/track/", {"code": case.code, "password": "000000000000"})
    assert Client().post("/track/", {"code": case.code, "password": password}).status_code == 429
    assert maryam.post("/track/", {"code": case.code, "password": password}).status_code == 200
