"""A lost tracking code: the site officer checks who is asking and is told that applicant's codes, on the record."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from mizban.core.cases.admission.recovering import recover
from mizban.core.cases.models import Case
from mizban.core.declarations.fields import Field
from mizban.core.people.models import Role
from mizban.kit.requests import DeskRequest

from .finding import as_site_officer, member
from .frame import desk_page
from .lost import CHECKED, IDENTIFIER, asked
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
    """All three must be right."""

    def found(answers: Mapping[str, Any], cases: list[Case]) -> HttpResponse:
        identifier = answers["identifier"]
        title = "پرونده‌های این متقاضی"
        return desk_page(
            request, "desk/recovered.html", title=title, here="reset", cases=cases, identifier=identifier
        )

    return asked(
        request,
        FIELDS,
        find=lambda answers: _recovered(request, answers),
        found=found,
        template="desk/recovery.html",
        title="بازیابی کد رهگیری",
        wrong=WRONG,
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
