"""Sara finds that text messages do not arrive: an outage opened, read on every page, closed, and on record."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from mizban.core.agencies.models import Agency
from mizban.core.people.models import User
from mizban.office.availability.instants import day_of
from mizban.office.availability.models import ALL, ProbeDay
from mizban.office.availability.recording import Probe, take
from mizban.office.notices.standing import forget
from tests.conftest import PASSWORD

from .conftest import Eyes
from .pages import sign_in


def test_an_outage_from_the_desk_to_the_status_page(
    site: str, sara: User, page: Page, browser: Browser, eyes: Eyes
) -> None:
    agency = Agency.objects.get(slug="markazi-roads")
    _days(agency)
    desk = browser.new_context(locale="fa-IR", reduced_motion="reduce").new_page()
    at_desk = Eyes(desk, eyes.folder)
    sign_in(desk, site, "sara", PASSWORD)
    desk.goto(f"{site}/desk/markazi-roads/availability/")
    at_desk.look("availability")

    # A first try without a word for the people; then with one.
    desk.get_by_role("link", name="ثبت قطعی").click()
    desk.get_by_role("button", name="ثبت و اعلام").click()
    expect(desk.get_by_role("alert")).to_contain_text("نیاز به اصلاح دارد")
    desk.locator("[name=what]").fill("پیامک‌ها نمی‌رسد؛ با کد رهگیری پیگیری کنید.")
    desk.get_by_role("button", name="ثبت و اعلام").click()
    expect(desk.locator("main")).to_contain_text("پایان قطعی")
    at_desk.look("outage")

    # Everybody reads it, on every page of the office.
    forget()
    page.goto(f"{site}/markazi-roads/services/service-desk/")
    expect(page.locator(".banner")).to_contain_text("درگاه در دسترس نیست")
    page.locator("footer").get_by_role("link", name="وضعیت درگاه").click()
    expect(page.locator("main")).to_contain_text("پیامک‌ها نمی‌رسد")
    eyes.look("status-out")

    # Who does not want to come and look asks to be told; what was mistyped stays to be mended.
    for typed in ("maryam.example.ir", "maryam@example.ir"):
        page.locator("[name=email]").fill(typed)
        page.get_by_role("button", name="خبرم کنید").click()
        eyes.look("by-mail")
    expect(page.locator("main")).to_contain_text("یک ایمیل در راه است")
    page.get_by_role("link", name="وضعیت درگاه").first.click()

    # Telecom's it was not: nobody has a letter. It is closed, and stays on record.
    desk.get_by_role("button", name="ثبت مدرک").click()
    expect(desk.get_by_role("alert")).to_contain_text("بدون مدرک ثبت نمی‌شود")
    desk.goto(desk.url)
    desk.get_by_role("button", name="پایان یافت").click()
    expect(desk.locator("main")).not_to_contain_text("پایان قطعی")
    forget()
    page.reload()
    expect(page.locator(".banner")).to_have_count(0)
    expect(page.get_by_role("region", name="جدول قطعی‌ها")).to_contain_text("پیامک‌ها نمی‌رسد")
    page.goto(f"{site}/status/")
    eyes.look("status-of-all")
    for name in ("maintenance/new", "notices/new"):
        desk.goto(f"{site}/desk/markazi-roads/availability/{name}/")
        at_desk.look(name.replace("/", "-"))


def _days(agency: Agency) -> None:
    """A few days to draw, and a minute that says it is up."""
    now = timezone.now()
    for ago, counts in enumerate([(1440, 0, 0), (1400, 40, 0), (1380, 0, 60)], start=1):
        up, down, closed = counts
        ProbeDay.objects.create(
            agency=agency,
            target=ALL,
            on=day_of(now) - timedelta(days=ago),
            up=up,
            down=down,
            maintenance=closed,
            telecom=0,
        )
    take([Probe(agency.pk, "home", now, ok=True, ms=40)], source="here", at=now)
