"""What the office sets about its breaches: the new date's budget, the thresholds, the superiors of each unit."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse

from mizban.core.agencies.models import Unit
from mizban.core.declarations.fields import Field, Option
from mizban.core.events.journal import append
from mizban.core.people.models import Membership, Role
from mizban.kit.requests import DeskRequest
from mizban.lib.text import persian_digits
from mizban.office.breaches.models import Policy, Superior
from mizban.office.breaches.superiors import LEVELS

from ..finding import member
from ..forms import Form, done, form_of
from .frame import SETTERS, breach_page

BUDGET = (
    Field(
        "again_within",
        "number",
        "موعد تازه، چند روز کاری پس از دیرکرد؟",
        help="در پوزش‌نامهٔ هر پروندهٔ دیرشده همین گفته می‌شود.",
        least=1,
        most=30,
    ),
    Field("near_minutes", "number", "توقف تا چند دقیقهٔ کاری پیش از موعد نشانه است؟", least=1, most=450),
    Field("reopened_days", "number", "باز کردن دوباره تا چند روز پس از بستن؟", least=1, most=90),
    Field("mass", "number", "دست‌کم چند توقف یک همکار در پایان یک روز؟", least=2, most=100),
    Field("closing_minutes", "number", "پایان روز یعنی چند دقیقهٔ آخر؟", least=5, most=120),
)
ABOVE = "above"
WORDS = {1: "نخستین دیرکرد به", 2: "گذشتن موعد تازه به"}
EVERY = "every"
SAID = {"kept": "نگه داشته شد."}
PERSON = "p"


@member(*sorted(SETTERS))
def show(request: DeskRequest) -> HttpResponse:
    """One form for the budget and thresholds, and the superiors: of every unit, or of one."""
    policy = Policy.of(request.agency.pk)
    superiors = _superiors(request)
    form = form_of(request, (*BUDGET, *superiors), _present(request, policy))
    if form.answers is not None:
        _keep(request, form.answers, superiors)
        return done(request, "breach-settings", said="kept")
    return _sheet(request, form)


def _sheet(request: DeskRequest, form: Form) -> HttpResponse:
    bounds = form.bounds
    return breach_page(
        request,
        "settings.html",
        title="تنظیم پیامد دیرکرد",
        part="settings",
        status=422 if form.is_refused else 200,
        budget=bounds[:1],
        thresholds=bounds[1 : len(BUDGET)],
        superiors=bounds[len(BUDGET) :],
        bounds=bounds,
        errors=form.errors,
        said=SAID.get(request.GET.get("done", ""), ""),
    )


def _superiors(request: DeskRequest) -> tuple[Field, ...]:
    """For all units and for each, a superior of each level; left empty, roles say it."""
    held = Membership.objects.filter(agency=request.agency, role__in=(Role.HEAD, Role.DIRECTOR))
    leading = held.filter(user__is_active=True).lasting(request.now).select_related("user", "unit")
    people = {f"{PERSON}{each.user_id}": f"{each.user.full_name}، {each.spoken}" for each in leading}
    options = [Option(value, label) for value, label in people.items()]
    if request.agency.parent:
        options.append(Option(ABOVE, f"دستگاه بالادست، {request.agency.parent.short_name}"))
    units = Unit.objects.filter(agency=request.agency, is_active=True)
    places = [(EVERY, "همهٔ واحدها"), *((str(unit.pk), unit.name) for unit in units)]
    return tuple(
        Field(f"{key}-{level}", "unit", f"{name}: {WORDS[level]}", options=tuple(options), required=False)
        for key, name in places
        for level in LEVELS
    )


def _present(request: DeskRequest, policy: Policy) -> dict[str, Any]:
    rows = Superior.objects.filter(agency=request.agency)
    named = {
        f"{row.unit_id or EVERY}-{row.level}": ABOVE if row.is_above else f"{PERSON}{row.person_id}"
        for row in rows
    }
    return {field.name: persian_digits(getattr(policy, field.name)) for field in BUDGET} | named


@transaction.atomic
def _keep(request: DeskRequest, answers: dict[str, Any], superiors: tuple[Field, ...]) -> None:
    """All of it anew, on the record of the agency."""
    agency = type(request.agency).objects.select_for_update().get(pk=request.agency.pk)
    budget = {field.name: answers[field.name] for field in BUDGET}
    Policy.objects.update_or_create(agency=agency, defaults=budget)
    Superior.objects.filter(agency=agency).delete()
    chosen = {field.name: answers[field.name] for field in superiors if answers.get(field.name)}
    for name, value in chosen.items():
        unit, level = name.split("-")
        Superior.objects.create(
            agency=agency,
            unit_id=None if unit == EVERY else int(unit),
            level=int(level),
            person_id=None if value == ABOVE else int(value.removeprefix(PERSON)),
            is_above=value == ABOVE,
        )
    facts = budget | {"superiors": chosen}
    append(agency.pk, ("agency", agency.pk), "breach-policy-set", facts, by=request.actor, at=request.now)
