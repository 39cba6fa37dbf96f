"""The first journey in a real browser: Maryam files, Babak answers, Sara resets a password; no script is needed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mizban.core.cases.models import Case
from mizban.lib.codes import tidy_code
from tests.conftest import PASSWORD

from .conftest import Eyes, assert_fits
from .pages import codes_on, fill_the_form, sign_in, take, track

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
REPLY = "پروانهٔ ساخت شما صادر شد و در ادارهٔ مسکن آماده است."


def test_the_first_journey(site: str, page: Page, browser: Browser, eyes: Eyes, tmp_path: Path) -> None:
    papers = tmp_path / "کارت-ملی.png"
    papers.write_bytes(PNG)

    # Maryam finds her office and the service.
    page.goto(site)
    eyes.look("home")
    page.locator("main").get_by_role("link", name=re.compile("راه و شهرسازی")).first.click()
    eyes.look("office")
    page.locator("main").get_by_role("link", name="میز خدمت الکترونیکی").first.click()
    eyes.look("service")
    page.locator("main a.btn").first.click()

    # A first try with everything missing: all errors at once.
    page.get_by_role("button", name="ادامه: بازبینی").click()
    expect(page.get_by_role("alert")).to_contain_text("نیاز به اصلاح دارد")
    assert page.title().startswith("خطا: ")
    eyes.look("form-errors")
    fill_the_form(page, papers)
    eyes.look("form")
    page.get_by_role("button", name="ادامه: بازبینی").click()
    expect(page.locator("main")).to_contain_text("کارت-ملی.png")
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    eyes.look("review")
    page.get_by_role("button", name="ثبت درخواست").click()

    # The receipt, once.
    code, password = codes_on(page)
    assert len(code) == len(password) == 12
    assert password not in page.url
    eyes.look("receipt")
    page.emulate_media(media="print")
    page.screenshot(path=eyes.folder / "receipt-print.png", full_page=True)
    page.emulate_media(media="screen")
    page.reload()
    assert password not in tidy_code(page.locator("body").inner_text())

    # Babak, at his desk in another browser, asks for what is missing.
    desk = browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()
    at_desk = Eyes(desk, eyes.folder)
    sign_in(desk, site, "babak", PASSWORD)
    at_desk.look("queue")
    desk.locator(f"a[href*='{code}']").first.click()
    at_desk.look("desk-case")
    take(desk, "start")
    take(desk, "return", item="تصویر پشت کارت ملی", explanation="پشت کارت دیده نمی‌شود.")
    expect(desk.locator("main")).to_contain_text("ساعت")

    # Maryam sees whose turn it is and answers.
    track(page, site, code, password)
    expect(page.locator("main")).to_contain_text("تصویر پشت کارت ملی")
    expect(page.locator("main")).to_contain_text("نوبت شماست")
    eyes.look("tracking-turn")
    page.locator("[name$=note]").first.fill("تصویر پشت کارت پیوست است.")
    page.locator("input[type=file][name$=item_1]").first.set_input_files(papers)
    page.get_by_role("button", name="فرستادن آنچه خواسته شد").click()
    expect(page.locator("main")).to_contain_text("ساعت مهلت دوباره به راه افتاد")

    # Babak answers, and Maryam sees that the office kept its word.
    desk.reload()
    take(desk, "reply", reply=REPLY)
    at_desk.look("desk-answered")
    page.reload()
    expect(page.locator("main")).to_contain_text(REPLY)
    expect(page.locator("main .chip").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("در مهلت")
    eyes.look("tracking-answered")
    take(desk, "close")
    assert Case.objects.get(code=code).state == "closed"

    # Maryam has lost her password; Sara checks who she is and gives a one-time code.
    page.goto(f"{site}/track/forgotten/")
    expect(page.locator("main")).to_contain_text("سارا قنبری")
    eyes.look("forgotten")
    office = browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()
    sign_in(office, site, "sara", PASSWORD)
    office.goto(f"{site}/desk/markazi-roads/resets/")
    at_office = Eyes(office, eyes.folder)
    at_office.look("desk-reset")
    fill_reset(office, code)
    one_time = tidy_code(office.locator(".code.big").last.inner_text())
    page.goto(f"{site}/track/reset/")
    inputs = page.locator("main input:visible")
    inputs.nth(0).fill(code)
    inputs.nth(1).fill(one_time)
    page.locator("main button:visible").last.click()
    fresh = tidy_code(page.locator(".code.big").last.inner_text())
    assert fresh != password
    eyes.look("reset-done")
    track(page, site, code, password)
    expect(page.locator("main")).to_contain_text("کد رهگیری یا رمز درست نیست")
    track(page, site, code, fresh)
    expect(page.locator("main")).to_contain_text(REPLY)


def fill_reset(page: Page, code: str) -> None:
    inputs = page.locator("main form input:visible:not([type=checkbox])")
    inputs.nth(0).fill(code)
    inputs.nth(1).fill("۱۳۶۷۴۵۸۲۱۸")
    for tick in page.locator("main form input[type=checkbox]").all():
        tick.check()
    page.locator("main form button:visible").last.click()


def test_everything_public_works_without_a_script(site: str, browser: Browser, tmp_path: Path) -> None:
    papers = tmp_path / "کارت-ملی.png"
    papers.write_bytes(PNG)
    page = browser.new_context(locale="fa-IR", java_script_enabled=False).new_page()
    page.goto(f"{site}/markazi-roads/services/service-desk/apply/")
    fill_the_form(page, papers)
    page.get_by_role("button", name="ادامه: بازبینی").click()
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    page.get_by_role("button", name="ثبت درخواست").click()
    code, password = codes_on(page)
    track(page, site, code, password)
    page.locator("summary", has_text="پس‌گرفتن درخواست").click()
    page.get_by_role("button", name="پس‌گرفتن درخواست").click()
    expect(page.locator("main")).to_contain_text("شما درخواست را پس گرفتید.")
    assert Case.objects.get(code=code).state == "withdrawn"


@pytest.mark.parametrize(
    "path", ["/", "/markazi-roads/", "/markazi-roads/services/service-desk/apply/", "/track/"]
)
def test_pages_fit_at_320_px_and_twice_the_text(site: str, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site + path)
    assert_fits(page)
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '212%'")
    assert_fits(page)


def test_the_office_is_found_with_the_keyboard_alone(site: str, page: Page) -> None:
    page.goto(site)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "/markazi-roads/":
            page.keyboard.press("Enter")
            break
    expect(page).to_have_url(f"{site}/markazi-roads/")


def test_on_a_phone_the_menu_of_the_desk_is_one_word_that_unfolds(site: str, browser: Browser) -> None:
    page = browser.new_context(
        locale="fa-IR", java_script_enabled=False, viewport={"width": 360, "height": 740}
    ).new_page()
    sign_in(page, site, "sara", PASSWORD)
    leave = page.get_by_role("button", name="خروج")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(leave).to_be_hidden()
    page.locator("header summary").click()
    expect(page.get_by_role("link", name="مدیریت سامانه")).to_be_visible()
    leave.click()
    expect(page.locator("[name=username]")).to_be_visible()
