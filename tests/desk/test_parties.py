"""A school office asks, its ministry consents, Babak's office decides: each at its own desk, each its own part."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mizban.core.agencies.models import Agency
from mizban.core.cases.inhouse import noting
from mizban.core.cases.models import Case, Offering
from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership, Role
from tests.conftest import SATURDAY, make_member, signed_in

from .conftest import NOON, case_url, codes_shown, picture, text_of, token_on

SCHOOLS = "/desk/schools/"
MINISTRY = "/desk/ministry/"
NEW = f"{SCHOOLS}requests/markazi-roads/car-transfer/"
FORM = {
    "applicant_mobile": "۰۹۱۸۱۲۳۴۵۶۷",
    "plate__two": "۱۲",
    "plate__letter": "الف",
    "plate__three": "۳۴۵",
    "plate__region": "۱۵",
    "reason": "خودرو فرسوده است و به کار مدرسه نمی‌آید.",
    "accepted": "yes",
}
NOTE = "این دستگاه همیشه دیر پاسخ می‌دهد."


@dataclass(frozen=True)
class Others:
    """Two agencies without a portal, each with somebody at its desk: Leila at the schools, Naser at the ministry."""

    schools: Agency
    ministry: Agency
    leila: Client
    naser: Client


@pytest.fixture
def others(agency: Agency) -> Others:
    ministry = Agency.objects.create(
        slug="ministry",
        name="وزارت آموزش",
        short_name="وزارت آموزش",
        legal_id="14000000011",
        has_portal=False,
    )
    schools = Agency.objects.create(
        slug="schools",
        name="اداره کل مدارس",
        short_name="اداره کل مدارس",
        legal_id="10100000024",
        parent=ministry,
        has_portal=False,
    )
    leila = make_member(schools, "leila", "لیلا موسوی", Role.EXPERT)
    naser = make_member(ministry, "naser", "ناصر کریمی", Role.HEAD)
    return Others(schools, ministry, signed_in(leila), signed_in(naser))


@pytest.fixture
def service(agency: Agency) -> Offering:
    source = (Path(__file__).parent / "vehicles.yaml").read_text("utf-8")
    return Offering.publish(agency, source, at=SATURDAY)


@pytest.fixture
def asked(others: Others, service: Offering, also: Any, babak: Any) -> Case:
    """Leila's request, filed from her desk. Babak works in the whole office here."""
    Membership.objects.filter(user=babak).update(unit=None)
    sent = others.leila.post(NEW, FORM | {"token": "t" * 22})
    assert sent.status_code == 303, text_of(sent)
    return Case.objects.get()


def at(desk: str, case: Case) -> str:
    return f"{desk}cases/{case.code}/"


def step(client: Client, desk: str, case: Case, name: str, **typed: str) -> Any:
    seen = Case.objects.get(pk=case.pk).number_of_events
    data = {f"{name}-{field}": value for field, value in typed.items()}
    return client.post(f"{at(desk, case)}steps/{name}/", data | {"seen": seen, "token": "t" * 22})


def to_the_ministry(babak_client: Client, case: Case) -> None:
    assert step(babak_client, "/desk/markazi-roads/", case, "ask_ministry").status_code == 303


def test_leila_finds_what_offices_offer_to_agencies(
    others: Others, service: Offering, offering: Offering
) -> None:
    page = text_of(others.leila.get(f"{SCHOOLS}requests/"))
    assert "انتقال خودرو" in page
    assert "میز خدمت الکترونیکی" not in page, "which is for people"
    assert others.leila.get(f"{SCHOOLS}requests/markazi-roads/service-desk/").status_code == 404


