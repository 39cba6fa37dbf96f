"""Pictures of the product: `python -m tests.browser.screenshots [FOLDER]`.

Serves a fresh demo on a free port, files and answers a case as people would, and pictures each page wide and on a
phone, light and dark, and the receipt on paper. Everything it starts it ends.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import ARGUMENTS, CHROMIUM
from tests.ports import free_port

from .pages import codes_on, fill_the_form, sign_in, take, track

PATIENCE = 90
PASSWORD = "mizban-demo"
PUBLIC = {
    "home": "/",
    "office": "/eaz-economy/",
    "search": "/?q=پلاک",
    "nothing-found": "/eaz-economy/?q=گذرنامه",
    "service": "/eaz-economy/services/government-vehicles/",
    "sub-service": "/eaz-economy/services/government-vehicles/?permit=plate",
    "service-desk": "/markazi-roads/services/service-desk/",
    "long-form": "/eaz-economy/services/government-vehicles/apply/?permit=plate",
    "notices": "/eaz-economy/notices/",
    "status": "/eaz-economy/status/",
    "speak": "/speak/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "agreements": "/eaz-economy/agreements/",
    "agreement": "/eaz-economy/agreements/1/",
    "help": "/help/",
    "forgotten": "/track/forgotten/",
    "not-found": "/nowhere/",
    "resume": "/resume/",
    "site-status": "/status/",
}
FORMS = (
    "debt-instalments",
    "claims-reporting",
    "deed-dispatch",
    "salaries",
    "deposits",
    "service-desk",
)
# What the site officer of the economy office keeps; the director has the same agreements to sign.
OFFICER = {
    "desk-replies": "replies/",
    "desk-recovery": "resets/",
    "desk-new": "new/",
    "availability": "availability/",
    "availability-notices": "availability/notices/",
    "services": "services/",
    "service-versions": "services/deposits/",
    "service-guide": "service-guide/",
    "service-draft": "services/deposits/draft/",
    "service-rehearsal": "services/deposits/rehearsal/",
    "desk-agreements": "agreements/",
    "desk-agreement": "agreements/1/",
    "agreement-ending": "agreements/1/ending/",
    "admin": "admin/",
    "admin-office": "admin/office/",
    "admin-units": "admin/units/",
    "admin-people": "admin/people/",
    "admin-new-person": "admin/people/new/",
    "admin-inspections": "admin/inspections/",
    "admin-calendar": "admin/calendar/",
    "admin-week": "admin/calendar/week/",
    "admin-holidays": "admin/calendar/holidays/",
    "admin-closures": "admin/calendar/closures/",
}


def main(folder: Path) -> int:
    """Picture everything into `folder`; 0 when all pages were there."""
    folder.mkdir(parents=True, exist_ok=True)
    with served_demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        Photographer(browser, site, folder).walk()
        browser.close()
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")
    return 0


@contextmanager
def served_demo() -> Iterator[str]:
    """The address of a fresh demo on a free port; ended and forgotten afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="mizban-pictures-") as data:
        environment = {**os.environ, "MIZBAN_DATA": data, "MIZBAN_PORT": str(port)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        server = subprocess.Popen([sys.executable, "-m", "mizban", "run", "--demo"], env=environment)
        try:
            yield _when_ready(f"http://127.0.0.1:{port}", server)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def _when_ready(site: str, server: "subprocess.Popen[bytes]") -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"{site}/readyz", timeout=2)  # noqa: S310  # our own server
            return site
        time.sleep(0.5)
    raise SystemExit("the demo did not come up")


class Photographer:
    """Walks the site and takes each page in every light."""

    def __init__(self, browser: Browser, site: str, folder: Path) -> None:
        self.browser, self.site, self.folder = browser, site, folder

    def walk(self) -> None:
        page = self._page()
        for name, path in PUBLIC.items():
            page.goto(self.site + path)
            self.take(page, name)
        for service in FORMS:
            page.goto(f"{self.site}/eaz-economy/services/{service}/apply/")
            self.take(page, f"form-{service}")
        code, password = self._file(page)
        desk = self._page()
        sign_in(desk, self.site, "babak", PASSWORD)
        self.take(desk, "desk-queue")
        desk.goto(f"{self.site}/desk/markazi-roads/cases/{code}/")
        self.take(desk, "desk-case")
        take(desk, "start")
        take(desk, "return", item="تصویر پشت کارت ملی", explanation="پشت کارت دیده نمی‌شود.")
        track(page, self.site, code, password)
        self.take(page, "tracking")
        page.goto(f"{self.site}/track/why/")
        self.take(page, "why")
        desk.goto(f"{self.site}/desk/markazi-roads/dashboard/")
        self.take(desk, "desk-dashboard")
        self._officer()

    def _officer(self) -> None:
        officer = self._page()
        officer.goto(f"{self.site}/desk/")
        self.take(officer, "sign-in")
        sign_in(officer, self.site, "somayeh", PASSWORD)
        for name, path in OFFICER.items():
            officer.goto(f"{self.site}/desk/eaz-economy/{path}")
            self.take(officer, name)
        officer.goto(f"{self.site}/desk/eaz-economy/services/debt-instalments/versions/1/")
        self.take(officer, "service-version")

    def _page(self) -> Page:
        return self.browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()

    def _file(self, page: Page) -> tuple[str, str]:
        papers = self.folder.parent / "کارت-ملی.png"
        papers.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
        page.goto(f"{self.site}/markazi-roads/services/service-desk/apply/")
        page.get_by_role("button", name="ادامه: بازبینی").click()
        self.take(page, "form-errors")
        fill_the_form(page, papers)
        self.take(page, "form")
        page.get_by_role("button", name="ادامه: بازبینی").click()
        papers.unlink()
        for tick in page.locator("main input[type=checkbox]").all():
            tick.check()
        self.take(page, "review")
        page.get_by_role("button", name="ثبت درخواست").click()
        self.take(page, "receipt")
        page.set_viewport_size({"width": 530, "height": 760})  # the breadth of A5 between its margins
        page.emulate_media(media="print")
        page.screenshot(path=self.folder / "receipt-print.png", full_page=True)
        page.emulate_media(media="screen")
        return codes_on(page)

    def take(self, page: Page, name: str) -> None:
        for width, height in ((1280, 900), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=self.folder / f"{name}-{width}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")


if __name__ == "__main__":
    sys.exit(
        main(
            Path(
                sys.argv[1]
                if len(sys.argv) > 1
                else Path(os.environ.get("MIZBAN_DATA", "var")) / "screenshots"
            )
        )
    )
