"""A long form in a real browser: a table typed and mended, put aside, and gone on with."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mizban.config.demo.offices import load_offices

from .conftest import Eyes


@pytest.fixture
def offices(live_server: Any) -> str:
    load_offices(at=timezone.now())
    return str(live_server.url)


def onward(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^ادامه:")).click()


def introduce(page: Page, **who: str) -> None:
    for name, value in who.items():
        page.locator(f"main [name=applicant_{name}]:not([type=hidden])").fill(value)


def test_a_table_is_typed_mended_put_aside_and_resumed(offices: str, page: Page, eyes: Eyes) -> None:
    page.goto(f"{offices}/eaz-economy/services/salaries/apply/")
    introduce(page, name="راهداری", identifier="10380284790", mobile="09141234567")
    onward(page)
    page.locator("[name=month]").select_option("aban")
    page.get_by_role("button", name="ادامه در زمانی دیگر").click()
    eyes.look_in_both_themes("put-aside")
    code, password = ("".join(text.split()) for text in page.locator(".code.big").all_inner_texts())
    page.reload()
    expect(page.locator(".code.big")).to_have_count(0)
    page.get_by_role("link", name="ادامهٔ فرم ناتمام").click()
    page.locator("[name=code]").fill(code)
    page.locator("[name=password]").fill("123")
    page.get_by_role("button", name="ادامهٔ فرم").click()
    eyes.look_in_both_themes("resume-wrong")
    page.locator("[name=code]").fill(code)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="ادامهٔ فرم").click()
    expect(page.locator("[name=month]")).to_have_value("aban")
    eyes.look_in_both_themes("resumed")

    page.locator("[name=letter_number]").fill("۱۰۹")
    page.locator("[name=letter_date]").fill("۱۴۰۴/۰۸/۲۰")
    page.locator("[name=signer]").fill("بهرام نجفی، مدیرکل")
    page.locator("[name=accountant]").fill("شیرین صادقی")
    page.locator("[name=official_letter]").set_input_files(
        {"name": "نامه.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    onward(page)
    page.locator("[name=budget_row]").fill("۱۲۸۵۰۰")
    page.get_by_role("button", name="سطر تازه").click()
    page.locator("[name=salaries__0__national_id]").fill("0065123492")
    page.locator("[name=salaries__0__name]").fill("مریم رضایی")
    page.locator("[name=salaries__0__staff_kind]").select_option("permanent")
    page.locator("[name=salaries__0__gross]").fill("248000000")
    page.locator("[name=salaries__0__iban]").fill("IR820540102680020817909002")
    page.locator("[name=salaries__1__national_id]").fill("0065123493")
    onward(page)
    expect(page.get_by_role("alert")).to_contain_text("سطر ۲")
    eyes.look_in_both_themes("table-wrong")
    page.get_by_role("button", name="برداشتن سطر ۲").click()
    expect(page.locator("[name=net]")).to_have_value(re.compile("۲۴۸"))
    eyes.look_in_both_themes("table")


def test_a_lawyer_says_by_what_right(offices: str, page: Page, eyes: Eyes) -> None:
    page.goto(f"{offices}/eaz-economy/services/debt-instalments/apply/")
    page.locator("[name=applicant_kind][value=natural]").check()
    introduce(page, name="مریم رضایی", identifier="1367458218", mobile="09141234567")
    page.locator("[name=applicant_by][value=lawyer]").check()
    eyes.look_in_both_themes("who")
    onward(page)
    expect(page.locator("h1")).to_have_text("نمایندگی")
    page.locator("[name=applicant_mandate_until]").fill("۱۴۰۳/۰۱/۰۱")
    onward(page)
    eyes.look_in_both_themes("mandate")


PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