def test_a_desk_without_services_has_no_ways_that_lead_nowhere(others: Others, babak_client: Client) -> None:
    menu = others.leila.get(SCHOOLS).content.decode()
    assert "/requests/" in menu
    assert "/dashboard/" not in menu
    assert "/breaches/" not in menu
    assert f"{SCHOOLS}new/" not in menu
    assert "/dashboard/" in babak_client.get("/desk/markazi-roads/").content.decode()
    there_all_the_same = others.leila.get(f"{SCHOOLS}dashboard/")
    assert "پیش‌دستی" not in text_of(there_all_the_same), "nobody was quicker"


def test_an_office_is_not_offered_its_own_services(babak_client: Client, service: Offering) -> None:
    assert "انتقال خودرو" not in text_of(babak_client.get("/desk/markazi-roads/requests/"))
    assert babak_client.get("/desk/markazi-roads/requests/markazi-roads/car-transfer/").status_code == 404


def test_leila_files_in_her_agency_s_name_without_a_letter(others: Others, asked: Case) -> None:
    party = asked.parties.get()
    applicant = party.reveal(asked.key)
    assert (party.agency, applicant.kind) == (others.schools, "agency")
    assert (applicant.name, applicant.identifier) == ("اداره کل مدارس", "10100000024")
    assert asked.state == "filed", "nobody has to confirm who is signed in"
    assert asked.files.count() == 0


def test_the_form_names_the_agency_and_asks_nobody_to_type_it(others: Others, service: Offering) -> None:
    page = others.leila.get(NEW)
    said = text_of(page)
    for word in ("اداره کل مدارس", "۱۰۱۰۰۰۰۰۰۲۴", "خودرو", "مدارک", "نامهٔ دستگاه (اختیاری)"):
        assert word in said
    assert "applicant_identifier" not in page.content.decode()
    others.leila.post(NEW, FORM | {"token": token_on(page), "applicant_identifier": "14000000011"})
    assert Case.objects.get().parties.get().reveal(Case.objects.get().key).identifier == "10100000024"


def test_the_receipt_of_a_request_elsewhere(others: Others, asked: Case) -> None:
    receipt = others.leila.get(f"{SCHOOLS}receipt/")
    assert codes_shown(receipt)[0] == asked.code
    assert at(SCHOOLS, asked) in receipt.content.decode()
    assert others.leila.get(f"{SCHOOLS}receipt/").status_code == 404


def test_a_refused_request_keeps_what_was_typed(others: Others, service: Offering) -> None:
    typed = FORM | {
        "reason": "",
        "applicant_mobile": "۱۲",
        "accepted": "",
        "official_letter": picture("نامه.png"),
    }
    refused = others.leila.post(NEW, typed | {"token": "t" * 22})
    assert refused.status_code == 422
    assert "سه جا نیاز به اصلاح دارد" in text_of(refused)
    assert "نامه.png" in text_of(refused)
    assert not Case.objects.exists()


def test_an_agency_without_a_number_cannot_file(others: Others, service: Offering) -> None:
    Agency.objects.filter(pk=others.schools.pk).update(legal_id="")
    refused = others.leila.post(NEW, FORM)
    assert refused.status_code == 409
    assert "شناسهٔ ملی دستگاه شما" in text_of(refused)


def test_leila_sees_her_case_and_her_turn(others: Others, asked: Case, babak_client: Client) -> None:
    queue = text_of(others.leila.get(SCHOOLS))
    assert "منتظر گام ما ۰" in queue
    assert "نزد دستگاه‌های دیگر ۱" in queue
    assert "همه" not in queue, "her agency has no queue of its own"
    step(babak_client, "/desk/markazi-roads/", asked, "return", item="نامهٔ اسقاط")
    assert "منتظر گام ما ۱" in text_of(others.leila.get(SCHOOLS))
    page = text_of(others.leila.get(at(SCHOOLS, asked)))
    assert "نوبت شما" in page
    assert "نامهٔ اسقاط" in page
    assert step(others.leila, SCHOOLS, asked, "supply", note="پیوست شد.").status_code == 303
    assert Case.objects.get().state == "filed"
    assert "منتظر گام ما ۰" in text_of(others.leila.get(SCHOOLS)), "what she may do any time waits for nobody"


