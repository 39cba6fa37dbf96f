"""The portal in a real browser: the menu, a form of several pages without a script, every kind of page looked at."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from mizban.core.agencies.models import Unit
from mizban.core.cases.models import Case, Offering
from mizban.office.agreements.publishing import PUBLISHED, enter
from mizban.office.notices.models import Notice
from mizban.office.notices.standing import forget
from tests.services.conftest import source_of

from .conftest import Eyes, assert_fits

OFFICE = "/markazi-roads/"
VEHICLES = f"{OFFICE}services/government-vehicles/"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def portal(site: str, offering: Offering) -> str:
    """The site with the permits of vehicles, their agreement, and something announced."""
    now, office = timezone.now(), offering.agency
    Unit.objects.create(agency=office, slug="assets", name="ادارهٔ اموال")
    Offering.publish(office, source_of("government-vehicles"), at=now)
    enter(office, 1, PUBLISHED / "000.txt", services=["government-vehicles"], today=now.date(), at=now)
    Notice.objects.create(
        agency=office,
        kind="outage",
        heading="پیامک‌ها دیر می‌رسد",
        text="صبر کنید.",
        from_at=now,
        published_at=now,
    )
    forget()
    return site


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("menu", OFFICE),
        ("search", f"{OFFICE}?q=پلاک"),
        ("search-all", "/?q=پلاک&for=agency"),
        ("nothing-found", f"{OFFICE}?q=گذرنامه"),
        ("vehicles", VEHICLES),
        ("vehicles-plate", f"{VEHICLES}?permit=plate"),
        ("notices", f"{OFFICE}notices/"),
        ("privacy", "/privacy/"),
        ("accessibility", "/accessibility/"),
        ("speak", "/speak/"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(
    portal: str, page: Page, eyes: Eyes, name: str, path: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(portal + path)
    eyes.look(f"{name}-{scheme}")
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)


def test_a_form_of_several_pages_without_a_script(
    portal: str, browser: Browser, eyes: Eyes, tmp_path: Path
) -> None:
    paper = tmp_path / "نامه.png"
    paper.write_bytes(PNG)
    page = browser.new_context(locale="fa-IR", java_script_enabled=False).new_page()
    page.goto(f"{portal}{OFFICE}")
    page.get_by_label("دنبال چه خدمتی هستید؟").fill("پلاک تعويض")
    page.get_by_role("button", name="جست‌وجو").click()
    page.get_by_role("link", name="تعویض یا اخذ پلاک، ۵ روز کاری").click()
    page.get_by_role("link", name="شروع درخواست").click()

    # The agency; Enter goes on as the button does.
    page.locator("[name=applicant_name]").fill("اداره کل منابع طبیعی")
    page.locator("[name=applicant_identifier]").fill("14003123450")
    page.locator("[name=applicant_mobile]").fill("09141234567")
    page.locator("[name=applicant_mobile]").press("Enter")
    expect(page.locator("[name=permit][value=plate]")).to_be_checked()

    # The letter is missing: this page says so, and only of itself.
    page.locator("[name=letter_number]").fill("۱۲")
    page.locator("[name=letter_date]").fill("۱۴۰۴/۰۸/۲۰")
    page.locator("[name=signer]").fill("بهرام نجفی، مدیرکل")
    page.get_by_role("button", name="ادامه: خودرو").click()
    expect(page.get_by_role("alert")).to_contain_text("یک جا نیاز به اصلاح دارد")
    page.locator("[name=official_letter]").set_input_files(paper)
    page.get_by_role("button", name="ادامه: خودرو").click()

    page.locator("[name=make]").fill("سواری پژو ۴۰۵")
    page.locator("[name=model_year]").fill("1390")
    page.locator("[name=body]").select_option("saloon")
    page.locator("[name=fuel][value=petrol]").check()
    page.locator("[name=chassis]").fill("NAAM01CA5DE123456")
    page.locator("[name=plate_request][value=new]").check()
    page.get_by_role("button", name="گام پیش").click()
    expect(page.locator("main")).to_contain_text("نامه.png")
    page.get_by_role("button", name="ادامه: خودرو").click()
    expect(page.locator("[name=make]")).to_have_value("سواری پژو ۴۰۵")
    page.get_by_role("button", name="ادامه: جزئیات و مدارک").click()

    for name in ("vehicle_papers", "budget_confirmation"):
        page.locator(f"[name={name}]").set_input_files(paper)
    page.locator("[name=plate_kind][value=government]").check()
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    page.get_by_role("button", name="ادامه: بازبینی").click()
    expect(page.locator("main")).to_contain_text("سواری پژو ۴۰۵")
    page.get_by_role("button", name="ویرایش خودرو").click()
    page.locator("[name=make]").fill("سواری سمند")
    page.get_by_role("button", name="بازگشت به بازبینی").click()
    expect(page.locator("main")).to_contain_text("سواری سمند")
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    page.get_by_role("button", name="ثبت درخواست").click()
    expect(page.locator("main")).to_contain_text("رسید تعویض یا اخذ پلاک")
    assert Case.objects.get().files.count() == 3


def test_every_page_of_a_long_form_is_accessible(portal: str, page: Page, eyes: Eyes, tmp_path: Path) -> None:
    page.goto(f"{portal}{VEHICLES}apply/?permit=plate")
    eyes.look("long-form-1")
    page.locator("[name=applicant_name]").fill("اداره کل منابع طبیعی")
    page.locator("[name=applicant_identifier]").fill("14003123450")
    page.locator("[name=applicant_mobile]").fill("09141234567")
    page.get_by_role("button", name="ادامه: مجوز و نامه").click()
    page.get_by_role("button", name="ادامه: خودرو").click()
    eyes.look("long-form-2-errors")
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)
