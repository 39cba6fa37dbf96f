"""Every offering over HTTP, from the portal's form to the answer: each party at its own desk, the applicant by code."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from mizban.config.demo.offices import load_offices
from mizban.core.cases.models import Case, Offering
from mizban.core.cases.steps.mending import form_of
from mizban.core.declarations.fields import Field
from mizban.core.declarations.kinds import KINDS
from mizban.core.people.models import User
from mizban.kit.forms import PARTS
from tests.conftest import signed_in
from tests.desk.conftest import NOON, codes_shown, text_of
from tests.kit.markup import read
from tests.portal.test_every_service import on, typed_for, upload
from tests.portal.walking import heading, press
from tests.standing import standing

from .journeys import APPLICANT, JOURNEYS, UNHAPPY, Journey, Taken

REVIEW = "بازبینی و ثبت"
# Somebody of an agency that is a party to none of these cases.
STRANGER = "hossein"
IN_TIME, LATE = "در مهلت پاسخ داده شد", "دیر پاسخ داده شد"
each_service = pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.service)


@pytest.fixture(scope="module")
def offices(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo's offices with everybody at their desks."""
    with standing(django_db_blocker):
        load_offices(at=NOON)
        yield


@pytest.fixture
def clock(offices: None, db: None) -> Iterator[time_machine.Traveller]:
    """Saturday noon in these offices."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def file(journey: Journey) -> tuple[Case, str]:
    """A guest fills the form page by page; the case and the password of the receipt."""
    client = Client()
    offering = Offering.objects.get(agency__slug=journey.office, slug=journey.service)
    address = f"/{journey.office}/services/{journey.service}/apply/"
    typed = {**typed_for(offering, **journey.changes), **journey.applicant}
    page = client.get(address)
    intent = "next" if offering.declaration.pages else "review"
    for _ in range(8):
        page = press(client, address, page, intent, **on(page, typed))
        assert page.status_code == 200, text_of(page)
        if heading(page) == REVIEW:
            break
    assert heading(page) == REVIEW, text_of(page)
    done = press(client, address, page, "file", **ticked(page))
    assert done.status_code == 303, text_of(done)
    code, password = codes_shown(client.get(done["Location"]))
    return Case.objects.get(code="".join(code.split())), "".join(password.split())


def ticked(page: Any) -> dict[str, str]:
    """Everything the review asks to be accepted."""
    boxes = [each for each in read(page.content.decode()) if each.attributes.get("type") == "checkbox"]
    return {each["name"]: each["value"] for each in boxes}


def desk(username: str, case: Case) -> tuple[Client, str]:
    """Somebody signed in, and the address of the case at the desk of their agency."""
    user = User.objects.get(username=username)
    membership = user.memberships.select_related("agency").get()
    return signed_in(user), f"/desk/{membership.agency.slug}/cases/{case.code}/"


def tracked(case: Case, password: str) -> tuple[Client, Any]:
    """The applicant's browser after code and password, and the page it shows."""
    client = Client()
    response = client.post("/track/", {"code": case.code, "password": password}, follow=True)
    return client, response


def take(case: Case, password: str, taken: Taken) -> None:
    """Take a step with the form the page offers, whoever's turn it is."""
    if taken.who == APPLICANT:
        client, page = tracked(case, password)
    else:
        client, address = desk(taken.who, case)
        page = client.get(address)
    assert page.status_code == 200, f"{taken.who} does not see the case before {taken.step}"
    action, sent = form_on(page, taken.step)
    case = Case.objects.get(pk=case.pk)
    for field in form_of(case, case.declaration.steps[taken.step]):
        sent |= typed_in(field, taken, sent)
    done = client.post(action, {name: value for name, value in sent.items() if value is not None})
    assert done.status_code == 303, f"{taken.step}: {text_of(done)}"


