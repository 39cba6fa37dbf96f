"""The status pages and the feed: what everybody may know of how the portal stood."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.people.actors import Staff
from mizban.office.agreements.models import AgreementVersion
from mizban.office.availability.instants import day_of
from mizban.office.availability.maintenance import Plan
from mizban.office.availability.models import ALL, ProbeDay
from mizban.office.availability.outages import Evidence, prove_telecom
from mizban.office.availability.recording import Probe, take
from mizban.office.notices.models import Notice
from mizban.web.outages import announce, close, open_by_hand
from tests.conftest import make_agency

from .conftest import NOON, page_of, words_of

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STATUS = "/markazi-roads/status/"


def keep(agency: Agency, days_ago: int, *, target: str = ALL, **counts: int) -> ProbeDay:
    usual = {"up": 0, "down": 0, "maintenance": 0, "telecom": 0}
    on = day_of(NOON) - days_ago * DAY
    return ProbeDay.objects.create(agency=agency, target=target, on=on, **{**usual, **counts})


def measure(agency: Agency, *, ok: bool = True) -> None:
    take([Probe(agency.pk, "home", NOON - MINUTE, ok, 90, "refused")], source="here", at=NOON)


def test_without_a_measure_nobody_claims_anything(maryam: Client) -> None:
    page = words_of(maryam.get(STATUS))
    assert "اندازه‌گیری‌نشده در پنج دقیقهٔ گذشته کسی نسنجیده است" in page
    assert "۹۰ روز گذشته: —" in page
    assert "همهٔ درگاه در ۹۰ روز: ۹۰ روز اندازه‌گیری‌نشده" in page


def test_ninety_days_are_drawn_and_told(maryam: Client, offering: Offering) -> None:
    agency = offering.agency
    keep(agency, 1, up=1440)
    keep(agency, 2, up=1400, down=40)
    keep(agency, 3, up=1380, maintenance=60)
    measure(agency)
    page = words_of(maryam.get(STATUS))
    assert "در دسترس همهٔ صفحه‌های سنجیده باز می‌شود." in page
    assert "۲ روز در دسترس، ۱ روز قطع، ۱ روز نگهداری، ۸۶ روز اندازه‌گیری‌نشده" in page
    # 4221 of 4321 measured minutes
    assert "۹۰ روز گذشته: ۹۷٫۶۸٪" in page
    assert "قطع ۴۰ دقیقه" in page
    assert page_of(maryam.get(STATUS)).count('width="5"') == 2 * 90  # the office as a whole, and its page


def test_an_outage_runs_and_ends_on_every_page(maryam: Client, offering: Offering, as_sara: Staff) -> None:
    outage = open_by_hand(
        offering.agency, from_at=NOON - 7 * MINUTE, what="پیامک‌ها نمی‌رسد.", by=as_sara, at=NOON
    )
    page = words_of(maryam.get(STATUS))
    assert "قطع درگاه در دسترس نیست، از شنبه ۳۰ آبان، ۱۱:۵۳" in page
    assert "پیامک‌ها نمی‌رسد." in page
    assert "درگاه در دسترس نیست" in words_of(maryam.get("/markazi-roads/"))
    close(outage, until_at=NOON, by=as_sara, at=NOON)
    page = words_of(maryam.get(STATUS))
    assert "۷ دقیقه پیامک‌ها نمی‌رسد. ۷ دقیقه" in page  # how long, what, minutes from detection to notice
    assert "درگاه در دسترس نیست" not in words_of(maryam.get("/markazi-roads/"))


def test_the_net_figure_is_for_agreements_that_allow_it(
    maryam: Client, offering: Offering, as_sara: Staff, agreement: AgreementVersion
) -> None:
    outage = open_by_hand(offering.agency, from_at=NOON - HOUR, what="فیبر قطع شد", by=as_sara, at=NOON)
    prove_telecom(outage, Evidence("۸۸۱۲", "شرکت مخابرات"), by=as_sara, at=NOON)
    keep(offering.agency, 1, up=75, down=25, telecom=25)
    page = words_of(maryam.get(STATUS))
    assert "۷۵٪" in page
    assert "توافق‌نامهٔ این اداره بدون شرط است" in page
    assert "به گواهی شرکت مخابرات، شمارهٔ ۸۸۱۲" in page
    AgreementVersion.objects.update(
        reading={**agreement.reading, "availability": {"hours": "24x7", "condition": "در صورت برقراری"}}
    )
    assert "بی‌قطعی‌های مخابرات که مدرک دارد: ۱۰۰٪" in words_of(maryam.get(STATUS))


def test_maintenance_to_come_is_told(maryam: Client, offering: Offering, as_sara: Staff) -> None:
    begins = NOON + 2 * HOUR
    plan = Plan(begins, begins + HOUR, "تعویض دیسک", late_reason="دیسک خراب است")
    announce(offering.agency, plan, by=as_sara, at=NOON)
    page = words_of(maryam.get(STATUS))
    assert "شنبه ۳۰ آبان، ۱۴:۰۰ تا ۱۵:۰۰: تعویض دیسک" in page
    assert "دیرهنگام اعلام شد" in page
    assert "نگهداری درگاه" in words_of(maryam.get("/markazi-roads/"))


def test_all_offices_stand_on_one_page_and_every_footer_leads_there(
    maryam: Client, offering: Offering, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        keep(make_agency(f"office-{number}", f"ادارهٔ {number}"), 1, up=1440)
    with django_assert_max_num_queries(8):
        page = words_of(maryam.get("/status/"))
    assert "ادارهٔ ۴" in page or "ادارهٔ 4" in page
    assert "در دسترس ۱۰۰٪" in page
    assert 'href="/status/"' in page_of(maryam.get("/help/"))
    assert f'href="{STATUS}"' in page_of(maryam.get("/markazi-roads/"))


def test_ten_more_outages_cost_no_more_queries(
    maryam: Client, offering: Offering, as_sara: Staff, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        begins = NOON - number * HOUR
        outage = open_by_hand(offering.agency, from_at=begins - MINUTE, what="x", by=as_sara, at=begins)
        close(outage, until_at=begins, by=as_sara, at=begins)
    with django_assert_max_num_queries(12):
        maryam.get(STATUS)


def test_the_feed_is_rss(maryam: Client, offering: Offering) -> None:
    at = NOON - HOUR
    Notice.objects.create(agency=offering.agency, heading="ساعت کار & <نو>", text="از شنبه", published_at=at)
    Notice.objects.create(heading="برای همه", published_at=at)
    Notice.objects.create(agency=offering.agency, heading="پیش‌نویس")
    answer = maryam.get("/markazi-roads/notices/rss")
    assert answer["Content-Type"].startswith("application/rss+xml")
    root = ElementTree.fromstring(answer.content)  # noqa: S314  # our own feed
    titles = [each.text for each in root.iter("title")]
    assert titles[1:] == ["برای همه", "ساعت کار & <نو>"]
    assert len({each.text for each in root.iter("guid")}) == 2
    only = ElementTree.fromstring(maryam.get("/notices/rss").content)  # noqa: S314  # our own feed
    assert [each.text for each in only.iter("title")][1:] == ["برای همه"]
    assert 'type="application/rss+xml"' in page_of(maryam.get("/markazi-roads/notices/"))
    assert maryam.get("/nowhere/notices/rss").status_code == 404
    assert maryam.post("/notices/rss").status_code == 405


@pytest.mark.parametrize("address", [STATUS, "/status/", "/markazi-roads/notices/rss"])
def test_only_reading_is_possible(maryam: Client, address: str) -> None:
    assert maryam.head(address).status_code == 200
    assert maryam.post(address).status_code == 405
