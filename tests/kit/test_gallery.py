"""The page of all parts: whole, and without a fault that axe can find."""

import mimetypes

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, ViewportSize

from mizban.kit.gallery import gallery
from mizban.kit.widgets import WIDGETS

from .conftest import FOLDER
from .markup import by_id, read

ADDRESS = "http://kit.test/"
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def html() -> str:
    return gallery(RequestFactory().get("/kit/")).content.decode()


def test_every_id_is_one_of_a_kind_and_every_reference_finds_its_own(html: str) -> None:
    elements = read(html)
    ids = by_id(elements)
    for element in elements:
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            for reference in element.attributes.get(attribute, "").split():
                assert reference in ids
        if element.attributes.get("href", "").startswith("#") and len(element["href"]) > 1:
            assert element["href"][1:] in ids
        assert "style" not in element


def test_every_kind_of_question_is_shown_in_both_states(html: str) -> None:
    ids = by_id(read(html))
    for kind in WIDGETS:
        assert {kind, f"wrong_{kind}"} <= set(ids)


def opened(
    browser: Browser, html: str, *, size: ViewportSize, dark: bool = False, script: bool = True
) -> Page:
    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).removeprefix("static/")
        if not path:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
            return
        kind = mimetypes.guess_type(path)[0] or "font/woff2"
        route.fulfill(body=(FOLDER / "static" / path).read_bytes(), content_type=kind)

    page = browser.new_context(
        viewport=size, color_scheme="dark" if dark else "light", java_script_enabled=script
    ).new_page()
    page.route("**/*", serve)
    page.goto(ADDRESS)
    return page


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Browser, html: str, size: ViewportSize, theme: str
) -> None:
    page = opened(browser, html, size=size, dark=theme == "dark")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate(OVERFLOW) <= 0
    page.context.close()


@pytest.mark.browser
def test_a_doubled_text_size_still_fits(browser: Browser, html: str) -> None:
    page = opened(browser, html, size={"width": 640, "height": 900})
    page.add_style_tag(content="html { font-size: 212.5% !important }")
    assert page.evaluate(OVERFLOW) <= 0
    page.context.close()


@pytest.mark.browser
def test_the_first_error_is_found_with_and_without_a_script(browser: Browser, html: str) -> None:
    page = opened(browser, html, size=WIDE)
    page.wait_for_function("document.activeElement.id === 'error-summary'")
    assert page.locator("button[data-print]").is_visible()
    page.locator("#error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") in ("wrong_text", "error-summary") or page.url.endswith(
        "#wrong_text"
    )
    page.context.close()
    bare = opened(browser, html, size=WIDE, script=False)
    assert not bare.locator("button[data-print]").is_visible()
    bare.context.close()
