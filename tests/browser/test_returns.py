"""A return in a real browser: Babak ticks what is wrong, Maryam is asked just that again, Babak sees old and new."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from mizban.core.cases.filing.opening import Opened
from tests.conftest import PASSWORD, REQUEST

from .conftest import Eyes
from .pages import sign_in, track

CORRECTED = f"{REQUEST['text']} شمارهٔ آن دوازده است."


def test_what_is_named_is_asked_again(
    site: str, page: Page, browser: Browser, eyes: Eyes, open_case: Callable[..., Opened]
) -> None:
    opened = open_case()
    desk = browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()
    at_desk = Eyes(desk, eyes.folder)
    sign_in(desk, site, "babak", PASSWORD)
    desk.goto(f"{site}/desk/markazi-roads/cases/{opened.case.code}/")
    form = desk.locator("form[action$='/steps/return/']")
    desk.locator("details", has=form).locator("summary").first.click()
    form.get_by_label("شرح", exact=True).check()
    form.locator("[name$=item__text]").fill("شمارهٔ پروانه را هم بنویسید")
    form.locator("input.full:not([name*=__])").first.fill("تصویر پشت کارت ملی")
    at_desk.look("return-items")
    form.locator("button:visible").last.click()

    track(page, site, opened.case.code, opened.password)
    expect(page.locator("main")).to_contain_text("شرح (شمارهٔ پروانه را هم بنویسید)")
    eyes.look("asked-again")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=eyes.folder / "asked-again-dark.png", full_page=True)
    page.locator("main textarea").first.fill(CORRECTED)
    page.locator("main [name$=note]").first.fill("پشت کارت پیوست نمی‌شد، حضوری می‌آورم.")
    page.get_by_role("button", name="فرستادن آنچه خواسته شد").click()
    expect(page.locator("main")).to_contain_text("ساعت مهلت دوباره به راه افتاد")

    desk.reload()
    expect(desk.locator("main")).to_contain_text("پیش‌تر:")
    at_desk.look("old-and-new")
