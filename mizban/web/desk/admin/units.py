"""The units of the office."""

from dataclasses import replace

from django.db.models import Count, Q
from django.http import HttpResponse

from mizban.core.agencies.models import Unit
from mizban.core.declarations.fields import Field, Option
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.requests import DeskRequest
from mizban.office.staffing import units
from mizban.office.staffing.refusals import LastUnit

from ..forms import Form, done, form_of
from .jobs import hand_over_unit
from .officers import as_officer, known_id, officer, sheet_of, step

TITLE = "واحدها"
FIELDS = (
    Field("name", "text", "نام واحد", min_length=2, max_length=100),
    Field("is_public", "yes_no", "متقاضی می‌تواند این واحد را برگزیند؟"),
)


@officer
def index(request: DeskRequest) -> HttpResponse:
    """All units with their open cases and people, and the form of a new one."""
    form = form_of(request, FIELDS, {"is_public": "yes"})
    if form.answers is not None:
        units.add(request.agency, **form.answers, by=as_officer(request), at=request.now)
        return done(request, "admin-units", said="added")
    counted = request.agency.units.annotate(
        open_cases=Count("cases", filter=Q(cases__is_open=True), distinct=True),
    )
    return sheet_of(request, "units.html", form, title=TITLE, units=counted.order_by("-is_active", "id"))


@officer
def edit(request: DeskRequest, unit_id: int) -> HttpResponse:
    """Rename a unit, offer it or not; open a closed one again."""
    unit = _unit(request, unit_id)
    if request.method == "POST" and request.POST.get("act") == "reopen":
        units.reopen(unit, by=as_officer(request), at=request.now)
        return done(request, "admin-unit", unit.pk)
    form = form_of(request, FIELDS, {"name": unit.name, "is_public": unit.is_public})
    if form.answers is not None:
        units.rename(unit, **form.answers, by=as_officer(request), at=request.now)
        return done(request, "admin-units", said="kept")
    return _page(request, "unit.html", unit, form, title=unit.name)


@officer
def close(request: DeskRequest, unit_id: int) -> HttpResponse:
    """Take a unit out of use, its open cases referred to another."""
    unit = _unit(request, unit_id)
    others = {each.slug: each for each in request.agency.units.filter(is_active=True).exclude(pk=unit.pk)}
    options = tuple(Option(slug, each.name) for slug, each in others.items())
    count = units.open_cases(unit).count()
    heir = Field("heir", "unit", "کدام واحد پرونده‌های باز را می‌گیرد؟", options=options, required=count > 0)
    form = form_of(request, (heir,))
    if not others and request.method == "POST":
        form = replace(form, errors={}).refused(LastUnit())
    elif form.answers is not None:
        chosen = others.get(form.answers.get("heir", ""))
        try:
            left = units.close(unit, heir=chosen, by=as_officer(request), at=request.now)
            if chosen and left:
                hand_over_unit(unit, chosen, count=left, by=as_officer(request), at=request.now)
            return done(request, "admin-units", said="closed")
        except Refusal as refusal:
            form = form.refused(refusal)
    return _page(request, "unit_closing.html", unit, form, title=f"بستن {unit.name}", count=count)


def _page(
    request: DeskRequest, template: str, unit: Unit, form: Form, *, title: str, count: int = 0
) -> HttpResponse:
    above = (step(request, TITLE, "admin-units"),)
    people = unit.memberships.lasting(request.now).select_related("user")
    return sheet_of(request, template, form, title=title, above=above, unit=unit, count=count, people=people)


def _unit(request: DeskRequest, unit_id: int) -> Unit:
    """A unit of this office. Raises NotFound."""
    found = request.agency.units.filter(pk=known_id(unit_id)).first()
    if found is None:
        raise NotFound
    return found