def test_the_ministry_comes_in_with_the_step_that_asks_it(
    others: Others, asked: Case, babak_client: Client
) -> None:
    assert others.naser.get(at(MINISTRY, asked)).status_code == 404
    assert asked.code not in others.naser.get(f"{MINISTRY}?tab=elsewhere").content.decode()
    to_the_ministry(babak_client, asked)
    queue = others.naser.get(MINISTRY)
    assert at(MINISTRY, asked) in queue.content.decode()
    assert "وزارت متبوع" in text_of(queue)
    page = text_of(others.naser.get(at(MINISTRY, asked)))
    for word in ("اعلام موافقت", "نقش ما: وزارت متبوع", "اداره کل مدارس", "خودرو فرسوده است"):
        assert word in page
    assert step(others.naser, MINISTRY, asked, "consent", opinion="مانعی نیست.").status_code == 303
    assert "منتظر گام ما ۰" in text_of(others.naser.get(MINISTRY))
    assert step(others.naser, MINISTRY, asked, "consent", opinion="باز هم.").status_code == 409


def test_a_party_takes_its_own_steps_only(others: Others, asked: Case, babak_client: Client) -> None:
    to_the_ministry(babak_client, asked)
    assert step(others.leila, SCHOOLS, asked, "consent", opinion="ما هم موافقیم.").status_code == 403
    assert step(others.naser, MINISTRY, asked, "approve").status_code == 403
    assert step(babak_client, "/desk/markazi-roads/", asked, "consent", opinion="x").status_code == 403


def test_nothing_inside_the_office_reaches_a_party(
    others: Others, asked: Case, babak_client: Client, as_babak: Staff
) -> None:
    to_the_ministry(babak_client, asked)
    url = at("/desk/markazi-roads/", asked)
    seen = {"seen": Case.objects.get().number_of_events}
    assert babak_client.post(f"{url}notes/", seen | {"inside--text": NOTE}).status_code == 303
    assert (
        babak_client.post(f"{url}assignment/", {"seen": seen["seen"] + 1, "give_back": "1"}).status_code
        == 303
    )
    seen = {"seen": Case.objects.get().number_of_events}
    sent = {"inside--unit": "roads", "inside--reason": "این کار از ما نیست."}
    assert babak_client.post(f"{url}referral/", seen | sent).status_code == 303
    for client, desk in ((others.naser, MINISTRY), (others.leila, SCHOOLS)):
        page = text_of(client.get(at(desk, asked)))
        assert "ارجاع شد" in page
        for hidden in (
            NOTE,
            "یادداشت",
            "این کار از ما نیست",
            "درون اداره",
            "بازگرداند",
            "داخلی",
            "کارشناس هنوز",
        ):
            assert hidden not in page, (desk, hidden)
    assert NOTE in text_of(babak_client.get(url))


def test_doors_inside_the_office_are_not_there_for_a_party(
    others: Others, asked: Case, babak_client: Client
) -> None:
    to_the_ministry(babak_client, asked)
    for door in ("notes", "assignment", "referral"):
        for client, desk in ((others.naser, MINISTRY), (others.leila, SCHOOLS)):
            assert client.post(f"{at(desk, asked)}{door}/", {"inside--text": NOTE}).status_code == 404
    assert Case.objects.get().number_of_events == 2


def test_a_note_of_the_office_does_not_stand_in_a_party_s_way(
    others: Others, asked: Case, babak_client: Client, as_babak: Staff
) -> None:
    to_the_ministry(babak_client, asked)
    case = Case.objects.get()
    noting.note(case, by=as_babak, at=NOON, answers={"text": NOTE})
    data = {"consent-opinion": "مانعی نیست.", "seen": "2", "token": "t" * 22}
    assert others.naser.post(f"{at(MINISTRY, asked)}steps/consent/", data).status_code == 303


