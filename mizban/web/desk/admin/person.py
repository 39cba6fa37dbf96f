"""One person: the facts, the roles, deputies and absences, what was done; and the forms that change them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpResponse

from mizban.core.declarations.fields import Field, Option
from mizban.core.events.models import Event
from mizban.core.people.models import Absence, Deputyship, Membership, User
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.staffing import absences, people
from mizban.office.staffing.recording import PERSON

from ..forms import Form, done, form_of
from .officers import as_officer, begins, day_typed, ends, known_id, officer, sheet_of, step
from .people import MOBILE, NAME, PHONE, TITLE
from .posts import POST_FIELDS, post_of, post_questions
from .telling import told

STRETCH = (Field("from_on", "date", "از روز"), Field("until_on", "date", "تا پایان روز"))
FACTS = (NAME, MOBILE, PHONE)
MOST_TOLD = 30
Act = Callable[[DeskRequest, User, dict[str, Any]], object]


@officer
def show(request: DeskRequest, person_id: int) -> HttpResponse:
    """Everything about somebody of this office; a POST names by `act` which of the page's forms it is."""
    person = person_of(request, person_id)
    forms = _forms(request, person)
    for name, act in ACTS.items():
        form = forms[name]
        if form.answers is not None:
            try:
                act(request, person, form.answers)
                return done(request, "admin-person", person.pk, said=WORDS[name])
            except Refusal as refusal:
                forms[name] = form.refused(refusal)
    return _page(request, person, forms)


@officer
def end_role(request: DeskRequest, person_id: int, role_id: int) -> HttpResponse:
    """End a role now, by a button of the page."""
    person = person_of(request, person_id)
    held = request.agency.memberships.filter(user=person, pk=known_id(role_id)).select_related("user", "unit")
    return _ended(request, person, held.lasting(request.now).first(), people.end)


@officer
def end_absence(request: DeskRequest, person_id: int, absence_id: int) -> HttpResponse:
    """Back at the desk."""
    person = person_of(request, person_id)
    rows = Absence.objects.filter(agency=request.agency, person=person, until_at__gt=request.now)
    return _ended(request, person, rows.filter(pk=known_id(absence_id)).first(), absences.end)


@officer
def end_deputy(request: DeskRequest, person_id: int, deputy_id: int) -> HttpResponse:
    """The colleague stands in no more."""
    person = person_of(request, person_id)
    rows = Deputyship.objects.filter(agency=request.agency, person=person, until_at__gt=request.now)
    return _ended(request, person, rows.filter(pk=known_id(deputy_id)).first(), absences.end)


def person_of(request: DeskRequest, person_id: int) -> User:
    """Somebody who has or had a role at this office. Raises NotFound."""
    found = people.people_of(request.agency).filter(pk=known_id(person_id)).first()
    if found is None:
        raise NotFound
    return found


def _ended(request: DeskRequest, person: User, it: Any, end: Callable[..., None]) -> HttpResponse:
    if it is None:
        raise NotFound
    if request.method != "POST":
        return done(request, "admin-person", person.pk, said="")
    try:
        end(it, by=as_officer(request), at=request.now)
    except Refusal as refusal:
        forms = _forms(request, person)
        forms["facts"] = forms["facts"].refused(refusal)
        return _page(request, person, forms)
    return done(request, "admin-person", person.pk, said="ended")


def _forms(request: DeskRequest, person: User) -> dict[str, Form]:
    others = people.people_of(request.agency).filter(people.now_at(request.agency, at=request.now))
    options = tuple(Option(str(each.pk), each.full_name) for each in others.exclude(pk=person.pk))
    deputy = Field("deputy", "unit", "چه کسی جانشین است؟", options=options)
    form = partial(form_of, request)
    return {
        "facts": form(FACTS, {each.name: getattr(person, each.name) for each in FACTS}, act="facts"),
        "role": form(post_questions(request, POST_FIELDS), act="role"),
        "absence": form(STRETCH, act="absence"),
        "deputy": form((deputy, *STRETCH), act="deputy"),
    }


def _correct(request: DeskRequest, person: User, answers: dict[str, Any]) -> None:
    people.correct(
        request.agency,
        person,
        name=answers["full_name"],
        mobile=answers.get("mobile", ""),
        phone=answers.get("phone", ""),
        by=as_officer(request),
        at=request.now,
    )


def _give(request: DeskRequest, person: User, answers: dict[str, Any]) -> None:
    post = post_of(request, answers)
    people.give(request.agency, person, post, by=as_officer(request), at=request.now)


def _note(request: DeskRequest, person: User, answers: dict[str, Any]) -> None:
    absences.note(request.agency, person, **_stretch(answers), by=as_officer(request), at=request.now)


def _name_deputy(request: DeskRequest, person: User, answers: dict[str, Any]) -> None:
    deputy = person_of(request, int(answers["deputy"]))
    absences.name_deputy(
        request.agency, person, deputy, **_stretch(answers), by=as_officer(request), at=request.now
    )


def _stretch(answers: dict[str, Any]) -> dict[str, datetime]:
    from_on, until_on = day_typed(answers, "from_on"), day_typed(answers, "until_on")
    assert from_on and until_on  # noqa: S101, PT018  # both are required
    return {"from_at": begins(from_on), "until_at": ends(until_on)}


ACTS: dict[str, Act] = {"facts": _correct, "role": _give, "absence": _note, "deputy": _name_deputy}
WORDS = {"facts": "kept", "role": "given", "absence": "added", "deputy": "added"}


def _page(request: DeskRequest, person: User, forms: dict[str, Form]) -> HttpResponse:
    wrong = next((name for name, form in forms.items() if form.is_refused), "")
    agency, now = request.agency, request.now
    held = agency.memberships.filter(user=person).select_related("unit").order_by("-until_at", "id")
    stretches = Q(agency=agency, until_at__gt=now)
    return sheet_of(
        request,
        "person.html",
        forms[wrong or "facts"],
        title=person.full_name,
        above=(step(request, TITLE, "admin-people"),),
        person=person,
        forms={name: form.bounds for name, form in forms.items()},
        opened=wrong,
        roles=_roles(list(held), now),
        lasts=any(each.until_at is None or each.until_at > now for each in held),
        is_ours=people.answers_for(agency, person, at=now),
        absences=Absence.objects.filter(stretches, person=person),
        deputies=Deputyship.objects.filter(stretches, person=person).select_related("deputy"),
        stands_in=Deputyship.objects.filter(stretches, deputy=person).select_related("person"),
        events=[told(each) for each in _events(request, person)],
        last_day=last_day,
    )


def _roles(held: list[Membership], now: datetime) -> list[tuple[Membership, str, bool]]:
    """Each role with how it stands, those that last first, and whether it can be ended."""
    found = []
    for each in held:
        if each.holds(now):
            found.append((each, "now", True))
        elif each.until_at is None or each.until_at > now:
            found.append((each, "future", True))
        else:
            found.append((each, "past", False))
    return sorted(found, key=lambda row: ("now", "future", "past").index(row[1]))


def _events(request: DeskRequest, person: User) -> list[Event]:
    """What was done about the person at this office, the newest first."""
    about = Event.objects.about(PERSON, person.pk).filter(agency=request.agency)
    return list(about.order_by("-number")[:MOST_TOLD])


def last_day(until_at: datetime) -> date:
    """The last day inside a stretch that ends before `until_at`."""
    return local(until_at - timedelta(microseconds=1)).date()
