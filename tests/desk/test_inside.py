"""Inside the office: Babak takes a case, gives it away, notes and refers it; Maryam hears only what is hers to hear."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.people.models import Membership, Role, User
from tests.conftest import make_member, signed_in

from .conftest import case_url, text_of

Also = Callable[..., Membership]
NOTE = "با بایگانی هماهنگ شد؛ نقشهٔ سال ۹۸ پیدا شده است."
REASON = "موضوع دربارهٔ راه دسترسی است."


@pytest.fixture
def nasrin(case: Case) -> User:
    """A colleague of Babak's in the housing unit."""
    return make_member(case.agency, "nasrin", "نسرین کاظمی", Role.EXPERT, "housing")


@pytest.fixture
def hamid(case: Case) -> User:
    """A clerk of the roads unit."""
    return make_member(case.agency, "hamid", "حمید صالحی", Role.EXPERT, "roads")


def act(client: Client, case: Case, door: str, *, seen: int | None = None, **typed: Any) -> Any:
    """Send a form of the page as it stands, or as it stood with `seen` events."""
    fresh = Case.objects.get(pk=case.pk).number_of_events
    data = {f"inside--{name}" if name != "give_back" else name: value for name, value in typed.items()}
    return client.post(f"{case_url(case)}{door}/", data | {"seen": fresh if seen is None else seen})


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def maryam_reads(client: Client, opened: Opened) -> str:
    """Her page, as the portal shows it."""
    return text_of(client.post("/track/", {"code": opened.case.code, "password": opened.password}))


def test_babak_takes_a_case_and_gives_it_back(babak_client: Client, babak: User, case: Case) -> None:
    assert "برداشتن پرونده" in text_of(babak_client.get(case_url(case)))
    taken = act(babak_client, case, "assignment", to=babak.pk)
    assert (taken.status_code, taken["Location"]) == (303, f"{case_url(case)}?done=1")
    assert now(case).assignee == babak
    page = text_of(babak_client.get(taken["Location"]))
    assert "انجام شد. بابک امینی پرونده را برداشت." in page
    assert "پرونده با شما است" in page
    assert act(babak_client, case, "assignment", give_back="1").status_code == 303
    assert now(case).assignee is None
    assert "به صف بازگرداند" in text_of(babak_client.get(case_url(case)))


def test_babak_gives_a_case_to_a_colleague_of_the_unit(
    babak_client: Client, case: Case, nasrin: User, hamid: User
) -> None:
    page = text_of(babak_client.get(case_url(case)))
    assert "نسرین کاظمی" in page
    assert "حمید صالحی" not in page
    assert act(babak_client, case, "assignment", to=nasrin.pk).status_code == 303
    assert now(case).assignee == nasrin
    assert "بابک امینی پرونده را به نسرین کاظمی سپرد." in text_of(babak_client.get(case_url(case)))


@pytest.mark.parametrize("to", ["hamid", "dara", "0", "-1", "", "x", "\0", "9" * 40, "²"])
def test_nobody_else_can_be_given_a_case(
    babak_client: Client, case: Case, hamid: User, dara: User, to: str
) -> None:
    to = {"hamid": str(hamid.pk), "dara": str(dara.pk)}.get(to, to)
    refused = act(babak_client, case, "assignment", to=to)
    assert refused.status_code == 422
    assert "یکی از فهرست را برگزینید" in text_of(refused)
    assert now(case).number_of_events == 1


def test_a_clerk_does_not_take_what_a_colleague_has_but_a_head_does(
    babak_client: Client, babak: User, case: Case, nasrin: User, also: Also
) -> None:
    act(babak_client, case, "assignment", to=nasrin.pk)
    assert "برداشتن پرونده" not in text_of(babak_client.get(case_url(case)))
    assert act(babak_client, case, "assignment", to=babak.pk).status_code == 403
    also(babak, Role.HEAD, unit=case.unit)
    assert act(babak_client, case, "assignment", to=babak.pk).status_code == 303


def test_a_note_is_for_the_office(
    babak_client: Client, sara_client: Client, sara: User, client: Client, opened: Opened
) -> None:
    case = opened.case
    assert act(babak_client, case, "notes", text=NOTE).status_code == 303
    page = babak_client.get(case_url(case))
    assert NOTE in text_of(page)
    assert '<span class="chip" data-s="none">داخلی</span>' in page.content.decode()
    frame = text_of(sara_client.get(case_url(case)))
    assert "بابک امینی یادداشت داخلی نوشت." in frame
    assert NOTE not in frame
    maryams = maryam_reads(client, opened)
    for hidden in (NOTE, "یادداشت", "داخلی", "اداره روی این پرونده"):
        assert hidden not in maryams
    assert "درخواست شما ثبت شد" in maryams


def test_a_note_may_be_written_on_a_closed_case_too(
    babak_client: Client, case: Case, press: Callable[..., Any]
) -> None:
    press(babak_client, case, "reply", reply="پروانهٔ شما صادر شد.")
    press(babak_client, case, "close")
    assert act(babak_client, case, "notes", text=NOTE).status_code == 303
    assert act(babak_client, case, "assignment", give_back="1").status_code == 409
    assert act(babak_client, case, "referral", unit="roads", reason=REASON).status_code == 409
    assert "ارجاع به واحد دیگر" not in text_of(babak_client.get(case_url(case)))


