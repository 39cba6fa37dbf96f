"""Sara keeps the staff: who comes, which role from when, who leaves, who forgot the password."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mizban.core.agencies.models import Agency
from mizban.core.cases.inhouse.assigning import assign
from mizban.core.cases.models import Case
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership, Role, User
from mizban.web.api import tokens
from tests.conftest import PASSWORD, make_member, signed_in
from tests.desk.conftest import NOON, text_of

from .conftest import ADMIN, person_url, role_of

NEW = {"username": "m.rezaei", "full_name": "محمد رضایی", "role": "expert", "unit": "housing"}
OWN = "گل-باران-کاغذ-۱۲"


def add(client: Client, **changes: str) -> Any:
    return client.post(f"{ADMIN}people/new/", NEW | changes)


def password_on(page: Any) -> str:
    shown = re.search(r'class="code latin big">([\w-]+)</bdi>', page.content.decode())
    assert shown, "no password on the page"
    return shown[1]


def sign_in(password: str, username: str = "m.rezaei") -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/desk/sign-in/", {"username": username, "password": password})


def test_a_new_clerk_comes_in_once_and_chooses_a_password(sara_client: Client, sara: User) -> None:
    handed = password_on(add(sara_client))
    person, sent = sign_in(handed)
    assert sent["Location"] == "/desk/password/"
    assert person.get("/desk/markazi-roads/")["Location"] == "/desk/password/"
    assert sign_in(handed)[1].status_code == 422, "a one-time password opens once"
    refused = person.post("/desk/password/", {"password": "123456789012", "again": "1"})
    assert (refused.status_code, "دو جا نیاز به اصلاح" in text_of(refused)) == (422, True)
    assert person.post("/desk/password/", {"password": OWN, "again": OWN})["Location"] == "/desk/"
    assert "کارشناس ادارهٔ مسکن" in text_of(person.get("/desk/markazi-roads/"))
    assert sign_in(OWN)[1]["Location"] == "/desk/"


def test_a_password_nobody_used_for_three_days_is_none(sara_client: Client, sara: User) -> None:
    handed = password_on(add(sara_client))
    for days in (3, 4):
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            assert "گذشته است" in text_of(sign_in(handed)[1]), "at the very instant it is over, too"
    with time_machine.travel(NOON + timedelta(days=3, seconds=-1), tick=False):
        assert sign_in(handed)[1]["Location"] == "/desk/password/"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "محمد"}, "حرف لاتین کوچک"),
        ({"username": "babak"}, "نام کاربری از آن کس دیگری است"),
        ({"role": "site_officer"}, "واحد را خالی بگذارید"),
        ({"role": "province_officer"}, "یکی از گزینه‌های فهرست"),
        ({"unit": "elsewhere"}, "یکی از گزینه‌های فهرست"),
        ({"from_on": "1405/09/10", "until_on": "1405/09/01"}, "پایان باید از امروز به بعد باشد"),
        ({"full_name": "", "role": "", "mobile": "12"}, "سه جا نیاز به اصلاح دارد"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(
    sara_client: Client, sara: User, babak: User, changes: dict[str, str], said: str
) -> None:
    refused = add(sara_client, **changes)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert User.objects.count() == 2


def test_somebody_from_elsewhere_keeps_the_own_password(sara_client: Client, sara: User, dara: User) -> None:
    added = add(sara_client, username="dara", full_name="دارا نوري")
    assert added["Location"] == f"{person_url(dara)}?done=done"
    assert dara.memberships.count() == 2
    page = sara_client.get(person_url(dara))
    assert "حساب این همکار با دستگاه دیگری است" in text_of(page)
    assert sara_client.post(f"{person_url(dara)}password/", {"checked": "yes"}).status_code == 422
    dara.refresh_from_db()
    assert dara.check_password(PASSWORD)


def test_a_role_begins_and_ends_on_its_days(sara_client: Client, sara: User) -> None:
    add(sara_client, from_on="۱۴۰۵/۰۹/۰۲", until_on="۱۴۰۵/۰۹/۰۳")
    User.objects.update(must_renew=False)
    clerk = User.objects.get(username="m.rezaei")
    for days, status in ((0, 404), (2, 200), (3, 200), (4, 404)):
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            assert signed_in(clerk).get("/desk/markazi-roads/").status_code == status, days
    assert "آینده" in text_of(sara_client.get(person_url(User.objects.get(username="m.rezaei"))))


def test_nobody_holds_a_role_twice_with_or_without_a_unit(sara: User, babak: User) -> None:
    for held in (sara.memberships.get(), babak.memberships.get()):
        held.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            held.save(force_insert=True)


def test_the_last_site_officer_stays(sara_client: Client, sara: User, agency: Agency) -> None:
    ending = f"{person_url(sara)}roles/{role_of(sara).pk}/"
    assert "تنها مسئول سایت" in text_of(sara_client.post(ending))
    assert "تنها مسئول سایت" in text_of(sara_client.post(f"{person_url(sara)}leaving/", {"sure": "yes"}))
    make_member(agency, "omid", "امید صادقی", Role.SITE_OFFICER)
    assert sara_client.post(ending).status_code == 303
    assert sara_client.get(ADMIN).status_code == 404


def test_who_leaves_is_out_at_once_and_the_cases_go_on(
    sara_client: Client, sara: User, babak: User, nasrin: User, case: Case, as_babak: Staff, agency: Agency
) -> None:
    assign(case, to=babak.pk, by=as_babak, at=NOON)
    at_desk, token = signed_in(babak), tokens.issue(babak, agency, at=NOON)
    page = sara_client.get(f"{person_url(babak)}leaving/")
    assert "۱ پروندهٔ باز" in text_of(page)
    left = sara_client.post(f"{person_url(babak)}leaving/", {"heir": str(nasrin.pk), "sure": "yes"})
    assert left.status_code == 303
    assert at_desk.get("/desk/markazi-roads/").status_code == 302, "the session is closed"
    assert tokens.holder(token) is None
    case.refresh_from_db()
    assert case.assignee == nasrin
    last = case.events.last()
    assert last is not None
    assert (last.kind, last.actor_id, last.facts["assignee_name"]) == ("assigned", sara.pk, "نسرین کاظمی")
    assert "ترک خدمت را ثبت کرد؛ ۱ پروندهٔ باز به نسرین کاظمی رسید." in text_of(
        sara_client.get(person_url(babak))
    )
    assert sara_client.get(f"{person_url(babak)}leaving/").status_code == 404, "once is enough"


def test_who_left_comes_back_with_a_new_password_only(sara_client: Client, sara: User, babak: User) -> None:
    assert sara_client.post(f"{person_url(babak)}leaving/", {"sure": "yes"}).status_code == 303
    sara_client.post(f"{person_url(babak)}password/", {"checked": "yes"})
    babak.refresh_from_db()
    assert not babak.is_active, "a password alone lets nobody back in"
    given = sara_client.post(person_url(babak), {"act": "role", "role--role": "expert"})
    assert given.status_code == 303
    assert sign_in(PASSWORD, "babak")[1].status_code == 422
    handed = password_on(sara_client.post(f"{person_url(babak)}password/", {"checked": "yes"}))
    assert sign_in(handed, "babak")[1]["Location"] == "/desk/password/"


def test_a_forgotten_password_is_replaced_and_every_session_ends(
    sara_client: Client, sara: User, babak: User, babak_client: Client, agency: Agency
) -> None:
    token = tokens.issue(babak, agency, at=NOON)
    handed = password_on(sara_client.post(f"{person_url(babak)}password/", {"checked": "yes"}))
    assert babak_client.get("/desk/markazi-roads/").status_code == 302
    assert sign_in(PASSWORD, "babak")[1].status_code == 422
    assert sign_in(handed, "babak")[1]["Location"] == "/desk/password/"
    assert tokens.holder(token) is None, "whoever stole the password may have made it"
    event = Event.objects.about("person", babak.pk).last()
    assert event is not None
    assert (event.kind, event.actor_id) == ("password-handed-over", sara.pk)


def test_everybody_sees_and_ends_the_tokens_in_the_own_name(
    babak_client: Client, babak: User, sara: User, agency: Agency
) -> None:
    assert "کلیدهای برنامه" not in text_of(babak_client.get("/desk/password/"))
    mine, hers = tokens.issue(babak, agency, at=NOON), tokens.issue(sara, agency, at=NOON)
    assert "کلیدهای برنامه" in text_of(babak_client.get("/desk/password/"))
    assert babak_client.post("/desk/password/", {"act": "revoke"})["Location"] == "/desk/password/"
    assert tokens.holder(mine) is None
    assert tokens.holder(hers) is not None


def test_everybody_changes_the_own_password_and_nobody_guesses_it(babak_client: Client, babak: User) -> None:
    wrong = {"current": "x", "password": OWN, "again": OWN}
    for _ in range(10):
        assert babak_client.post("/desk/password/", wrong).status_code == 422
    assert babak_client.post("/desk/password/", wrong).status_code == 429
    with time_machine.travel(NOON + timedelta(minutes=16), tick=False):
        elsewhere = signed_in(babak)
        assert babak_client.post("/desk/password/", wrong | {"current": PASSWORD}).status_code == 302
        assert babak_client.get("/desk/markazi-roads/").status_code == 200
        assert elsewhere.get("/desk/markazi-roads/").status_code == 302


def test_people_are_found_by_name_and_those_of_others_never(
    sara_client: Client, sara: User, babak: User, dara: User
) -> None:
    found = text_of(sara_client.post(f"{ADMIN}people/", {"q": "بابک"}))
    assert ("بابک امینی" in found, "سارا قنبری، کارشناس" in found) == (True, False)
    assert "دارا نوری" not in text_of(sara_client.get(f"{ADMIN}people/?every=1"))
    for page in ("", "leaving/", "password/"):
        assert sara_client.get(f"{person_url(dara)}{page}").status_code == 404
        assert (
            sara_client.post(f"{person_url(dara)}{page}", {"sure": "yes", "checked": "yes"}).status_code
            == 404
        )


def test_the_list_costs_no_query_per_person(
    sara_client: Client, sara: User, agency: Agency, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        sara_client.get(f"{ADMIN}people/")
    for number in range(10):
        make_member(agency, f"clerk{number}", f"کارشناس {number}", Role.EXPERT, "roads")
    with django_assert_num_queries(len(few)):
        sara_client.get(f"{ADMIN}people/")


def test_clerks_are_not_let_in(babak_client: Client, babak: User, sara: User) -> None:
    for page in ("", "people/", "office/", "units/", "calendar/week/", "calendar/closures/", "inspections/"):
        assert babak_client.get(ADMIN + page).status_code == 403, page
    assert babak_client.get(f"{ADMIN}calendar/").status_code == 200, "everybody looks at the calendar"
    assert Membership.objects.count() == 2
