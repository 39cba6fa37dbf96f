"""Notices: on every page while they hold, in full on their own page, of one office or of all."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Offering
from mizban.office.notices.models import Notice
from mizban.office.notices.standing import FRESH_SECONDS, forget, standing
from mizban.web.announcing import when
from tests.conftest import make_agency

from .conftest import APPLY, NOON, page_of, track, words_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICE = "/markazi-roads/"
PAGES = [
    OFFICE,
    f"{OFFICE}services/service-desk/",
    APPLY,
    f"{OFFICE}agreements/",
    f"{OFFICE}nothing/",
    "/track/",
    "/",
    "/help/",
]


def announce(**facts: Any) -> Notice:
    usual: dict[str, Any] = {
        "kind": "maintenance",
        "heading": "نگهداری درگاه",
        "text": "در این دو ساعت ثبت درخواست ممکن نیست.",
        "from_at": NOON + 10 * HOUR,
        "until_at": NOON + 12 * HOUR,
        "published_at": NOON - DAY,
    }
    return Notice.objects.create(**usual | facts)


@pytest.mark.parametrize("address", PAGES)
def test_a_notice_of_the_site_stands_on_every_page(maryam: Client, address: str) -> None:
    assert "نگهداری درگاه" not in words_of(maryam.get(address))
    announce()
    page = words_of(maryam.get(address))
    assert "نگهداری درگاه" in page
    assert "شنبه ۳۰ آبان، ۲۲:۰۰ تا ۲۴:۰۰" in page


def test_a_notice_of_an_office_stands_on_its_pages_only(
    maryam: Client, offering: Offering, opened: Opened
) -> None:
    make_agency("other", "ادارهٔ دیگر")
    notice = announce(agency=offering.agency)
    for address in PAGES[:4]:
        assert "نگهداری درگاه" in words_of(maryam.get(address))
    assert f'href="{OFFICE}notices/#notice-{notice.pk}"' in page_of(maryam.get(OFFICE))
    assert "نگهداری درگاه" in words_of(track(maryam, opened))
    for address in ("/", "/track/", "/other/", "/other/notices/", "/notices/"):
        assert "نگهداری درگاه" not in words_of(maryam.get(address))


def test_drafts_the_past_and_the_future_stand_nowhere(maryam: Client) -> None:
    announce(heading="پیش‌نویس", published_at=None)
    announce(heading="هنوز نه", published_at=NOON + HOUR)
    announce(heading="گذشته", from_at=NOON - 2 * HOUR, until_at=NOON)
    for address in PAGES:
        page = words_of(maryam.get(address))
        assert not any(heading in page for heading in ("پیش‌نویس", "هنوز نه", "گذشته"))
    page = words_of(maryam.get("/notices/"))
    assert "گذشته" in page
    assert "نگهداری، پایان یافت" in page
    assert "پیش‌نویس" not in page
    assert "هنوز نه" not in page


def test_an_outage_without_an_end_stands_until_it_gets_one(maryam: Client, clock: Any) -> None:
    outage = announce(kind="outage", heading="پیامک‌ها دیر می‌رسد", from_at=NOON - HOUR, until_at=None)
    clock.shift(30 * DAY)
    assert "از شنبه ۳۰ آبان، ۱۱:۰۰" in words_of(maryam.get("/track/"))
    assert "قطعی، اکنون" in words_of(maryam.get("/notices/"))
    Notice.objects.filter(pk=outage.pk).update(until_at=NOON + DAY)
    assert "پیامک‌ها" not in words_of(maryam.get("/track/"))


def test_the_page_of_an_office_has_its_own_and_those_of_all(maryam: Client, offering: Offering) -> None:
    announce(agency=offering.agency, heading="جابه‌جایی ساختمان", kind="notice", from_at=None, until_at=None)
    announce(heading="نگهداری همه")
    announce(agency=make_agency("other", "ادارهٔ دیگر"), heading="از دیگری")
    page = words_of(maryam.get(f"{OFFICE}notices/"))
    for said in ("جابه‌جایی ساختمان", "نگهداری همه", "برای همهٔ دستگاه‌ها", "در این دو ساعت", "نگهداری، در پیش"):
        assert said in page
    assert "از دیگری" not in page


def test_without_notices_the_page_says_where_they_would_be(maryam: Client) -> None:
    assert "اکنون اطلاعیه‌ای نیست" in words_of(maryam.get(f"{OFFICE}notices/"))


def test_what_is_written_is_escaped(maryam: Client) -> None:
    announce(heading="<script>alert(1)</script>", text="<img src=x>")
    for address in (*PAGES, "/notices/"):
        assert "<script>alert" not in page_of(maryam.get(address))
        assert "<img" not in page_of(maryam.get(address))


def test_ten_more_notices_cost_no_more_queries(maryam: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(10):
        announce(heading=f"شمارهٔ {number}")
    with django_assert_max_num_queries(1):
        maryam.get("/help/")
    with django_assert_max_num_queries(1):
        maryam.get("/notices/")


def test_the_banner_is_short_however_many_there_are(maryam: Client) -> None:
    for number in range(10):
        announce(heading=f"شمارهٔ {number}", published_at=NOON - DAY + number * HOUR)
    banner = page_of(maryam.get("/help/")).split('class="banner no-print"')[1].split("</aside>")[0]
    assert banner.count("<p") == 3
    assert "شمارهٔ ۹" in banner


@pytest.mark.django_db(transaction=True)
def test_a_process_looks_again_after_seconds_and_not_before(
    django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    now = [100.0]
    monkeypatch.setattr("mizban.office.notices.standing.monotonic", lambda: now[0])
    with django_assert_num_queries(1):
        assert standing(None, at=NOON) == []
    announce()
    with django_assert_num_queries(0):
        assert standing(None, at=NOON) == []
    now[0] += FRESH_SECONDS
    assert [notice.heading for notice in standing(None, at=NOON)] == ["نگهداری درگاه"]
    with django_assert_num_queries(0):
        assert standing(None, at=NOON + DAY) == []
    forget()


def test_a_notice_ends_after_it_begins(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        announce(until_at=NOON)


def test_when_is_said_in_words(db: None) -> None:
    same_day = announce(from_at=NOON + HOUR, until_at=NOON + 2 * HOUR)
    assert when(same_day, at=NOON) == "شنبه ۳۰ آبان، ۱۳:۰۰ تا ۱۴:۰۰"
    night = announce(from_at=NOON + 10 * HOUR, until_at=NOON + 13 * HOUR)
    assert when(night, at=NOON) == "شنبه ۳۰ آبان، ۲۲:۰۰ تا یکشنبه ۱ آذر، ۱:۰۰"
    assert when(announce(from_at=None, until_at=NOON + DAY), at=NOON) == "تا یکشنبه ۱ آذر"
    assert when(announce(from_at=None, until_at=None), at=NOON) == ""
