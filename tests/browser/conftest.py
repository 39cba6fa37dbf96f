"""A real browser on a live server. Without a Chromium on the machine these tests say so in one line and pass by."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.people.models import User
from tests.conftest import SATURDAY


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Persian and wide; without motion, since a colour on its way to another has the contrast of neither."""
    usual = {"locale": "fa-IR", "viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
    return {**browser_context_args, **usual}


@pytest.fixture(scope="session", autouse=True)
def _whole_pages() -> Iterator[None]:
    """After a click nothing is looked for before the page it led to is whole: half a page has half the controls."""
    click = Locator.click

    def clicked(locator: Locator, **how: Any) -> None:
        click(locator, **how)
        locator.page.wait_for_load_state()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", clicked)
        yield


@pytest.fixture(autouse=True)
def _saturday() -> Iterator[None]:
    """Whatever day it is, the site lives on a working Saturday: near Nowruz a page would show another year."""
    with time_machine.travel(SATURDAY, tick=True):
        yield


@pytest.fixture
def site(live_server: Any, offering: Offering, babak: User, sara: User) -> str:
    """The address of a served site with Maryam's office, its clerk and its site officer."""
    assert isinstance(offering.agency, Agency)
    return str(live_server.url)


@pytest.fixture
def residence_site(live_server: Any, babak: User, sara: User) -> str:
    """A served site whose office offers nothing yet."""
    return str(live_server.url)


def assert_accessible(page: Page) -> None:
    """axe finds nothing to complain about on the page as it stands."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def assert_fits(page: Page) -> None:
    """Nothing sticks out sideways at the present width."""
    width, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= inner, f"{page.url} is {width} px wide in a window of {inner} px"


class Eyes:
    """Looks at a page as people do: wide and on a phone, with axe; keeps pictures where asked to.

    `MIZBAN_SCREENSHOTS` names the folder of the pictures; without it none are taken: of long pages they take seconds.
    """

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder

    def look(self, name: str) -> None:
        for width, height in ((360, 800), (1280, 900)):
            self.page.set_viewport_size({"width": width, "height": height})
            assert_fits(self.page)
            if "MIZBAN_SCREENSHOTS" in os.environ:
                self.page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
        assert_accessible(self.page)

    def look_in_both_themes(self, name: str) -> None:
        for theme in ("dark", "light"):
            self.page.emulate_media(color_scheme=theme)
            self.look(f"{name}-{theme}")


@pytest.fixture
def eyes(page: Page, tmp_path: Path) -> Eyes:
    folder = Path(os.environ.get("MIZBAN_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return Eyes(page, folder)


@pytest.fixture(autouse=True)
def _impatient(request: pytest.FixtureRequest) -> None:
    """Ten seconds are enough on loopback; a wrong locator should not cost a minute."""
    if "context" in request.fixturenames:
        request.getfixturevalue("context").set_default_timeout(10_000)