def test_the_identifier_is_not_unfolded_for_a_party(
    others: Others, asked: Case, babak_client: Client
) -> None:
    to_the_ministry(babak_client, asked)
    page = text_of(others.naser.post(at(MINISTRY, asked)))
    assert "۰۹۱۸۱۲۳۴۵۶۷" not in page
    assert "۰۹۱۸۱۲۳۴۵۶۷" in text_of(babak_client.post(at("/desk/markazi-roads/", asked)))


def test_who_is_no_party_finds_nothing(
    others: Others, asked: Case, dara_client: Client, babak_client: Client
) -> None:
    to_the_ministry(babak_client, asked)
    for desk in ("/desk/other-office/", SCHOOLS, MINISTRY, "/desk/markazi-roads/"):
        for path in ("", "steps/consent/", "notes/"):
            assert dara_client.get(f"{at(desk, asked)}{path}").status_code == 404
            assert dara_client.post(f"{at(desk, asked)}{path}").status_code == 404
    assert others.naser.get(case_url(asked)).status_code == 404, "the office's desk is not the ministry's"


def test_a_site_officer_of_a_party_sees_the_frame_only(
    others: Others, asked: Case, babak_client: Client
) -> None:
    to_the_ministry(babak_client, asked)
    officer = signed_in(make_member(others.ministry, "omid", "امید صادقی", Role.SITE_OFFICER))
    page = text_of(officer.get(at(MINISTRY, asked)))
    assert "نزد وزارت" in page
    assert "خودرو فرسوده است" not in page
    assert step(officer, MINISTRY, asked, "consent", opinion="مانعی نیست.").status_code == 403
    assert officer.get(f"{MINISTRY}requests/").status_code == 403


def test_an_office_with_parts_elsewhere_has_both_kinds_of_tabs(
    others: Others, asked: Case, babak_client: Client, offering: Offering
) -> None:
    Case.objects.get().parties.create(role="ministry", kind="agency", agency=offering.agency)
    assert "نزد دستگاه‌های دیگر" not in text_of(babak_client.get("/desk/markazi-roads/")), (
        "our own is not elsewhere"
    )
    Offering.publish(others.schools, service_desk := offering.version.source, at=SATURDAY)
    assert service_desk
    page = text_of(others.leila.get(SCHOOLS))
    assert "همه ۰" in page
    assert "نزد دستگاه‌های دیگر ۱" in page


@pytest.mark.django_db(transaction=True)
def test_ten_more_cases_elsewhere_ask_no_more_queries(others: Others, service: Offering) -> None:
    def file(number: int) -> None:
        assert others.leila.post(NEW, FORM | {"token": f"{number:022}"}).status_code == 303

    file(0)
    address = f"{SCHOOLS}?tab=elsewhere"
    others.leila.get(address)
    with CaptureQueriesContext(connection) as few:
        others.leila.get(address)
    asked = len(few)
    for number in range(1, 11):
        file(number)
    # What happened is counted anew once.
    others.leila.get(address)
    with CaptureQueriesContext(connection) as many:
        assert others.leila.get(address).content.decode().count("/cases/") == 11
    assert len(many) == asked <= 9


def test_clerks_find_a_request_by_its_plate_and_its_words(
    others: Others, asked: Case, babak_client: Client, open_case: Callable[..., Any]
) -> None:
    open_case()
    for typed in ("12الف345-15", "۱۲ الف ۳۴۵ ایران ۱۵", "فرسوده مدرسه", "مدارس", "خودرو اداره کل"):
        assert babak_client.post("/desk/markazi-roads/", {"q": typed})["Location"] == case_url(asked), typed
        assert others.leila.post(SCHOOLS, {"q": typed})["Location"] == at(SCHOOLS, asked), typed
        assert "/cases/" not in others.naser.post(MINISTRY, {"q": typed}).content.decode()
