"""What the office says of itself, and which other agencies play a part beside it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from mizban.core.agencies.models import Agency
from mizban.core.agencies.provinces import PROVINCES
from mizban.core.cases.models import Offering
from mizban.core.declarations.fields import Field, Option
from mizban.core.refusals import Refusal
from mizban.kit.requests import DeskRequest
from mizban.office.staffing import facts

from ..forms import done, form_of
from .officers import as_officer, officer, sheet_of

PROVINCE_OPTIONS = tuple(Option(name, name) for name in PROVINCES)
FIELDS = (
    Field("name", "text", "نام کامل", min_length=3, max_length=200),
    Field("short_name", "text", "نام کوتاه", help="در فهرست‌ها و بالای صفحه‌ها", min_length=2, max_length=100),
    Field(
        "province",
        "choice",
        "استان",
        help="تعطیلی‌هایی که برای این استان اعلام شود، اینجا هم به کار می‌آید.",
        options=PROVINCE_OPTIONS,
        required=False,
    ),
    Field(
        "phone", "text", "تلفن", help="با پیش‌شمارهٔ شهر؛ نمونه: ۰۸۶-۳۳۱۳۰۰۰۱", required=False, max_length=20
    ),
    Field("address", "text", "نشانی", required=False, max_length=300),
    Field("postal_code", "postal_code", "کد پستی", required=False),
    Field(
        "hours",
        "text",
        "ساعت پاسخ‌گویی",
        help="نمونه: شنبه تا چهارشنبه، ۷:۳۰ تا ۱۵",
        required=False,
        max_length=100,
    ),
)
PARENT = "parent"
ROLE = "role--"
# What a declaration writes before the part of an agency that stands beside the office (`party.source`).
BESIDE = "office."


@officer
def show(request: DeskRequest) -> HttpResponse:
    agency = request.agency
    form = form_of(request, FIELDS, {each.name: getattr(agency, each.name) for each in FIELDS})
    if form.answers is not None:
        given = {each.name: form.answers.get(each.name, "") for each in FIELDS}
        facts.correct(agency, given, by=as_officer(request), at=request.now)
        return done(request, "admin-office", said="kept")
    return sheet_of(request, "office.html", form, title="شناسنامهٔ اداره", legal_id=agency.legal_id)


@officer
def counterparts(request: DeskRequest) -> HttpResponse:
    agencies = {each.slug: each for each in Agency.objects.exclude(pk=request.agency.pk)}
    fields = _questions(request.agency, agencies)
    form = form_of(request, fields, _present(request.agency))
    if form.answers is not None:
        chosen = {each.name: agencies.get(form.answers.get(each.name, "")) for each in fields}
        named = {name.removeprefix(ROLE): other for name, other in chosen.items() if name != PARENT}
        try:
            facts.place(
                request.agency,
                parent=chosen[PARENT],
                counterparts=named,
                by=as_officer(request),
                at=request.now,
            )
            return done(request, "admin-counterparts", said="kept")
        except Refusal as refusal:
            form = form.refused(refusal)
    return sheet_of(request, "counterparts.html", form, title="دستگاه‌های همکار", roles=len(fields) - 1)


def _questions(agency: Agency, agencies: Mapping[str, Agency]) -> tuple[Field, ...]:
    """Who stands above, and who plays each part that the office's services name or that was given already."""
    options = tuple(Option(slug, each.name) for slug, each in agencies.items())
    labels = {each.role: each.role for each in agency.counterparts.all()}
    for offering in Offering.objects.of(agency).with_versions():
        for party in offering.declaration.parties.values():
            if party.source.startswith(BESIDE):
                labels[party.source.removeprefix(BESIDE)] = party.label
    parts = (
        Field(ROLE + role, "agency", label, options=options, required=False) for role, label in labels.items()
    )
    return Field(PARENT, "agency", "دستگاه بالادست", options=options, required=False), *parts


def _present(agency: Agency) -> dict[str, Any]:
    named = {
        ROLE + each.role: each.counterpart.slug for each in agency.counterparts.select_related("counterpart")
    }
    return {PARENT: agency.parent.slug if agency.parent else "", **named}
