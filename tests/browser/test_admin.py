"""Sara announces a closure and adds a clerk, who comes in with the one-time password and chooses an own one."""

from datetime import timedelta

from playwright.sync_api import Browser, Page, expect

from mizban.lib.jalali import numeric
from mizban.office.calendar.models import Closure
from tests.conftest import PASSWORD, SATURDAY

from .conftest import Eyes
from .pages import sign_in

NEXT_WEEK = numeric(SATURDAY.date() + timedelta(days=7))
OWN = "گل-باران-کاغذ-۱۲"


def test_a_closure_and_a_new_clerk(site: str, page: Page, browser: Browser, eyes: Eyes) -> None:
    sign_in(page, site, "sara", PASSWORD)
    page.get_by_role("link", name="مدیریت سامانه").click()
    eyes.look("admin")
    page.get_by_role("link", name="تعطیلی اداره").click()

    # A first try with everything missing, then the closure.
    page.get_by_role("button", name="اعلام تعطیلی").click()
    expect(page.get_by_role("alert")).to_contain_text("دو جا نیاز به اصلاح دارد")
    page.locator("[name=on]").fill(NEXT_WEEK)
    page.locator("[name=from_time]").fill("۱۰")
    page.locator("[name=reason]").fill("آلودگی هوا")
    page.locator("[name=letter_number]").fill("۱۴۰۵/۳۳۱۲")
    page.get_by_role("button", name="اعلام تعطیلی").click()
    expect(page.get_by_role("status")).to_contain_text("تعطیلی اعلام شد")
    assert Closure.objects.get().letter_number == "1405/3312"
    eyes.look("admin-closures")
    page.locator(".crumbs").get_by_role("link", name="تقویم کاری").click()
    expect(page.locator(".months")).to_contain_text("آلودگی هوا (۱۰:۰۰ تا پایان روز)")
    eyes.look("admin-calendar")

    # The clerk.
    page.locator(".crumbs").get_by_role("link").click()
    page.get_by_role("link", name="همکاران").click()
    page.get_by_role("link", name="همکار تازه").click()
    page.locator("[name=username]").fill("m.rezaei")
    page.locator("[name=full_name]").fill("محمد رضایی")
    page.get_by_label("کارشناس", exact=True).check()
    page.locator("[name=unit]").select_option(label="ادارهٔ مسکن")
    page.get_by_role("button", name="افزودن همکار").click()
    handed = page.locator(".code.big").inner_text()
    eyes.look("admin-password")
    page.get_by_role("link", name="صفحهٔ این همکار").click()
    expect(page.locator("main")).to_contain_text("کارشناس ادارهٔ مسکن")
    eyes.look("admin-person")

    desk = browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()
    sign_in(desk, site, "m.rezaei", handed)
    expect(desk.locator("h1")).to_have_text("گذرواژهٔ خود را برگزینید")
    Eyes(desk, eyes.folder).look("own-password")
    desk.locator("[name=password]").fill(OWN)
    desk.locator("[name=again]").fill(OWN)
    desk.get_by_role("button", name="نگهداری گذرواژه").click()
    expect(desk.locator("h1")).to_have_text("صف")
    desk.context.close()
