"""An agreement in a real browser: from a file to a signed successor in force, and the wizard of its end."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mizban.core.agencies.models import Unit
from mizban.core.cases.models import Offering
from mizban.core.people.models import Role, User
from mizban.office.agreements.models import Agreement
from mizban.office.agreements.publishing import PUBLISHED, enter
from tests.agreements.conftest import REASON, work
from tests.conftest import PASSWORD, make_member
from tests.services.conftest import source_of

from .conftest import Eyes
from .pages import sign_in

DESK = "/desk/markazi-roads/agreements/"
PAPER = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def karim(offering: Offering) -> User:
    """The director-general."""
    return make_member(offering.agency, "karim", "کریم مرادی", Role.DIRECTOR)


@pytest.fixture
def vehicles(site: str, offering: Offering, karim: User) -> Agreement:
    """The permits of vehicles under their agreement on paper."""
    now, office = timezone.now(), offering.agency
    Unit.objects.create(agency=office, slug="assets", name="ادارهٔ اموال")
    Offering.publish(office, source_of("government-vehicles"), at=now)
    services = ["government-vehicles"]
    version = enter(office, 1, PUBLISHED / "000.txt", services=services, today=now.date(), at=now)
    return version.agreement


def test_from_a_file_to_a_signed_successor_in_force(
    site: str, vehicles: Agreement, page: Page, eyes: Eyes
) -> None:
    sign_in(page, site, "sara", PASSWORD)
    page.goto(f"{site}{DESK}")
    eyes.look("agreements")
    page.get_by_role("link", name="متن تازه، از فایل یا از روی خدمت").click()
    page.locator("[name=agreement]").first.check()
    page.locator("input[name=file]").set_input_files(PUBLISHED / "000.txt")
    eyes.look("agreement-upload")
    page.get_by_role("button", name="فرستادن و خواندن").click()
    work()
    page.reload()
    eyes.look("draft-read")
    page.get_by_role("button", name="تأیید همهٔ بندهای مطمئن").click()
    page.locator("select[name=owner]").select_option("unit:assets")
    page.get_by_role("button", name="گذاشتن").click()
    page.locator("tr", has_text="نتیجه در کوتاه‌ترین زمان").get_by_role("link", name="اصلاح").click()
    page.locator("[name=value]").fill("۵")
    page.locator("select[name=unit]").select_option("working_days")
    eyes.look("clause")
    page.get_by_role("button", name="تأیید این بند").click()
    page.get_by_role("button", name="فرستادن برای امضا").click()
    expect(page.locator("#error-summary")).to_contain_text("اختلال ناگهانی")
    eyes.look("draft-obstructed")
    for reason in page.locator("textarea").all():
        reason.fill(REASON)
    page.get_by_role("button", name="فرستادن برای امضا").click()
    expect(page.get_by_role("heading", name="اثر بر پرونده‌های سال گذشته")).to_be_visible()
    work()
    waiting = page.url
    page.get_by_role("button", name="خروج").click()
    sign_in(page, site, "karim", PASSWORD)
    page.goto(waiting)
    eyes.look("version-to-sign")
    page.get_by_role("button", name="امضا می‌کنم").click()
    expect(page.locator("h1 + .chip")).to_have_text("پابرجا")
    page.goto(f"{site}/markazi-roads/agreements/1/")
    expect(page.locator("main")).to_contain_text("حداکثر ۵ روز کاری")
    expect(page.locator("main")).to_contain_text(REASON)
    eyes.look("agreement-signed")
    page.goto(f"{site}{DESK}1/")
    eyes.look("agreement-desk")


def test_the_wizard_of_an_end(
    site: str, vehicles: Agreement, page: Page, eyes: Eyes, tmp_path: Path, settings: object
) -> None:
    settings.DATA = tmp_path / "data"  # type: ignore[attr-defined]  # the fixture of pytest-django
    paper = tmp_path / "ابلاغیه.png"
    paper.write_bytes(PAPER)
    sign_in(page, site, "karim", PASSWORD)
    page.goto(f"{site}{DESK}1/")
    page.get_by_text("واردکردن ابلاغیه").click()
    page.locator("[name=number]").fill("۹۸/۱")
    page.locator("[name=dated_on]").fill("1405/06/01")
    page.locator("[name=does][value=ends]").check()
    page.locator("input[name=file]").set_input_files(paper)
    page.get_by_role("button", name="نگهداری ابلاغیه").click()
    page.get_by_role("link", name="پایان دادن به توافق‌نامه").click()
    page.locator("[name=notification]").first.check()
    page.locator("[name=manner][value=rescinded]").check()
    page.locator("[name=keep_until]").fill("1450/12/01")
    eyes.look("ending-begin")
    page.get_by_role("button", name="آغاز و گرفتن پشتیبان").click()
    work()
    page.reload()
    eyes.look("ending-verified")
    page.get_by_role("button", name="پایان را امضا می‌کنم").click()
    expect(page.locator("main")).to_contain_text("پیش از آن نابود نمی‌شود")
    eyes.look("ending-signed")
    page.goto(f"{site}/markazi-roads/agreements/1/")
    expect(page.locator("main .chip").first).to_have_text("فسخ‌شده")
