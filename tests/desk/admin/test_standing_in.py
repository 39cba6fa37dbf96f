"""Yaser is away and Nasrin stands in for him: with his roles, in her own name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.inhouse.assigning import assign
from mizban.core.cases.models import Case
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.core.people.models import Inspection, Membership, Role, User
from tests.conftest import REQUEST, make_member, signed_in
from tests.desk.conftest import NOON, case_url, text_of

from .conftest import ADMIN, person_url, role_of

DAYS = {"from_on": "۱۴۰۵/۰۸/۳۰", "until_on": "۱۴۰۵/۰۹/۰۲"}
Press = Callable[..., Any]


@pytest.fixture
def mina(agency: Agency) -> User:
    """A clerk of the roads unit."""
    return make_member(agency, "mina", "مینا شریفی", Role.EXPERT, "roads")


def stretch(act: str, **more: str) -> dict[str, str]:
    return {"act": act, **{f"{act}--{name}": value for name, value in (DAYS | more).items()}}


def name_deputy(sara_client: Client, person: User, deputy: User) -> Any:
    return sara_client.post(person_url(person), stretch("deputy", deputy=str(deputy.pk)))


def test_a_deputy_acts_by_the_other_s_right_and_it_is_said(
    sara_client: Client, sara: User, yaser: User, mina: User, case: Case, press: Press
) -> None:
    deputy = signed_in(mina)
    assert deputy.get(case_url(case)).status_code == 404, "a case of another unit"
    assert name_deputy(sara_client, yaser, mina).status_code == 303
    assert "جانشین یاسر عباسی" in text_of(deputy.get("/desk/markazi-roads/"))
    assert press(deputy, case, "start").status_code == 303
    event = case.events.last()
    assert event is not None
    assert (event.actor_id, event.actor_name) == (mina.pk, "مینا شریفی به جانشینی از یاسر عباسی")
    with time_machine.travel(NOON + timedelta(days=4), tick=False):
        assert signed_in(mina).get("/desk/markazi-roads/?tab=unit").status_code == 200
        case.refresh_from_db()
        Case.objects.update(assignee=None)
        assert signed_in(mina).get(case_url(case)).status_code == 404, "the days are over"


def test_what_a_deputy_may_do_alone_is_done_in_the_own_name(
    sara_client: Client,
    sara: User,
    yaser: User,
    mina: User,
    open_case: Callable[..., Opened],
    press: Press,
) -> None:
    own = open_case(answers={**REQUEST, "department": "roads"}).case
    name_deputy(sara_client, yaser, mina)
    press(signed_in(mina), own, "start")
    event = own.events.last()
    assert event is not None
    assert event.actor_name == "مینا شریفی"


def test_nobody_stands_in_for_oneself_or_from_elsewhere_or_for_an_inspector(
    sara_client: Client, sara: User, yaser: User, dara: User, javad: User
) -> None:
    assert name_deputy(sara_client, yaser, yaser).status_code == 422
    assert name_deputy(sara_client, yaser, dara).status_code == 422
    assert "بازرس جانشین ندارد" in text_of(name_deputy(sara_client, javad, yaser))
    assert "بازرس جانشین ندارد" in text_of(name_deputy(sara_client, yaser, javad))


def test_a_deputy_of_sara_is_no_site_officer_elsewhere(
    sara_client: Client, sara: User, nasrin: User, other_agency: Agency
) -> None:
    Membership.objects.create(user=nasrin, agency=other_agency, role=Role.EXPERT)
    name_deputy(sara_client, sara, nasrin)
    deputy = signed_in(nasrin)
    assert deputy.get("/desk/markazi-roads/admin/").status_code == 200
    assert deputy.get("/desk/other-office/admin/").status_code == 403


def test_what_a_deputy_does_as_site_officer_is_said_once(
    sara_client: Client, sara: User, nasrin: User, babak: User
) -> None:
    name_deputy(sara_client, sara, nasrin)
    signed_in(nasrin).post(person_url(babak), stretch("absence"))
    told = Event.objects.about("person", babak.pk).last()
    assert told is not None
    assert told.actor_name == "نسرین کاظمی به جانشینی از سارا قنبری"


def test_who_stopped_working_here_stands_in_for_nobody(
    sara_client: Client, sara: User, yaser: User, mina: User, case: Case
) -> None:
    name_deputy(sara_client, yaser, mina)
    assert signed_in(mina).get(case_url(case)).status_code == 200
    assert sara_client.post(f"{person_url(mina)}roles/{role_of(mina).pk}/").status_code == 303
    assert signed_in(mina).get(case_url(case)).status_code == 404, "the own role is over"
    given = sara_client.post(person_url(mina), {"act": "role", "role--role": "inspector"})
    assert given.status_code == 303
    as_inspector = signed_in(mina)
    assert as_inspector.get(case_url(case)).status_code == 200
    assert Inspection.objects.filter(user=mina, case_code=case.code).exists(), "the reading is written down"
    assert as_inspector.post(f"{case_url(case)}notes/", {"inside--text": "یادداشت"}).status_code == 403


def test_what_only_the_operator_gives_is_not_lent(
    sara_client: Client, sara: User, mina: User, agency: Agency
) -> None:
    omid = make_member(agency, "omid", "امید صادقی", Role.PROVINCE_OFFICER)
    assert name_deputy(sara_client, omid, mina).status_code == 303
    assert signed_in(omid).get("/desk/markazi-roads/admin/calendar/province/").status_code == 200
    assert signed_in(mina).get("/desk/markazi-roads/admin/calendar/province/").status_code == 403


def test_nobody_gives_oneself_a_role_or_a_colleague_s(
    sara_client: Client, sara: User, yaser: User, case: Case
) -> None:
    refused = name_deputy(sara_client, yaser, sara)
    assert (refused.status_code, "به خودش سمت یا جانشینی نمی‌دهد" in text_of(refused)) == (422, True)
    refused = sara_client.post(person_url(sara), {"act": "role", "role--role": "director"})
    assert (refused.status_code, "به خودش سمت یا جانشینی نمی‌دهد" in text_of(refused)) == (422, True)
    own = {"username": "sara", "full_name": "سارا قنبری", "role": "expert"}
    assert sara_client.post(f"{ADMIN}people/new/", own).status_code == 422
    assert sara.memberships.count() == 1


def test_who_is_away_is_given_nothing_and_the_lists_say_so(
    sara_client: Client,
    sara: User,
    babak: User,
    babak_client: Client,
    nasrin: User,
    yaser: User,
    case: Case,
    as_babak: Staff,
) -> None:
    offered = f'<option value="{nasrin.pk}">'
    assert offered in babak_client.get(case_url(case)).content.decode()
    assert sara_client.post(person_url(nasrin), stretch("absence")).status_code == 303
    assert offered not in babak_client.get(case_url(case)).content.decode()
    seen = {"inside--to": str(nasrin.pk), "seen": "1"}
    assert babak_client.post(f"{case_url(case)}assignment/", seen).status_code == 422
    assign(
        case, to=nasrin.pk, by=Staff(nasrin.pk, "نسرین", case.agency_id, frozenset({Role.EXPERT})), at=NOON
    )
    assert "نسرین کاظمی (مرخصی)" in text_of(babak_client.get("/desk/markazi-roads/"))
    head = signed_in(yaser)
    assert "با نسرین کاظمی است و تا پایان دوشنبه ۲ آذر در مرخصی" in text_of(head.get(case_url(case)))
    ended = nasrin.absences.get()
    assert sara_client.post(f"{person_url(nasrin)}absences/{ended.pk}/").status_code == 303
    assert "(مرخصی)" not in text_of(babak_client.get("/desk/markazi-roads/"))
