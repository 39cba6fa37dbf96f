"""The detector: what looks like a game with the clock is noted once, and said as a sign; over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Offering, ServiceVersion
from mizban.core.cases.models.services import hash_of
from mizban.core.people.actors import PUBLIC, Guest, Staff
from mizban.core.people.models import Role, User
from mizban.office.breaches.models import Policy, Sign, Superior
from mizban.office.breaches.watching import watch
from tests.conftest import MARYAM, SATURDAY, make_member, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ITEM = {"item": "تصویر سند"}
HERE = "/desk/markazi-roads/breaches/"


def found(case: Case) -> list[tuple[str, int]]:
    while watch(at=SATURDAY + 30 * DAY):
        pass
    return list(Sign.objects.filter(case=case).order_by("number", "kind").values_list("kind", "measure"))


def supply(case: Case, at: Any) -> None:
    case.take("supply", by=Guest(case.pk), at=at, answers={"note": "فرستادم."})


def test_an_honest_return_is_no_sign(case: Case, as_babak: Staff) -> None:
    case.take("return", by=as_babak, at=SATURDAY + HOUR, answers=ITEM)
    supply(case, SATURDAY + DAY)
    assert found(case) == []


def test_a_pause_just_before_the_deadline_is_noted_with_its_minutes(case: Case, as_babak: Staff) -> None:
    assert case.due_at is not None
    case.take("return", by=as_babak, at=case.due_at - timedelta(minutes=20), answers=ITEM)
    assert ("near", 20) in found(case)


def test_what_was_supplied_and_is_asked_again_is_noted(case: Case, as_babak: Staff) -> None:
    case.take("return", by=as_babak, at=SATURDAY + HOUR, answers=ITEM)
    supply(case, SATURDAY + DAY)
    case.take("return", by=as_babak, at=SATURDAY + DAY + HOUR, answers=ITEM)
    assert found(case) == [("supplied", 1)]
    assert found(case) == [("supplied", 1)]


def test_who_stops_a_clock_and_starts_it_again_is_noted(case: Case, as_babak: Staff) -> None:
    case.take("return", by=as_babak, at=SATURDAY + HOUR, answers=ITEM)
    case.take(
        "supply_for", by=as_babak, at=SATURDAY + HOUR + timedelta(minutes=15), answers={"note": "آورد."}
    )
    assert found(case) == [("brief", 15)]


def test_the_director_and_the_inspector_read_it_and_a_clerk_does_not(
    open_case: Any, as_babak: Staff, babak: User, karim: User, agency: Any
) -> None:
    closing = SATURDAY + 4 * HOUR + timedelta(minutes=40)
    for minute in range(3):
        open_case().case.take("return", by=as_babak, at=closing + timedelta(minutes=minute), answers=ITEM)
    found(Case.objects.first())  # type: ignore[arg-type]
    javad = make_member(agency, "javad", "جواد طاهری", Role.INSPECTOR)
    with time_machine.travel(SATURDAY + 5 * DAY, tick=False):
        for reader in (karim, javad):
            page = signed_in(reader).get(f"{HERE}signs/?kind=mass").content.decode()
            assert "نشانه است، نه اتهام" in page
            assert page.count("بابک امینی") == 3
        assert signed_in(babak).get(f"{HERE}signs/").status_code == 403
        Policy.objects.create(agency=agency, mass=4)
        assert "بابک امینی" not in signed_in(karim).get(f"{HERE}signs/?kind=mass").content.decode()


def test_the_forecast_names_the_unit_the_day_and_what_would_help(
    case: Case, open_case: Any, babak: User
) -> None:
    open_case()
    assert case.due_at is not None
    with time_machine.travel(case.due_at - DAY - HOUR, tick=False):
        client = signed_in(babak)
        page = client.get(f"{HERE}forecast/").content.decode()
        said = "فردا ۲ پروندهٔ «ادارهٔ مسکن» دیر می‌شود، مگر ۲ پروندهٔ بی‌صاحب سپرده شود و روزی ۱ پاسخ بیشتر داده شود."
        assert said in page
        behind = f"{HERE}forecast/?unit={case.unit_id}&day={case.due_at:%Y-%m-%d}"
        assert case.code in client.get(behind).content.decode()


def test_the_site_officer_sets_the_budget_and_names_a_superior(
    sara_client: Any, babak_client: Any, karim: User, agency: Any
) -> None:
    unit = agency.units.get(slug="housing")
    typed = {
        "again_within": "5",
        "near_minutes": "30",
        "reopened_days": "10",
        "mass": "3",
        "closing_minutes": "60",
    }
    assert babak_client.get(f"{HERE}settings/").status_code == 403
    assert sara_client.post(f"{HERE}settings/", typed | {"again_within": "900"}).status_code == 422
    sent = sara_client.post(f"{HERE}settings/", typed | {f"{unit.pk}-1": f"p{karim.pk}"})
    assert sent.status_code == 303
    assert Policy.of(agency.pk).again_within == 5
    assert Superior.objects.get().person == karim
    assert "نگه داشته شد" in sara_client.get(sent["Location"]).content.decode()


LAX = """\
service: lax
title: خدمتی با گام‌های آزاد
applicants: [natural]
unit: housing
form: [{name: text, kind: text, label: شرح}]
states:
  filed: {label: در صف}
  waiting: {label: در انتظار, turn: applicant, clock: stopped}
  answered: {label: پاسخ داده شد, turn: nobody}
  closed: {label: بسته شد, turn: nobody, closed: true}
steps:
  hold: {label: نگه داشتن, by: expert, from: [filed], to: waiting, says: نگه داشته شد.}
  go_on: {label: ادامه, by: applicant, from: [waiting], to: filed, says: ادامه یافت.}
  close: {label: بستن, by: expert, from: [filed], to: closed, says: بسته شد.}
  reopen:
    label: باز کردن
    by: expert
    from: [closed]
    to: filed
    open_for: {within: 10, unit: working_days}
    says: باز شد.
  reply: {label: پاسخ, by: expert, from: [filed], to: answered, says: پاسخ دادیم.}
  end: {label: پایان, by: expert, from: [answered], to: closed, says: پایان یافت.}
targets:
  answer: {within: 10, unit: working_days, until: [reply]}
"""


def test_a_pause_that_names_nothing_and_a_closed_case_opened_again_are_noted(
    agency: Agency, as_babak: Staff
) -> None:
    # Nobody can publish such a service any more; one that was published before runs on.
    version = ServiceVersion.objects.create(
        slug="lax", number=1, content_hash=hash_of(LAX), source=LAX, published_at=SATURDAY
    )
    offering = Offering.objects.create(agency=agency, slug="lax", version=version)
    case = Case.open(offering, by=PUBLIC, applicant=MARYAM, answers={"text": "گواهی"}, at=SATURDAY).case
    case.take("close", by=as_babak, at=SATURDAY + HOUR)
    case.take("reopen", by=as_babak, at=SATURDAY + 3 * DAY)
    case.take("hold", by=as_babak, at=SATURDAY + 3 * DAY)
    assert found(case) == [("reopened", 2), ("unnamed", 0)]
