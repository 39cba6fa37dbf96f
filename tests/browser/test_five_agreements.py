"""Each of the five texts in a real browser: from its file to a signed successor in force, under which a case is filed
and answered, and whose figure the public reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from mizban.config.demo.offices import load_offices
from mizban.core.cases.models import Case
from mizban.office.agreements.models import Agreement, AgreementVersion
from mizban.office.agreements.publishing import PUBLISHED
from mizban.office.compliance.folding import fold
from tests.agreements.conftest import work
from tests.services.journeys import (
    DEEDS,
    DEPOSITS,
    INSTALMENTS,
    SERVICE_DESK,
    VEHICLES,
    Journey,
    Taken,
)
from tests.services.test_http_journeys import file, take

from .conftest import Eyes
from .pages import at_the_desk

PROMPT, DISRUPTION = "نتیجه در کوتاه‌ترین زمان", "اعلام پیشین اخلال"
SUDDEN = "هیچ اداره‌ای خرابی ناگهانی را از پیش نمی‌داند؛ خود خرابی همان ساعت اعلام می‌شود."
REASONS = {
    "contradictory-validity": "تاریخ پایان برای بازنگری است؛ تا متن تازه امضا نشده، مردم بی توافق‌نامه نمی‌مانند.",
    "title-purpose-mismatch": "هر دو خدمت زیر همین توافق‌نامه‌اند؛ هدف دومی در متن منتشرشده آمده است.",
    "unmeetable-clause": "این بند تا بازنگری بعدی همان‌گونه که منتشر شده می‌ماند.",
}


@dataclass(frozen=True, slots=True)
class Life:
    """What an office does with one of the texts. `clashes` are the findings its officer lets stand, each with a reason.

    `sudden` faults are openly not measured; `filled` is what belongs into the blanks, `title` the service it is
    about, whether the text names it or not. `other` is the second party: its agency and its director.
    """

    name: str
    number: int
    officer: str
    director: str
    unit: str
    original: str
    title: str
    days: int
    journey: Journey
    steps: tuple[str, ...]
    clashes: tuple[str, ...]
    sudden: bool = True
    filled: str = ""
    other: tuple[str, str] | None = None

    @property
    def answering(self) -> Sequence[Taken]:
        """The shortest way to an answer."""
        return [replace(each, after=0) for each in self.journey.steps if each.step in self.steps]


ECONOMY: dict[str, Any] = {"officer": "somayeh", "director": "hamed"}
LIVES = (
    Life(
        "000.txt",
        1,
        **ECONOMY,
        unit="assets",
        original="سعی می گردد در کوتاهترین زمان ممکن",
        title="صدور انواع مجوزهای مرتبط با خودروهای دستگاه‌های دولتی",
        days=10,
        journey=VEHICLES,
        steps=("confirm_letter", "start", "propose", "approve"),
        clashes=("contradictory-validity", "unmeetable-clause"),
        sudden=False,
    ),
    Life(
        "001.txt",
        2,
        **ECONOMY,
        unit="supervision",
        original="واخواهي، جمع امور موارد وزارت به ارسال",
        title="بررسی درخواست دادن مهلت و یا تقسیط بدهی اشخاص به دستگاه‌های اجرایی",
        days=10,
        journey=INSTALMENTS,
        steps=("ask_creditor", "endorse", "pass_general", "propose", "approve"),
        clashes=("contradictory-validity", "title-purpose-mismatch"),
        other=("mefa", "farzaneh"),
    ),
    Life(
        "002.txt",
        3,
        **ECONOMY,
        unit="assets",
        original="به محض پیادهسازی سامانه مدیریت اموال",
        title="ارسال سند به دستگاه اجرایی یا دستگاه ثالث",
        days=1,
        journey=DEEDS,
        steps=(
            *("confirm_letter", "ask_ministry", "ministry_endorses"),
            *("ask_owner", "owner_consents", "issue_copy"),
        ),
        clashes=("contradictory-validity",),
    ),
    Life(
        "003.txt",
        4,
        **ECONOMY,
        unit="treasury",
        original="باشند مي سالانه صورت به سپرده وجوه مانده",
        title="پرداخت حقوق کارکنان دولت",
        days=1,
        journey=DEPOSITS,
        steps=("ask_holder", "release", "ask_funds", "fund", "pay"),
        clashes=("contradictory-validity", "title-purpose-mismatch"),
    ),
    Life(
        "004.txt",
        1,
        officer="sara",
        director="karim",
        unit="housing",
        original="حداکثر تا [مدت زمان] یعنی",
        title="میز خدمت الکترونیکی",
        days=7,
        journey=SERVICE_DESK,
        steps=("reply",),
        clashes=("contradictory-validity",),
        sudden=False,
        filled="دو سال",
    ),
)


@pytest.fixture
def office(live_server: Any) -> str:
    """The address of a served site: both offices with their texts on paper, nothing signed."""
    load_offices(at=timezone.now())
    return str(live_server.url)


class Walk:
    """One office's browser on the way of one text."""

    def __init__(self, life: Life, site: str, page: Page, eyes: Eyes) -> None:
        self.life, self.site, self.page, self.eyes = life, site, page, eyes
        self.agency = life.journey.office
        self.compliance = f"{site}/{self.agency}/agreements/{life.number}/compliance/"

    def look(self, name: str) -> None:
        """Look closely once: at the text that has everything."""
        if self.life.filled:
            self.eyes.look(name)

    def send_the_file(self) -> None:
        """Upload, and the clauses stand beside the lines they were read from."""
        page, life = self.page, self.life
        at_the_desk(page, self.site, life.officer)
        page.goto(f"{self.site}/desk/{self.agency}/agreements/")
        self.look("agreements")
        page.get_by_role("link", name="متن تازه، از فایل یا از روی خدمت").click()
        page.locator(f"[name=agreement][value='{life.number}']").check()
        page.locator("input[name=file]").set_input_files(PUBLISHED / life.name)
        self.look("agreement-upload")
        page.get_by_role("button", name="فرستادن و خواندن").click()
        work()
        # The page looks again by itself until the text is read.
        expect(page.locator("h1")).to_have_text(life.title, timeout=10_000)
        expect(page.locator("table.clauses")).to_contain_text(life.original)
        self.look("draft-read")

    def make_ready(self) -> None:
        """Kinds, owner, the number of days, what cannot be measured, the other party, blanks."""
        page, life = self.page, self.life
        page.get_by_role("button", name="تأیید همهٔ بندهای مطمئن").click()
        page.locator("select[name=owner]").select_option(f"unit:{life.unit}")
        page.get_by_role("button", name="گذاشتن").click()
        self._correct(PROMPT)
        page.locator("[name=value]").fill(str(life.days))
        page.locator("select[name=unit]").select_option("working_days")
        self.look("clause")
        page.get_by_role("button", name="تأیید این بند").click()
        if life.sudden:
            self._correct(DISRUPTION)
            page.get_by_label("سنجش‌پذیر نیست", exact=True).check()
            page.locator("[name=unmeasurable]").fill(SUDDEN)
            page.get_by_role("button", name="تأیید این بند").click()
            expect(page.locator("table.clauses")).to_contain_text(SUDDEN)
        if life.other:
            self._facts(life.other[0])
        if life.filled:
            page.get_by_label("به‌جای «[مدت زمان]»").fill(life.filled)
            page.get_by_role("button", name="نوشتن در متن").click()

    def _correct(self, kind: str) -> None:
        self.page.locator("tr", has_text=kind).get_by_role("link", name="اصلاح").first.click()

    def _facts(self, other: str) -> None:
        page = self.page
        page.get_by_role("link", name="ویرایش مشخصات").click()
        page.locator("select[name=counterpart]").select_option(other)
        page.get_by_role("button", name="نگهداری").click()

    def send_for_signature(self) -> None:
        """Refused while a serious finding has no reason; sent with one for each."""
        page = self.page
        page.get_by_role("button", name="فرستادن برای امضا").click()
        self.look("draft-obstructed")
        # On top it says what is missing, and leads to where it is written.
        page.locator("#error-summary").get_by_role("link").first.click()
        asked = {each.get_attribute("id") for each in page.locator("textarea").all()}
        assert asked == {f"reason-{code}" for code in self.life.clashes}
        expect(page.locator(f"#reason-{self.life.clashes[0]}")).to_be_in_viewport()
        for code in self.life.clashes:
            page.locator(f"#reason-{code}").fill(REASONS[code])
        page.get_by_role("button", name="فرستادن برای امضا").click()
        expect(page.locator("h1 + .chip")).to_have_text("در انتظار امضا")
        work()

    def sign(self) -> AgreementVersion:
        """The director signs, and where there is another party its director at their own desk."""
        life = self.life
        for number, (agency, who) in enumerate(
            [(self.agency, life.director), *([life.other] if life.other else [])]
        ):
            self._sign_at(agency, who)
            is_last = number == bool(life.other)
            expect(self.page.locator("h1 + .chip")).to_have_text("پابرجا" if is_last else "در انتظار امضا")
        return Agreement.objects.get(agency__slug=self.agency, number=life.number).current

    def _sign_at(self, agency: str, who: str) -> None:
        page = self.page
        at_the_desk(page, self.site, who)
        page.goto(f"{self.site}/desk/{agency}/agreements/")
        page.get_by_role("region", name="در انتظار امضا").get_by_role("link").click()
        self.look("version-to-sign")
        page.get_by_role("button", name="امضا می‌کنم").click()

    def read_in_public(self) -> None:
        """The text with its number of days, and the reason of everything it was signed in spite of."""
        life, main = self.life, self.page.locator("main")
        self.page.goto(f"{self.site}/{self.agency}/agreements/{life.number}/")
        expect(main.locator(".chip").first).to_have_text("پابرجا")
        for told in (f"حداکثر {fa(life.days)} روز کاری", *(REASONS[code] for code in life.clashes)):
            expect(main).to_contain_text(told)
        self.look("agreement-signed")
        self.page.goto(f"{self.site}/desk/{self.agency}/agreements/{life.number}/")
        self.look("agreement-desk")

    def figure_of(self, version: AgreementVersion) -> Locator:
        """The row of the promise on the public page of figures."""
        self.page.goto(self.compliance)
        return self.page.locator(f"tr#{version.clauses.get(kind='prompt-result').ref}")


def fa(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def answered(life: Life) -> Case:
    """Somebody files at the portal, and the office answers."""
    case, password = file(life.journey)
    for taken in life.answering:
        take(case, password, taken)
    case.refresh_from_db()
    assert case.answered_at is not None
    return case


@pytest.mark.parametrize("life", LIVES, ids=lambda life: Path(life.name).stem)
def test_from_a_file_to_a_signed_successor_in_force_and_measured(
    office: str, page: Page, eyes: Eyes, life: Life
) -> None:
    walk = Walk(life, office, page, eyes)
    walk.send_the_file()
    walk.make_ready()
    walk.send_for_signature()
    version = walk.sign()
    walk.read_in_public()
    expect(walk.figure_of(version)).to_contain_text("داده‌ای نیست")
    assert answered(life).agreement_version == version.pk
    fold(at=timezone.now())
    row = walk.figure_of(version)
    expect(row).to_contain_text("رعایت شد")
    expect(row).to_contain_text("۱ از ۱ (۱۰۰٪)")
    walk.look("agreement-measured")
