"""What people do on the pages, for every test and picture that needs it done."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from mizban.core.people.models import User
from mizban.lib.codes import tidy_code
from tests.conftest import signed_in


def fill_the_form(page: Page, papers: Path) -> None:
    page.locator("#applicant_kind-natural, [name=applicant_kind][value=natural]").first.check()
    page.locator("[name=applicant_name]").fill("مریم رضایی")
    page.locator("[name=applicant_identifier]").fill("۱۳۶۷۴۵۸۲۱۸")
    page.locator("[name=applicant_mobile]").fill("۰۹۱۴۱۲۳۴۵۶۷")
    page.locator("[name=department]").select_option("housing") if page.locator(
        "select[name=department]"
    ).count() else page.locator("[name=department][value=housing]").check()
    page.locator("[name=kind][value=request]").check()
    page.locator("[name=text]").fill("پروانهٔ ساخت من چهار ماه است که در کمیسیون مانده است.")
    page.locator("input[name=papers]").set_input_files(papers)


def codes_on(page: Page) -> tuple[str, str]:
    """Tracking code and password, as printed large on the receipt."""
    big = page.locator(".code.big")
    return tidy_code(big.nth(0).inner_text()), tidy_code(big.nth(1).inner_text())


def sign_in(page: Page, site: str, username: str, password: str) -> None:
    page.goto(f"{site}/desk/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="ورود").click()


def at_the_desk(page: Page, site: str, username: str) -> None:
    """Let somebody sit at the desk, signed in already, in place of whoever sat there: where signing in is no matter."""
    cookie = signed_in(User.objects.get(username=username)).cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])


def track(page: Page, site: str, code: str, password: str) -> None:
    page.goto(f"{site}/track/?code={code}")
    page.locator("main [name=password]").fill(password)
    page.locator("main form:has([name=password]) button:visible").last.click()


def take(page: Page, step: str, **typed: str) -> None:
    """Unfold a step's form at the desk, fill it and press its button."""
    form = page.locator(f"form[action$='/steps/{step}/']")
    if not form.is_visible():
        page.locator("details", has=form).locator("summary").first.click()
    for name, text in typed.items():
        # Of a list of items, the first free line.
        form.locator(f"[name$={name}]:not([type=checkbox])").first.fill(text)
    form.locator("button:visible").last.click()
