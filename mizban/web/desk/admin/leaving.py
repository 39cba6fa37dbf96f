"""Somebody leaves the office; somebody forgot the password."""

from django.http import HttpResponse

from mizban.core.cases.inhouse.assigning import away
from mizban.core.declarations.fields import Field, Option
from mizban.core.people.models import User
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.requests import DeskRequest
from mizban.office.staffing import leaving, passwords, people

from ..forms import done, form_of
from .jobs import hand_over_desk
from .officers import as_officer, officer, sheet_of, step
from .people import TITLE, handed_over
from .person import person_of

TO_UNITS = "units"
SURE = Field("sure", "declaration", "می‌دانم که سمت‌ها، نشست‌ها و کلیدهای برنامه همین حالا بسته می‌شود.")
CHECKED = Field("checked", "declaration", "هویت همکار را حضوری یا با شمارهٔ ثبت‌شده بررسی کردم.")


@officer
def leave(request: DeskRequest, person_id: int) -> HttpResponse:
    """«ترک خدمت», with whom the open cases go to."""
    person = person_of(request, person_id)
    if not request.agency.memberships.filter(user=person).lasting(request.now).exists():
        raise NotFound
    count = leaving.open_cases(request.agency, person).count()
    fields = (_heir(request, person), SURE) if count else (SURE,)
    form = form_of(request, fields)
    if form.answers is not None:
        chosen = form.answers.get("heir", TO_UNITS)
        heir = None if chosen == TO_UNITS else person_of(request, int(chosen))
        by = as_officer(request)
        try:
            left = leaving.leave(request.agency, person, heir=heir, by=by, at=request.now)
            hand_over_desk(request.agency, person, heir, count=left, by=by, at=request.now)
            return done(request, "admin-person", person.pk, said="left")
        except Refusal as refusal:
            form = form.refused(refusal)
    title = f"ترک خدمت {person.full_name}"
    return sheet_of(request, "leaving.html", form, title=title, above=_above(request, person), count=count)


@officer
def password(request: DeskRequest, person_id: int) -> HttpResponse:
    """A one-time password, shown this once; every session of the person ends."""
    person = person_of(request, person_id)
    form = form_of(request, (CHECKED,))
    if form.answers is not None:
        try:
            made = passwords.hand_over(request.agency, person, by=as_officer(request), at=request.now)
            return handed_over(request, person, made)
        except Refusal as refusal:
            form = form.refused(refusal)
    title = f"گذرواژهٔ تازه برای {person.full_name}"
    return sheet_of(request, "password.html", form, title=title, above=_above(request, person))


def _heir(request: DeskRequest, person: User) -> Field:
    """Who takes the open cases over: a colleague who works on cases and is here, or each case's own unit."""
    working = people.workers_of(request.agency, at=request.now).exclude(pk=person.pk)
    gone = away(request.agency.pk, at=request.now)
    options = [Option(str(each.pk), each.full_name) for each in working if each.pk not in gone]
    return Field(
        "heir",
        "unit",
        "پرونده‌های باز به چه کسی برسد؟",
        options=(Option(TO_UNITS, "صف واحد هر پرونده؛ هنوز با کسی نباشد"), *options),
    )


def _above(request: DeskRequest, person: User) -> tuple[tuple[str, str], ...]:
    return step(request, TITLE, "admin-people"), step(request, person.full_name, "admin-person", person.pk)
