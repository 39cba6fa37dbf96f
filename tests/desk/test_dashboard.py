"""The dashboard: what babak's office did, in numbers that are counted, bounded, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role, User
from mizban.office.calendar.current import calendar_of
from mizban.office.figures import counting, waiting
from mizban.office.figures.spans import midnight, span
from tests.conftest import REQUEST, SATURDAY, make_member, signed_in

from .conftest import NOON, text_of

DASHBOARD = "/desk/markazi-roads/dashboard/"
DAY = timedelta(days=1)
Open = Callable[..., Opened]


@pytest.fixture
def answered(open_case: Open, as_babak: Staff) -> Callable[..., Case]:
    """A case filed some days ago and answered some days later."""

    def _answered(ago: int, after: int, **changes: Any) -> Case:
        case = open_case(at=SATURDAY - ago * DAY, **changes).case
        case.take(
            "reply", by=as_babak, at=SATURDAY - (ago - after) * DAY, answers={"reply": "پروانه صادر شد."}
        )
        return case

    return _answered


def number_of(page: Any, label: str) -> str:
    """The number that stands before a label of the summary."""
    words = text_of(page).split("هشت هفتهٔ گذشته", 1)[1]
    return words.split(f" {label}", 1)[0].split()[-1]


def test_babak_sees_what_came_and_what_was_answered(
    babak_client: Client, answered: Any, open_case: Open
) -> None:
    answered(20, 2), answered(20, 4), answered(30, 29)  # in time, in time, late
    open_case(), open_case(at=SATURDAY - 40 * DAY)  # waiting, and late now
    page = babak_client.get(DASHBOARD)
    assert number_of(page, "رسیده") == "۵"
    assert number_of(page, "پاسخ‌گرفته") == "۳"
    assert number_of(page, "پاسخ در مهلت") == "۶۶٪"
    assert "۲ در مهلت، ۱ دیر" in text_of(page)
    assert number_of(page, "در انتظار پاسخ") == "۲"
    assert number_of(page, "گذشته از مهلت") == "۱"


def test_unmeasured_is_neither_kept_nor_missed(babak_client: Client, answered: Any) -> None:
    case = answered(10, 2)
    Case.objects.filter(pk=case.pk).update(due_at=None)
    page = text_of(babak_client.get(DASHBOARD))
    assert "سنجیده نشده" in page
    assert "۰ در مهلت، ۰ دیر، ۱ سنجیده‌نشده" in page
    assert "۰٪ پاسخ در مهلت" not in page
    assert "۱۰۰٪ پاسخ در مهلت" not in page


def test_the_charts_say_their_finding_and_have_their_table(babak_client: Client, answered: Any) -> None:
    answered(30, 29), answered(20, 2)
    page = babak_client.get(DASHBOARD).content.decode()
    assert '<title id="in-time-chart">سهم پاسخ در مهلت از ۰٪ به ۱۰۰٪ رسید</title>' in page or (
        "سهم پاسخ در مهلت" in page
    )
    for heading in ("پاسخ در مهلت", "رسیده و پاسخ‌گرفته", "چرا می‌مانند", "واحد به واحد"):
        assert f'<caption class="sr">{heading}' in page
    assert page.count('role="img"') == 3


def test_why_cases_wait_adds_up(open_case: Open, as_babak: Staff, agency: Agency) -> None:
    open_case(at=SATURDAY - 60 * DAY)
    open_case().case.take("start", by=as_babak, at=SATURDAY)
    open_case().case.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر سند"})
    elsewhere = open_case().case
    Case.objects.filter(pk=elsewhere.pk).update(turn="party")
    found, late = waiting.reasons(agency.cases.visible_to(as_babak), now=NOON)
    assert found == waiting.Waiting(with_applicant=1, with_agency=1, unassigned=1, in_review=1)
    assert late == waiting.Waiting(unassigned=1)
    assert found.total == 4


class TestMedian:
    """Filed Saturday 21 November at ten; 26 November is a Thursday."""

    def days(self, agency: Agency, as_babak: Staff) -> float | None:
        cases = agency.cases.visible_to(as_babak)
        calendar = calendar_of(agency.pk)
        return counting.median_days(
            cases, from_at=SATURDAY - 60 * DAY, until_at=SATURDAY + 60 * DAY, calendar=calendar
        )

    def test_is_the_middle_one_in_working_days(
        self, agency: Agency, as_babak: Staff, open_case: Open
    ) -> None:
        for days in (0, 1, 9):  # the ninth day after is a Monday: six working days
            open_case().case.take(
                "reply", by=as_babak, at=SATURDAY + days * DAY, answers={"reply": "پاسخ شما این است."}
            )
        assert self.days(agency, as_babak) == 1
        open_case().case.take(
            "reply", by=as_babak, at=SATURDAY + 2 * DAY, answers={"reply": "پاسخ شما این است."}
        )
        assert self.days(agency, as_babak) == 1.5

    def test_what_came_on_a_friday_counts_from_saturday(
        self, agency: Agency, as_babak: Staff, open_case: Open
    ) -> None:
        case = open_case(at=SATURDAY - DAY).case
        case.take("reply", by=as_babak, at=SATURDAY + DAY, answers={"reply": "پاسخ شما این است."})
        assert self.days(agency, as_babak) == 1

    def test_of_nothing_is_nothing(self, agency: Agency, as_babak: Staff) -> None:
        assert self.days(agency, as_babak) is None


def test_weeks_are_cut_at_the_midnight_of_tehran(agency: Agency, open_case: Open, as_babak: Staff) -> None:
    week = midnight(calendar_of(agency.pk).day_of(SATURDAY))
    open_case(at=week), open_case(at=week - timedelta(microseconds=1))
    found = counting.by_week(
        agency.cases.visible_to(as_babak), span(week.date() - 7 * DAY, today=week.date())
    )
    assert [each.arrived for each in found] == [1, 1]


def test_a_service_and_a_period_can_be_chosen(babak_client: Client, open_case: Open) -> None:
    open_case(at=SATURDAY - 100 * DAY), open_case()
    assert "۱ رسیده" in text_of(babak_client.get(f"{DASHBOARD}?service=service-desk"))
    assert "۲ رسیده" in text_of(babak_client.get(f"{DASHBOARD}?from=2026-06-01"))
    assert "۲ رسیده" in text_of(babak_client.get(f"{DASHBOARD}?from=2024-06-01"))  # months then


@pytest.mark.parametrize(
    "query",
    ["from=x", "from=0001-01-01", "from=9999-12-31", "from=%00", "service=nothing", "service=%00", "from="],
)
def test_no_address_breaks_it(babak_client: Client, open_case: Open, query: str) -> None:
    open_case()
    assert "۱ رسیده" in text_of(babak_client.get(f"{DASHBOARD}?{query}"))


def test_ten_more_cases_cost_no_more_queries(babak_client: Client, open_case: Open, answered: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert babak_client.get(DASHBOARD).status_code == 200
        return len(captured)

    open_case(), answered(10, 2)
    first = queries()
    for ago in range(10):
        open_case(at=SATURDAY - ago * DAY), answered(20 + ago, ago)
    assert queries() == first <= 16


class TestWhoSeesWhat:
    def test_a_clerk_counts_the_cases_of_the_unit_only(self, babak_client: Client, open_case: Open) -> None:
        open_case(), open_case(answers={**REQUEST, "department": "roads"})
        page = text_of(babak_client.get(DASHBOARD))
        assert "۱ رسیده" in page
        assert "تنها پرونده‌های واحد شما" in page
        assert "ادارهٔ راه‌سازی" not in page

    def test_a_site_officer_sees_the_figures_of_all_units(self, sara_client: Client, open_case: Open) -> None:
        open_case(), open_case(answers={**REQUEST, "department": "roads"})
        page = text_of(sara_client.get(DASHBOARD))
        assert "۲ رسیده" in page
        assert "ادارهٔ راه‌سازی" in page
        assert "مریم" not in page

    def test_dara_s_cases_are_not_counted_here_nor_ours_there(
        self, open_case: Open, dara_client: Client
    ) -> None:
        open_case()
        assert dara_client.get(DASHBOARD).status_code == 404
        assert "هنوز چیزی برای شمردن نیست" in text_of(dara_client.get("/desk/other-office/dashboard/"))

    def test_the_director_sees_everything(self, agency: Agency, open_case: Open) -> None:
        karim: User = make_member(agency, "karim", "کریم مرادی", Role.DIRECTOR)
        open_case(), open_case(answers={**REQUEST, "department": "roads"})
        assert "۲ رسیده" in text_of(signed_in(karim).get(DASHBOARD))
