"""A forgotten password (S*-4.2): the site officer checks who is asking and gives a one-time code, on the record."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.cases.admission.resets import VALID_FOR, NotIdentified, issue
from mizban.core.cases.models import Case
from mizban.core.declarations.applicants import IDENTIFIERS
from mizban.core.declarations.fields import Field
from mizban.core.people.models import Role
from mizban.kit.requests import DeskRequest
from mizban.lib.codes import tidy_code
from mizban.lib.identifiers import legal_id
from mizban.lib.identifiers.malformed import Malformed

from .finding import as_site_officer, member
from .frame import desk_page
from .lost import CHECKED, IDENTIFIER, asked

FIELDS = (
    Field(name="code", kind="text", label="کد رهگیری", help="دوازده رقم، روی رسید", max_length=40),
    IDENTIFIER,
    CHECKED,
)
WRONG = "کد رهگیری و شناسه با هم جور نیست. هر دو را دوباره از درخواست‌کننده بپرسید."


@member(Role.SITE_OFFICER)
def reset(request: DeskRequest) -> HttpResponse:
    """An unknown code and a wrong identifier get the same answer."""
    return asked(
        request,
        FIELDS,
        find=lambda answers: _issued(request, answers),
        found=lambda _answers, issued: _given(request, *issued),
        template="desk/reset.html",
        title="بازیابی رمز متقاضی",
        wrong=WRONG,
    )


def _given(request: DeskRequest, case: Case, code: str) -> HttpResponse:
    return desk_page(
        request,
        "desk/reset_done.html",
        title="کد یک‌بارمصرف",
        here="reset",
        case=case,
        code=code,
        until=request.now + VALID_FOR,
        address=request.build_absolute_uri(reverse("portal:reset")),
    )


def _issued(request: DeskRequest, answers: Mapping[str, Any]) -> tuple[Case, str] | None:
    """The case and its one-time code; None where there is no such case, or the identifier is not the applicant's."""
    officer = as_site_officer(request.actor)
    cases = request.agency.cases.visible_to(officer).for_lists()
    case = cases.filter(code=tidy_code(answers["code"])).first()
    if case is None:
        return None
    kind = next((party.kind for party in case.parties.all() if party.role == "applicant"), "")
    try:
        # An agency is identified by its شناسهٔ ملی, as a company is.
        identifier = IDENTIFIERS.get(kind, legal_id).parse(answers["identifier"])
        return case, issue(case, by=officer, identifier=identifier, at=request.now)
    except (Malformed, NotIdentified):
        return None
