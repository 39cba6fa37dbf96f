"""A lost tracking code: the site officer checks who is asking and is told that applicant's codes, on the record."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from mizban.core.cases.models import Case
from mizban.core.cases.recovering import recover
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.people.models import Role
from mizban.kit.forms import Value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.posted import bounds, read

from .finding import as_site_officer, member
from .frame import desk_page
from .guesses import guessed, slow_down
from .resets import CHECKED, IDENTIFIER, drawn
from .searching import blind_indexes

FIELDS = (
    Field(
        name="name",
        kind="text",
        label="نام متقاضی",
        help="همان‌گونه که در درخواست نوشته است؛ شخص، شرکت یا دستگاه",
        min_length=3,
        max_length=120,
    ),
    IDENTIFIER,
    Field(name="mobile", kind="mobile", label="تلفن همراهی که در درخواست نوشته است"),
    CHECKED,
)
WRONG = "با این نام، شناسه و شماره پرونده‌ای در این اداره نیست. هر سه را دوباره از درخواست‌کننده بپرسید."


@member(Role.SITE_OFFICER)
def show(request: DeskRequest) -> HttpResponse:
    """All three must be right; which of them was wrong is not told, and every miss counts as a guess."""
    if request.method != "POST":
        return _form(request, {})
    posted = read(request, FIELDS, agency_id=request.agency.pk, token="")
    filled = fill(FIELDS, posted.raw)
    if filled.errors:
        return _form(request, posted.raw, filled.errors, status=422)
    slow_down(request)
    cases = _recovered(request, filled.answers)
    if not cases:
        guessed(request)
        return _form(request, posted.raw, others=(WRONG,), status=422)
    return desk_page(
        request,
        "desk/recovered.html",
        title="پرونده‌های این متقاضی",
        here="reset",
        cases=cases,
        identifier=filled.answers["identifier"],
    )


def _recovered(request: DeskRequest, answers: Mapping[str, Any]) -> list[Case]:
    officer = as_site_officer(request.actor)
    return recover(
        request.agency.cases.visible_to(officer),
        blind_indexes(answers["identifier"]),
        name=answers["name"],
        mobile=answers["mobile"],
        by=officer,
        at=request.now,
    )


def _form(
    request: DeskRequest,
    raw: Mapping[str, Value],
    errors: Mapping[str, Malformed] | None = None,
    *,
    others: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    shown = bounds(FIELDS, raw, errors)
    return desk_page(
        request,
        "desk/recovery.html",
        title="بازیابی کد رهگیری",
        here="reset",
        status=status,
        bounds=[drawn(bound) for bound in shown],
        others=others,
        errors=others or with_errors(shown),
    )