def form_on(page: Any, step: str) -> tuple[str, dict[str, Any]]:
    """Where the step's form is sent, with its hidden values; None for what is still to be typed."""
    action, sent = "", dict[str, Any]()
    for each in read(page.content.decode()):
        form = next((outer for outer in each.inside if outer.tag == "form"), None)
        if form is None or not form.attributes.get("action", "").endswith(f"/steps/{step}/"):
            continue
        action = form["action"]
        if each.tag in ("input", "select", "textarea") and each.attributes.get("name"):
            hidden = each.attributes.get("type") == "hidden"
            sent[each["name"]] = each.attributes.get("value", "") if hidden else None
    assert action, f"no form for {step} on: {text_of(page)}"
    return action, sent


def typed_in(field: Field, taken: Taken, names: dict[str, Any]) -> dict[str, Any]:
    """What is typed for one question, under the names its controls have on the page."""

    def named(control: str) -> str:
        return next(name for name in names if name == control or name.endswith(f"-{control}"))

    if KINDS[field.kind].is_file:
        return {named(field.name): upload(field.formats)} if field.required else {}
    value = taken.answers.get(field.name)
    if value is None:
        return {}
    if field.kind in PARTS:
        return {named(f"{field.name}__{part}"): value[part] for part in PARTS[field.kind]}
    return {named(field.name): value}


def others(journey: Journey) -> dict[str, int]:
    """People of other agencies who act in the journey, each with the place of the step that brings them in."""
    inside = User.objects.filter(memberships__agency__slug=journey.office)
    people = {taken.who for taken in journey.steps} - {APPLICANT, *inside.values_list("username", flat=True)}
    return {who: journey.brought(who) for who in people}


def assert_seen_only_when_brought(journey: Journey, case: Case, place: int) -> None:
    """Before the step at `place`: an agency finds the case once a step brought it in, a stranger never."""
    for who, brought in (others(journey) | {STRANGER: len(journey.steps)}).items():
        client, address = desk(who, case)
        assert client.get(address).status_code == (200 if place > brought else 404), (who, place)


@each_service
def test_an_offering_from_its_form_to_its_answer(clock: time_machine.Traveller, journey: Journey) -> None:
    case, password = file(journey)
    now = NOON
    for place, taken in enumerate(journey.steps):
        assert_seen_only_when_brought(journey, case, place)
        now += timedelta(days=taken.after, minutes=1)
        clock.move_to(now)
        take(case, password, taken)
    assert_seen_only_when_brought(journey, case, len(journey.steps))
    case.refresh_from_db()
    assert (case.state, case.was_in_time) == (journey.state, journey.in_time)
    page = text_of(tracked(case, password)[1])
    assert journey.said in page
    assert case.declaration.states[journey.state].label in page
    assert bool(others(journey)) is (journey.office == "eaz-economy"), (
        "all but the service desk have other parties"
    )
    assert (IN_TIME in page, LATE in page) == (journey.in_time, not journey.in_time), page


@pytest.mark.parametrize("journey", UNHAPPY, ids=lambda journey: journey.service)
def test_what_goes_wrong_with_an_offering(clock: time_machine.Traveller, journey: Journey) -> None:
    """Something is missing and asked again, a party says no, an answer is objected to and decided by somebody else."""
    case, password = file(journey)
    now = NOON
    for taken in journey.steps:
        now += timedelta(days=taken.after, minutes=1)
        clock.move_to(now)
        take(case, password, taken)
    case.refresh_from_db()
    assert case.state == journey.state
    assert journey.said in text_of(tracked(case, password)[1])


@each_service
def test_nobody_of_another_agency_takes_the_first_step(
    clock: time_machine.Traveller, journey: Journey
) -> None:
    case, _ = file(journey)
    client, address = desk(STRANGER, case)
    refused = client.post(f"{address}steps/{journey.first.step}/", {"seen": "1", "token": "t" * 22})
    assert refused.status_code == 404
    assert Case.objects.get(pk=case.pk).state == case.state
