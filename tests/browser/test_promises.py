"""Was the word kept? In a real browser: the public figures down to the cases behind one, the report a director signs,
and the agreement that is written from a service, as a paper that can be checked."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from mizban.core.cases.models import Case
from mizban.core.people.actors import Staff
from mizban.core.people.models import User
from mizban.office.compliance.folding import fold
from tests.agreements.conftest import work
from tests.conftest import PASSWORD
from tests.reports.conftest import IN_MEHR, REPLY, as_hamed, filed, hamed, paper

from .conftest import Eyes
from .pages import sign_in

__all__ = ["as_hamed", "filed", "hamed", "paper"]
DAY = timedelta(days=1)
OFFICE = "راه و شهرسازی استان مرکزی"


@pytest.fixture
def promised(site: str, filed: Callable[..., Case], as_babak: Staff) -> list[Case]:
    """Six people were answered in Mehr and six in Aban, the first of them too late."""
    cases = [filed(at=IN_MEHR + late * DAY) for late in (0, 30) for _ in range(6)]
    for number, case in enumerate(cases):
        case.take("reply", by=as_babak, at=case.filed_at + (DAY if number else 25 * DAY), answers=REPLY)
    fold(at=timezone.now())
    return cases


def test_anybody_reads_whether_the_word_was_kept_and_babak_whose_case_it_was(
    site: str, promised: list[Case], page: Page, eyes: Eyes
) -> None:
    page.goto(f"{site}/compliance/")
    eyes.look("figures-of-all")
    page.get_by_role("link", name=OFFICE).click()
    eyes.look("figures-of-office")
    page.locator("main").get_by_role("link", name="توافق‌نامه سطح خدمت", exact=True).click()
    answers = page.locator("tr", has_text="در کوتاه‌ترین زمان ممکن").first
    expect(answers).to_contain_text("۱۱ از ۱۲ (۹۱٪)؛ هدف ۹۰٪")
    expect(answers).to_contain_text("رعایت شد")
    expect(page.locator("svg.chart title")).to_have_text(
        "سهم پاسخ در مهلت از ۸۳٪ در مهر ۱۴۰۵ به ۱۰۰٪ در آبان ۱۴۰۵ رسید"
    )
    eyes.look("figures-of-agreement")
    page.get_by_role("link", name="این ماه").click()
    expect(answers).to_contain_text("۶ از ۶ (۱۰۰٪)")
    with page.expect_download() as csv:
        page.get_by_role("link", name="CSV").click()
    assert "prompt-result" in Path(csv.value.path()).read_text("utf-8-sig")

    # At the desk, whose case fell short.
    sign_in(page, site, "babak", PASSWORD)
    page.goto(f"{site}/desk/markazi-roads/agreements/1/compliance/")
    answers.get_by_role("link").click()
    expect(page.locator(f"main a[href$='/cases/{promised[0].code}/']")).to_be_visible()
    assert page.locator("main tbody tr").count() == 1
    eyes.look("cases-behind-a-figure")


def test_hamed_has_the_month_reported_signs_it_and_the_public_reads_it(
    site: str, hamed: User, promised: list[Case], page: Page, eyes: Eyes
) -> None:
    sign_in(page, site, "hamed", PASSWORD)
    page.goto(f"{site}/desk/markazi-roads/oversight/reports/")
    page.get_by_label("ماه").select_option(label="مهر ۱۴۰۵")
    page.get_by_role("button", name="ساختن گزارش").click()
    work()
    page.get_by_role("button", name="خواندم و امضا می‌کنم").click()
    eyes.look("report-signed")
    page.get_by_role("button", name="منتشر شود").click()
    expect(page.locator("main")).to_contain_text("منتشر شده است")
    page.goto(f"{site}/markazi-roads/reports/")
    eyes.look("reports-of-office")
    page.get_by_role("link", name="مهر ۱۴۰۵", exact=True).click()
    expect(page.locator("main")).to_contain_text("امضا با داده‌ها جور است")
    expect(page.locator("main")).to_contain_text("حامد تبریزی، مدیرکل")
    eyes.look("report-of-a-month")
    read = pdf(page, "خواندن گزارش (PDF)")
    said = json.loads(read.attachments["figures.json"][0])["agreements"][0]["figures"]
    answers = next(each for each in said if each["measure"] == "answered-in-time")
    assert (answers["numerator"], answers["denominator"], answers["verdict"]) == (5, 6, "missed")


def test_sara_has_the_agreement_written_from_the_service_and_anybody_checks_its_paper(
    site: str, page: Page, eyes: Eyes
) -> None:
    sign_in(page, site, "sara", PASSWORD)
    page.goto(f"{site}/desk/markazi-roads/services/service-desk/")
    page.get_by_role("button", name="پیش‌نویس توافق‌نامه از روی خدمت").click()
    expect(page.locator("main")).to_contain_text("هر بند این پیش‌نویس همان است که خدمت اکنون انجام می‌دهد.")
    page.get_by_role("link", name="رفتن به پیش‌نویس").click()
    expect(page.locator("table.clauses")).to_contain_text("حداکثر ظرف ۷ روز کاری پس از ثبت")
    eyes.look("draft-written")

    page.goto(f"{site}/markazi-roads/services/service-desk/agreement/")
    eyes.look("agreement-written")
    read = pdf(page, "دریافت PDF برای امضا و چاپ")
    inside = json.loads(read.attachments["paper.json"][0])
    page.goto(site + urlsplit(inside["verify"]).path)
    expect(page.locator("main .chip").first).to_have_text("درست")
    expect(page.locator("main")).to_contain_text(OFFICE)
    eyes.look("paper-checked")


def pdf(page: Page, link: str) -> PdfReader:
    """The file behind a link of the page."""
    address = page.get_by_role("link", name=link).get_attribute("href")
    return PdfReader(BytesIO(page.request.get(f"{page.url.split('/markazi')[0]}{address}").body()))
