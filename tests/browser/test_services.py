"""Every offering in a real browser: its form filled page by page, its receipt, a clerk's first step, and tracking."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from mizban.config.demo.offices import PASSWORD, load_offices
from mizban.config.demo.papers import png
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.fields import Field
from mizban.core.declarations.kinds import KINDS
from mizban.kit.forms import PARTS
from mizban.lib.identifiers import plate, plot
from tests.services.conftest import examples, sheet
from tests.services.journeys import JOURNEYS, Journey

from .conftest import Eyes
from .pages import codes_on, sign_in, take, track


@pytest.fixture
def offices(live_server: Any) -> str:
    """The address of a served site with the demo's two offices and the other parties of their cases."""
    load_offices(at=timezone.now())
    return str(live_server.url)


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, Path]:
    """A picture and a sheet, for whatever is asked."""
    found = {"png": tmp_path / "نامه.png", "xlsx": tmp_path / "لیست.xlsx"}
    found["png"].write_bytes(png(120))
    found["xlsx"].write_bytes(sheet())
    return found


def answer(page: Page, field: Field, typed: Any, papers: dict[str, Path]) -> None:
    """Fill the controls of one question, whatever kind they are; leave out what the page does not ask."""
    if field.columns:
        for column in field.columns:
            cell = replace(column, name=f"{field.name}__0__{column.name}")
            answer(page, cell, (typed or [{}])[0].get(column.name), papers)
        return
    if field.kind in PARTS and "__" not in field.name:
        _fill_parts(page, field, typed)
        return
    control = page.locator(f"main [name={field.name}]:not([type=hidden])")
    if control.count() == 0 or (typed is None and not KINDS[field.kind].is_file):
        return
    kind = control.first.evaluate("each => each.tagName == 'SELECT' ? 'select' : each.type")
    if kind == "file":
        control.set_input_files(papers["png" if "png" in field.formats else "xlsx"])
    elif kind == "select":
        control.select_option(typed)
    elif kind in ("radio", "checkbox"):
        for value in [typed] if isinstance(typed, str) else typed:
            _of_value(control, page, field.name, value).check()
    else:
        control.fill(typed)


def _of_value(control: Locator, page: Page, name: str, value: str) -> Locator:
    return control if control.count() == 1 else page.locator(f"main [name={name}][value='{value}']")


def _fill_parts(page: Page, field: Field, typed: str | None) -> None:
    """A plate or a plot: each part in its own control."""
    if (
        typed is None
        or page.locator(f"main [name={field.name}__{PARTS[field.kind][0]}]:visible").count() == 0
    ):
        return
    parsed = plate.parse(typed) if field.kind == "plate" else plot.parse(typed)
    for part in PARTS[field.kind]:
        control = page.locator(f"main [name={field.name}__{part}]")
        value = str(getattr(parsed, part))
        if control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def introduce(page: Page, journey: Journey) -> None:
    """Who files: the kind where there is a choice, then the name, the identifier and the mobile."""
    who = dict(journey.applicant)
    kind = page.locator(f"main [name=applicant_kind][value={who.pop('applicant_kind')}]:not([type=hidden])")
    if kind.count():
        kind.check()
    for name, value in who.items():
        control = page.locator(f"main [name={name}]:not([type=hidden])")
        if control.count():
            control.fill(value)


def fill_all_pages(page: Page, journey: Journey, papers: dict[str, Path], eyes: Eyes) -> None:
    """Page by page up to the review; the last page of the form is looked at before it is left."""
    offering = Offering.objects.get(agency__slug=journey.office, slug=journey.service)
    answers = examples(offering.declaration, today=timezone.now(), **journey.changes)
    for _ in range(8):
        introduce(page, journey)
        for field in offering.declaration.form:
            answer(page, field, answers.get(field.name), papers)
        onward = page.get_by_role("button", name=re.compile("^ادامه:"))
        if "بازبینی" in onward.inner_text():
            eyes.look(f"{journey.service}-last-page")
            onward.click()
            return
        # What follows looks for controls without waiting: on the page before, it would pass over the next one's.
        with page.expect_navigation():
            onward.click()
        expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.service)
def test_an_offering_is_filed_begun_and_followed(
    offices: str, page: Page, browser: Browser, eyes: Eyes, papers: dict[str, Path], journey: Journey
) -> None:
    page.goto(f"{offices}/{journey.office}/services/{journey.service}/apply/")
    fill_all_pages(page, journey, papers, eyes)
    expect(page.locator("h1")).to_have_text("بازبینی و ثبت")
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    eyes.look(f"{journey.service}-review")
    page.get_by_role("button", name="ثبت درخواست").click()
    code, password = codes_on(page)
    assert len(code) == len(password) == 12

    # A clerk finds it in the queue and takes the first step.
    desk = browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()
    desk.set_default_timeout(10_000)
    sign_in(desk, offices, journey.first.who, PASSWORD)
    desk.locator(f"a[href*='{code}']").first.click()
    take(desk, journey.first.step, **journey.first.answers)
    expect(desk).to_have_url(f"{offices}/desk/{journey.office}/cases/{code}/?done=1")

    # The applicant sees that it was taken, and whose turn it is now.
    case = Case.objects.get(code=code)
    track(page, offices, code, password)
    expect(page.locator("main")).to_contain_text(case.declaration.states[case.state].label)
    expect(page.locator("main")).to_contain_text(case.declaration.title)
    eyes.look(f"{journey.service}-tracking")
    assert case.events.filter(facts__step=journey.first.step).exists()
