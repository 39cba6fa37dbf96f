"""A new service from one YAML file goes live from the desk in under two minutes, and Maryam files in it."""

import time

from playwright.sync_api import Browser, Page, expect

from mizban.core.cases.models import Case
from tests.conftest import PASSWORD
from tests.example import RESIDENCE

from .conftest import Eyes
from .pages import codes_on, sign_in

LIMIT = 120


def test_a_service_goes_live_from_the_desk(
    residence_site: str, page: Page, browser: Browser, eyes: Eyes
) -> None:
    site, began = residence_site, time.monotonic()
    sign_in(page, site, "sara", PASSWORD)
    page.goto(f"{site}/desk/markazi-roads/services/")
    eyes.look("services-empty")
    broken = RESIDENCE.replace("by: expert", "by: janitor").encode()
    page.locator("[name=upload]").set_input_files(
        {"name": "service.yaml", "mimeType": "text/yaml", "buffer": broken}
    )
    page.get_by_role("button", name="آغاز پیش‌نویس").click()
    expect(page.get_by_role("alert")).to_contain_text("«janitor» در «by» شناخته نیست")
    eyes.look("draft-faults")
    page.locator("[name=source]").fill(RESIDENCE)
    page.get_by_role("button", name="ذخیره و بررسی").click()
    expect(page.locator("main")).to_contain_text("بی‌ایراد است")
    eyes.look("draft")

    # What applicants will see, and the whole way through it.
    page.get_by_role("link", name="فرم و نمودار").click()
    expect(page.locator("svg.diagram")).to_be_visible()
    eyes.look("look")
    page.go_back()
    page.get_by_role("link", name="تمرین").click()
    eyes.look("rehearsal-form")
    page.get_by_role("button", name="ثبت آزمایشی").click()
    eyes.look("rehearsal")
    page.get_by_role("button", name="تأیید").click()
    expect(page.locator("main")).to_contain_text("پرونده به پایان رسید")
    assert Case.objects.count() == 0

    # Live, without a restart.
    page.goto(f"{site}/desk/markazi-roads/services/residence-certificate/draft/")
    page.locator("[name=note]").fill("خدمت تازهٔ گواهی سکونت")
    page.get_by_role("button", name="انتشار").click()
    expect(page.get_by_role("status")).to_contain_text("منتشر شد")
    eyes.look("service")
    portal = browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()
    portal.goto(f"{site}/markazi-roads/")
    portal.locator("main").get_by_role("link", name="گواهی سکونت").first.click()
    portal.locator("main a.btn").first.click()
    portal.locator("[name=applicant_name]").fill("مریم رضایی")
    portal.locator("[name=applicant_identifier]").fill("۱۳۶۷۴۵۸۲۱۸")
    portal.locator("[name=applicant_mobile]").fill("۰۹۱۴۱۲۳۴۵۶۷")
    portal.locator("[name=owner][value=yes]").check()
    portal.locator("[name=postal_code]").fill("5166616471")
    portal.get_by_role("button", name="ادامه: بازبینی").click()
    for tick in portal.locator("main input[type=checkbox]").all():
        tick.check()
    portal.get_by_role("button", name="ثبت درخواست").click()
    code, _ = codes_on(portal)
    assert Case.objects.get(code=code).declaration.slug == "residence-certificate"
    assert time.monotonic() - began < LIMIT
