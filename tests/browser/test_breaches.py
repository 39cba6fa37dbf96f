"""A broken promise in a real browser: Maryam reads the apology and complains, the director looks at what followed."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from playwright.sync_api import Browser, Page, expect

from mizban.core.agencies.models import Agency
from mizban.core.cases.clocks import waking
from mizban.core.cases.filing.opening import Opened
from mizban.core.people.models import Role
from tests.conftest import PASSWORD, SATURDAY, make_member

from .conftest import Eyes
from .pages import sign_in, track

# Ten days on the promise is broken, a day later still.
LATER = SATURDAY + timedelta(days=11)


def test_what_followed_is_seen_by_maryam_and_by_the_director(
    site: str, page: Page, browser: Browser, eyes: Eyes, open_case: Callable[..., Opened], agency: Agency
) -> None:
    make_member(agency, "karim", "کریم مرادی", Role.DIRECTOR)
    opened, _ = open_case(), open_case(at=SATURDAY + timedelta(days=3))
    waking.wake(at=LATER)
    with time_machine.travel(LATER, tick=True):
        track(page, site, opened.case.code, opened.password)
        expect(page.locator("#breach")).to_be_visible()
        eyes.look("apology")
        page.get_by_role("link", name="شکایت از این دیرکرد").click()
        expect(page.locator("textarea[name=text]")).to_contain_text(opened.case.code.translate(PERSIAN))
        eyes.look("complaint-filled")

        desk = browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()
        at_desk = Eyes(desk, eyes.folder)
        sign_in(desk, site, "karim", PASSWORD)
        for part, seen in PAGES.items():
            desk.goto(f"{site}/desk/markazi-roads/breaches/{part}")
            expect(desk.locator("main")).to_contain_text(seen)
            at_desk.look(f"breaches-{part.split('/')[0] or 'warnings'}")
        desk.goto(f"{site}/desk/markazi-roads/cases/{opened.case.code}/")
        expect(desk.locator("#h-broken")).to_be_visible()
        at_desk.look("after-the-breach")


PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
PAGES = {
    "": "موعد گذشته",
    "escalations/": "نوشتن اقدام",
    "forecast/": "دیر می‌شود",
    "signs/": "نشانه است، نه اتهام",
    "settings/": "مقام بالاتر",
}