def test_an_empty_note_says_so_and_a_long_one_is_kept(babak_client: Client, case: Case) -> None:
    for text, said in (("", "«یادداشت» را بنویسید"), ("ن" * 3001, "کوتاه‌تر بنویسید")):
        refused = act(babak_client, case, "notes", text=text)
        assert refused.status_code == 422
        assert said in text_of(refused)
        assert text in refused.content.decode()
        assert 'href="#inside--text"' in refused.content.decode()
    assert now(case).number_of_events == 1


def test_a_referral_moves_the_case_and_maryam_hears_where_to(
    babak_client: Client, client: Client, opened: Opened, hamid: User, press: Callable[..., Any]
) -> None:
    case = opened.case
    press(babak_client, case, "start")
    gone = act(babak_client, case, "referral", unit="roads", reason=REASON)
    assert (gone.status_code, gone["Location"]) == (303, "/desk/markazi-roads/?left=1")
    assert "به واحد دیگر رفت" in text_of(babak_client.get(gone["Location"]))
    assert babak_client.get(case_url(case)).status_code == 404
    moved = now(case)
    assert moved.unit is not None
    assert (moved.unit.slug, moved.assignee, moved.due_at) == ("roads", None, case.due_at)
    page = text_of(signed_in(hamid).get(case_url(case)))
    assert "بابک امینی پرونده را از «ادارهٔ مسکن» به «ادارهٔ راه‌سازی» ارجاع داد." in page
    assert REASON in page
    assert "با کدام واحد کار دارید؟ ادارهٔ مسکن" in page, "what she chose stays what she chose"
    maryams = maryam_reads(client, opened)
    assert "درخواست شما به «ادارهٔ راه‌سازی» ارجاع شد." in maryams
    assert "بررسی را در «ادارهٔ مسکن» آغاز کرد" in maryams, "what was done there stays said of it"
    assert REASON not in maryams


@pytest.mark.parametrize("unit", ["housing", "nowhere", "", "\0", "x" * 300])
def test_a_case_goes_to_another_unit_of_the_agency_only(babak_client: Client, case: Case, unit: str) -> None:
    refused = act(babak_client, case, "referral", unit=unit, reason=REASON)
    assert refused.status_code == 422
    assert REASON in refused.content.decode()
    assert now(case).number_of_events == 1


def test_a_referral_needs_a_reason(babak_client: Client, case: Case) -> None:
    refused = act(babak_client, case, "referral", unit="roads", reason="")
    assert refused.status_code == 422
    assert "«دلیل ارجاع» را بنویسید." in text_of(refused)


def test_who_is_late_is_told_and_loses_nothing(
    babak_client: Client, babak: User, case: Case, nasrin: User
) -> None:
    act(signed_in(nasrin), case, "notes", text="این را من می‌بینم.")
    behind = act(babak_client, case, "notes", seen=1, text=NOTE)
    assert behind.status_code == 409
    assert "پیش از شما کس دیگری روی این پرونده کار کرد" in text_of(behind)
    assert "نسرین کاظمی یادداشت داخلی نوشت." in text_of(behind)
    assert NOTE in behind.content.decode()
    for door, typed in (("assignment", {"to": babak.pk}), ("referral", {"unit": "roads", "reason": REASON})):
        assert act(babak_client, case, door, seen=1, **typed).status_code == 409
    assert now(case).number_of_events == 2


def test_what_happens_inside_does_not_stand_in_maryam_s_way(
    babak_client: Client, client: Client, opened: Opened, press: Callable[..., Any]
) -> None:
    press(babak_client, opened.case, "return", item="تصویر سند")
    client.post("/track/", {"code": opened.case.code, "password": opened.password})
    act(babak_client, opened.case, "notes", text=NOTE)
    sent = client.post("/track/case/steps/supply/", {"note": "پیوست شد.", "seen": "2", "token": "t" * 22})
    assert sent.status_code == 303
    assert now(opened.case).state == "in_review"
    stale = client.post("/track/case/steps/withdraw/", {"reason": "", "seen": "2", "token": "t" * 22})
    assert stale.status_code == 409
    assert NOTE not in text_of(stale)


def test_a_site_officer_has_no_hand_in_it(sara_client: Client, sara: User, case: Case) -> None:
    assert "درون اداره" not in text_of(sara_client.get(case_url(case)))
    for door, typed in (
        ("notes", {"text": NOTE}),
        ("assignment", {"to": sara.pk}),
        ("referral", {"unit": "roads", "reason": REASON}),
    ):
        assert act(sara_client, case, door, **typed).status_code == 403
    assert now(case).number_of_events == 1


def test_a_link_to_a_door_leads_to_the_case(babak_client: Client, case: Case) -> None:
    for door in ("notes", "assignment", "referral"):
        assert babak_client.get(f"{case_url(case)}{door}/")["Location"] == case_url(case)


@pytest.mark.django_db(transaction=True)
def test_the_page_of_a_case_asks_few_queries(
    babak_client: Client, case: Case, nasrin: User, hamid: User
) -> None:
    babak_client.get(case_url(case))
    with CaptureQueriesContext(connection) as few:
        babak_client.get(case_url(case))
    assert len(few) <= 12
    for number in range(10):
        make_member(case.agency, f"clerk{number}", f"کارشناس {number}", Role.EXPERT, "housing")
        act(babak_client, case, "notes", text=NOTE)
    with CaptureQueriesContext(connection) as many:
        babak_client.get(case_url(case))
    assert len(many) <= len(few)
