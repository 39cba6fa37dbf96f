"""Sara keeps what the office says of itself, its counterparts and its units."""

from collections.abc import Callable

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency, Counterpart, Unit
from mizban.core.cases.models import Case
from mizban.core.events.models import Event
from mizban.core.people.models import User
from mizban.web.desk.admin import jobs
from tests.desk.conftest import case_url, text_of

from .conftest import ADMIN

FACTS = {
    "name": "اداره کل راه مرکزی",
    "short_name": "راه مرکزی",
    "province": "مرکزی",
    "hours": "همه‌روزه ۸ تا ۱۲",
}


def unit_url(unit: Unit) -> str:
    return f"{ADMIN}units/{unit.pk}/"


def test_new_facts_are_on_the_portal_and_on_the_record(
    sara_client: Client, sara: User, agency: Agency, client: Client
) -> None:
    assert sara_client.post(f"{ADMIN}office/", FACTS).status_code == 303
    portal = text_of(client.get("/markazi-roads/"))
    assert "اداره کل راه مرکزی" in portal
    assert "همه‌روزه ۸ تا ۱۲" in portal
    event = Event.objects.about("agency", agency.pk).last()
    assert event is not None
    assert event.facts["was"]["name"] == "اداره کل راه و شهرسازی استان مرکزی"


def test_a_wrong_fact_is_said_and_what_was_typed_stays(sara_client: Client, sara: User) -> None:
    refused = sara_client.post(f"{ADMIN}office/", FACTS | {"postal_code": "12", "province": "آتلانتیس"})
    assert refused.status_code == 422
    assert "دو جا نیاز به اصلاح دارد" in text_of(refused)
    assert "همه‌روزه ۸ تا ۱۲" in refused.content.decode()


def test_counterparts_are_named_and_nobody_stands_above_itself(
    sara_client: Client, sara: User, agency: Agency, other_agency: Agency
) -> None:
    Counterpart.objects.create(agency=agency, role="treasury", counterpart=other_agency)
    sent = {"parent": "other-office", "role--treasury": ""}
    assert sara_client.post(f"{ADMIN}counterparts/", sent).status_code == 303
    assert not agency.counterparts.exists()
    Agency.objects.filter(pk=other_agency.pk).update(parent=agency)
    assert "زیرمجموعهٔ آن باشد" in text_of(sara_client.post(f"{ADMIN}counterparts/", sent))


def test_a_unit_with_open_cases_is_closed_once_another_takes_them(
    sara_client: Client, sara: User, agency: Agency, case: Case, client: Client
) -> None:
    housing, roads = agency.units.get(slug="housing"), agency.units.get(slug="roads")
    assert sara_client.post(f"{unit_url(housing)}closing/").status_code == 422
    assert sara_client.post(f"{unit_url(housing)}closing/", {"heir": "roads"}).status_code == 303
    case.refresh_from_db()
    event = case.events.last()
    assert event is not None
    assert (case.unit, event.kind, event.actor_id) == (roads, "referred", sara.pk)
    assert "«ادارهٔ راه‌سازی» ارجاع داد" in text_of(sara_client.get(case_url(case)))
    assert "ادارهٔ مسکن" not in text_of(client.get("/markazi-roads/services/service-desk/apply/"))
    assert "تنها واحد اداره" in text_of(sara_client.post(f"{unit_url(roads)}closing/", {"heir": "housing"}))
    sara_client.post(unit_url(housing), {"act": "reopen"})
    housing.refresh_from_db()
    assert (housing.is_active, housing.is_public) == (True, False)


def test_many_cases_are_handed_over_by_the_worker(
    sara_client: Client,
    sara: User,
    agency: Agency,
    open_case: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_case()
    housing, roads = agency.units.get(slug="housing"), agency.units.get(slug="roads")
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    sara_client.post(f"{unit_url(housing)}closing/", {"heir": "roads"})
    assert Case.objects.get().unit == housing, "the worker has not come yet"
    assert jobs.move_unit.call(housing.pk, roads.pk, sara.pk, sara.full_name) == 1
    assert Case.objects.get().unit == roads


def test_units_of_others_are_not_there(sara_client: Client, sara: User, other_agency: Agency) -> None:
    theirs = other_agency.units.get(slug="housing")
    for page in ("", "closing/"):
        assert sara_client.post(unit_url(theirs) + page, {"name": "ما", "heir": "roads"}).status_code == 404


def test_a_new_unit_is_offered_to_applicants(
    sara_client: Client, sara: User, client: Client, case: Case
) -> None:
    sara_client.post(f"{ADMIN}units/", {"name": "ادارهٔ پل‌ها", "is_public": "yes"})
    assert "ادارهٔ پل‌ها" in text_of(client.get("/markazi-roads/services/service-desk/apply/"))
    assert "۳ واحد در کار" in text_of(sara_client.get(ADMIN))
