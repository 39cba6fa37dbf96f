"""The pages everybody begins with."""

from typing import Any

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.people.models import User
from mizban.office.agreements.models import AgreementVersion
from tests.conftest import SATURDAY, SERVICE_DESK, make_agency

from .conftest import APPLY, page_of, words_of

OFFICE = "/markazi-roads/"
SERVICE = "/markazi-roads/services/service-desk/"


def test_the_first_page_lists_the_offices_that_have_a_portal(maryam: Client) -> None:
    make_agency("quiet", "ادارهٔ بی خدمت")
    Agency.objects.create(slug="hidden", name="ادارهٔ بی درگاه", short_name="-", has_portal=False)
    page = maryam.get("/")
    assert f'href="{OFFICE}"' in page_of(page)
    assert "۱ خدمت" in words_of(page)
    assert "ادارهٔ بی خدمت" in words_of(page)
    assert "ادارهٔ بی درگاه" not in words_of(page)


def test_the_first_page_of_an_empty_installation_helps(client: Client, db: None) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "هنوز دستگاهی در این درگاه نیست" in words_of(page)


def test_ten_more_services_cost_no_more_queries(maryam: Client, django_assert_num_queries: Any) -> None:
    agency = Agency.objects.get()
    source = SERVICE_DESK.read_text("utf-8")
    for number in range(10):
        Offering.publish(
            agency, source.replace("service: service-desk", f"service: other-{number}"), at=SATURDAY
        )
    with django_assert_num_queries(4):
        maryam.get(OFFICE)
    with django_assert_num_queries(3):
        maryam.get("/")


def test_an_office_shows_promise_audience_and_where_to_complain(maryam: Client) -> None:
    page = maryam.get(OFFICE)
    for said in ("میز خدمت الکترونیکی", "۷ روز کاری", "برای همه", "رایگان"):
        assert said in words_of(page)
    for address in (SERVICE, "/markazi-roads/agreements/", "/markazi-roads/complaints/new/"):
        assert f'href="{address}"' in page_of(page)


def test_an_office_without_services_says_so_and_offers_a_way_on(client: Client, db: None) -> None:
    make_agency("quiet", "ادارهٔ بی خدمت")
    page = client.get("/quiet/")
    assert "هنوز خدمتی در درگاه نگذاشته است" in words_of(page)
    assert "complaints/new" not in page_of(page).split("<main")[1].split("<footer")[0]


def test_a_service_tells_the_due_date_of_today_and_its_identity(
    maryam: Client, agreement: AgreementVersion, sara: User
) -> None:
    page = maryam.get(SERVICE)
    for said in (
        "اگر امروز ثبت کنید",
        "دوشنبه",
        "حدود ۵ دقیقه",
        "رایگان",
        "کوتاه‌ترین زمان ممکن",
        "دولت به شهروند",
        "شنبه ۳۰ آبان، ۱۲:۰۰ ثبت شد",
        "توافق‌نامهٔ سطح خدمت «میز خدمت»",
        "سارا قنبری",
    ):
        assert said in words_of(page)
    assert f'href="{APPLY}"' in page_of(page)
    assert 'href="/markazi-roads/agreements/1/"' in page_of(page)


def test_an_agreement_without_a_name_is_called_by_its_service(
    maryam: Client, agreement: AgreementVersion
) -> None:
    agreement.agreement.title = "توافقنامه سطح خدمت"
    agreement.agreement.save()
    assert "توافق‌نامهٔ سطح خدمت «میز خدمت الکترونیکی»" in words_of(maryam.get(SERVICE))


def test_the_form_costs_few_queries(
    maryam: Client, agreement: AgreementVersion, django_assert_max_num_queries: Any
) -> None:
    maryam.get(APPLY)
    with django_assert_max_num_queries(7):
        maryam.get(APPLY)


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/hidden/",
        f"{OFFICE}services/nothing/",
        f"{OFFICE}services/nothing/apply/",
        "/nowhere/complaints/new/",
        "/nowhere/questions/new/",
        "/nowhere/notices/",
    ],
)
def test_what_is_not_there_is_a_page_that_helps(maryam: Client, address: str) -> None:
    Agency.objects.create(slug="hidden", name="ادارهٔ بی درگاه", short_name="-", has_portal=False)
    page = maryam.get(address)
    assert page.status_code == 404
    assert 'href="/track/"' in page_of(page)
    assert ("خدمات اداره کل" in words_of(page)) == address.startswith(OFFICE)


@pytest.mark.parametrize(
    "address",
    [
        "/help/",
        "/track/",
        "/track/forgotten/",
        "/track/reset/",
        "/privacy/",
        "/accessibility/",
        "/speak/",
        "/notices/",
    ],
)
def test_pages_of_no_office_are_there(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "/"),
        ("put", APPLY),
        ("delete", "/track/"),
        ("get", "/track/leave/"),
        ("get", "/track/case/steps/withdraw/"),
        ("patch", OFFICE),
    ],
)
def test_the_wrong_method_is_answered_with_a_page(maryam: Client, method: str, address: str) -> None:
    response = getattr(maryam, method)(address)
    assert response.status_code == 405
    assert response["Allow"]
    assert "<h1>" in page_of(response)
