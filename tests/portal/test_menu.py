"""Finding a service: by words as people write them, over one office or all, for whom it is."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mizban import services
from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.lib.codes import new_tracking_code
from mizban.web.portal.searching import search, terms
from tests.conftest import SATURDAY, make_agency

from .conftest import page_of, words_of

OFFICE = "/markazi-roads/"
VEHICLES = f"{OFFICE}services/government-vehicles/"
FOLDER = Path(services.__file__).parent


def publish(agency: Agency, folder: str) -> Offering:
    return Offering.publish(agency, (FOLDER / folder / "service.yaml").read_text("utf-8"), at=SATURDAY)


@pytest.fixture
def office(maryam: Client, offering: Offering) -> Client:
    """The service desk, the permits of vehicles, instalments and deposits."""
    for folder in ("government_vehicles", "debt_instalments", "deposits"):
        publish(offering.agency, folder)
    return maryam


def found(client: Client, q: str, path: str = OFFICE, **asked: str) -> list[str]:
    """The addresses of the services and sub-services that a search shows, in their order."""
    main = page_of(client.get(path, {"q": q, **asked})).split("<main")[1].split("<footer")[0]
    return [part.split('"')[0] for part in main.split('href="')[1:] if "/services/" in part.split('"')[0]]


@pytest.mark.parametrize(
    "typed",
    [
        "پلاک",
        "تعویض پلاک",
        "پلاك تعويض",  # Arabic letters, other order
        "تعویض‌پلاک",
        "تعو پلا",
        "پلاک‌ها",
        "پلاکهای",
        "برای تعویض پلاک",
        "  پلاک   تعویض  ",
        "پَلاک",
        "مجوز پلاک",
        "خودرو پلاک",
    ],
)
def test_a_service_is_found_however_it_is_written(office: Client, typed: str) -> None:
    assert found(office, typed)[:2] == [VEHICLES, f"{VEHICLES}?permit=plate"]


@pytest.mark.parametrize(
    "typed", ["خودروهاي دولتي", "خودرو های دولتی", "خودروهای‌دولتی", "خودروهای دولتى", "دولتی خودرو"]
)
def test_titles_are_found_with_every_spelling(office: Client, typed: str) -> None:
    assert found(office, typed)[0] == VEHICLES


@pytest.mark.parametrize(
    ("typed", "service"),
    [("اتومبيل هاي زائد", "government-vehicles"),
     ("۱۰۰۱۱۱۵۷۱۰۰", "government-vehicles"), ("اسقاط", "government-vehicles"),
     ("قسط", "debt-instalments"), ("سپرده", "deposits"), ("شکایت", "service-desk"), ("1127128", "service-desk")],
)  # fmt: skip
def test_laws_codes_and_sub_services_are_searched(office: Client, typed: str, service: str) -> None:
    assert found(office, typed)[0] == f"{OFFICE}services/{service}/"


def test_the_title_weighs_more_than_a_law(office: Client, offering: Offering) -> None:
    ranked = [each.offering.slug for each in search(Offering.objects.with_versions(), "سپرده")]
    assert ranked[0] == "deposits"


def test_words_written_together_are_found_where_they_stand_side_by_side(office: Client) -> None:
    assert found(office, "تعویضپلاک")[0] == VEHICLES


def test_every_word_must_fit(office: Client) -> None:
    assert found(office, "پلاک سپرده") == []


def test_a_search_shows_the_fitting_sub_services_with_their_time(office: Client) -> None:
    page = words_of(office.get(OFFICE, {"q": "سند فروش"}))
    assert "سند فروش، ۳ روز کاری" in page
    assert "تعویض یا اخذ پلاک، " not in page


def test_nothing_found_says_what_helps(office: Client) -> None:
    page = office.get(OFFICE, {"q": "<b>گذرنامه"})
    assert page.status_code == 200
    assert "خدمتی با «<b>گذرنامه» نیافتیم" in words_of(page) or "&lt;b&gt;گذرنامه" in page_of(page)
    assert "<b>گذرنامه" not in page_of(page)
    assert f'href="{OFFICE}questions/new/"' in page_of(page).split("<main")[1].split("<footer")[0]
    assert 'href="/speak/"' in page_of(office.get("/", {"q": "گذرنامه"}))


def test_a_tracking_code_typed_into_the_search_leads_to_tracking(office: Client) -> None:
    code = new_tracking_code()
    assert f'href="/track/?code={code}"' in page_of(office.get("/", {"q": code}))


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        ("", {"service-desk", "government-vehicles", "debt-instalments", "deposits"}),
        ("person", {"service-desk", "debt-instalments", "deposits"}),
        ("company", {"service-desk", "debt-instalments", "deposits"}),
        ("agency", {"government-vehicles", "debt-instalments", "deposits"}),
        ("nobody", {"service-desk", "government-vehicles", "debt-instalments", "deposits"}),
    ],
)
def test_the_tabs_keep_what_is_for_whom(office: Client, chosen: str, slugs: set[str]) -> None:
    shown = {address.split("/")[3] for address in found(office, "", **{"for": chosen})}
    assert shown == slugs


def test_a_tab_keeps_what_was_typed_and_the_search_keeps_the_tab(office: Client) -> None:
    page = page_of(office.get(OFFICE, {"q": "پلاک", "for": "person"}))
    assert "?q=%D9%BE%D9%84%D8%A7%DA%A9&amp;for=agency" in page
    assert '<input type="hidden" name="for" value="person">' in page
    assert 'aria-current="true">اشخاص' in page
    assert "نیافتیم" in page


def test_the_first_page_searches_all_offices_and_names_them(office: Client, offering: Offering) -> None:
    other = make_agency("other", "ادارهٔ دیگر")
    publish(other, "government_vehicles")
    hidden = make_agency("closed", "ادارهٔ بسته")
    Agency.objects.filter(pk=hidden.pk).update(has_portal=False)
    publish(hidden, "government_vehicles")
    addresses = found(office, "پلاک", "/")
    assert {address.split("/")[1] for address in addresses} == {"markazi-roads", "other"}
    assert "ادارهٔ دیگر" in words_of(office.get("/", {"q": "پلاک"}))


def test_more_services_cost_a_search_no_more_queries(office: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        office.get(OFFICE, {"q": "پلاک"})
    with django_assert_num_queries(3):
        office.get("/", {"q": "پلاک"})


@pytest.mark.parametrize(
    "typed", ["\x00", "٪٪٪", "ی", "و", "🚗" * 300, "x" * 5000, "\u200c", "' OR 1=1 --", "۱۲۳"]
)
def test_nasty_words_find_nothing_and_break_nothing(office: Client, typed: str) -> None:
    for path in (OFFICE, "/"):
        assert office.get(path, {"q": typed, "for": typed}).status_code == 200


def test_words_that_say_nothing_are_left_out_unless_they_are_all_there_is() -> None:
    assert terms("مجوز برای خودروهای دولتی") == ["مجوز", "خودرو", "دولت"]
    assert terms("خدمات") == ["خدمات"]
    assert terms("") == []
