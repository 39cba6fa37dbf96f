"""The end of an agreement in a real browser: the wizard, step by step. Its life is in `test_five_agreements`."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mizban.core.agencies.models import Unit
from mizban.core.cases.models import Offering
from mizban.core.people.models import Role, User
from mizban.office.agreements.models import Agreement
from mizban.office.agreements.publishing import PUBLISHED, enter
from tests.agreements.conftest import work
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
    # The page looks again by itself until the backup is made; asked to at the same moment, it would do neither.
    sign = page.get_by_role("button", name="پایان را امضا می‌کنم")
    expect(sign).to_be_visible(timeout=30_000)
    eyes.look("ending-verified")
    sign.click()
    expect(page.locator("main")).to_contain_text("پیش از آن نابود نمی‌شود")
    eyes.look("ending-signed")
    page.goto(f"{site}/markazi-roads/agreements/1/")
    expect(page.locator("main .chip").first).to_have_text("فسخ‌شده")
    # Whoever comes for the service hears why it is closed, and where running cases are followed.
    page.goto(f"{site}/markazi-roads/services/government-vehicles/")
    expect(page.locator("main")).to_contain_text("چون توافق‌نامهٔ سطح خدمت آن پایان یافت")
    eyes.look("service-closed")
