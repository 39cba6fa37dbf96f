"""A forgotten password (S*-4.2): the site officer checks who is asking and gives a one-time code, on the record."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.cases.models import Case
from mizban.core.cases.resets import VALID_FOR, NotIdentified, issue
from mizban.core.declarations.applicants import IDENTIFIERS
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.people.models import Role
from mizban.kit.forms import Bound, Value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.codes import tidy_code
from mizban.lib.identifiers import legal_id
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.posted import bounds, read

from .finding import as_site_officer, member
from .frame import desk_page
from .guesses import guessed, slow_down

IDENTIFIER = Field(
    name="identifier",
    kind="text",
    label="کد ملی، شناسهٔ ملی یا کد فراگیر متقاضی",
    help="همان که درخواست‌کننده می‌گوید",
    max_length=40,
)
CHECKED = Field(
    name="checked",
    kind="declaration",
    label="هویت را با کارت شناسایی یا پرسش از پرونده بررسی کردم.",
)
FIELDS = (
    Field(name="code", kind="text", label="کد رهگیری", help="دوازده رقم، روی رسید", max_length=40),
    IDENTIFIER,
    CHECKED,
)
# The kit's own control for a code: digits from left to right, the number pad on a phone.
CONTROLS = {"code": "tracking_code", "identifier": "foreign_id"}
WRONG = "کد رهگیری و شناسه با هم جور نیست. هر دو را دوباره از درخواست‌کننده بپرسید."


@member(Role.SITE_OFFICER)
def reset(request: DeskRequest) -> HttpResponse:
    """An unknown code and a wrong identifier get the same answer, and both count as a guess."""
    if request.method != "POST":
        return _form(request, {})
    posted = read(request, FIELDS, agency_id=request.agency.pk, token="")
    filled = fill(FIELDS, posted.raw)
    if filled.errors:
        return _form(request, posted.raw, filled.errors, status=422)
    slow_down(request)
    case = _case(request, filled.answers["code"])
    code = _issued(request, case, filled.answers["identifier"]) if case else None
    if case is None or code is None:
        guessed(request)
        return _form(request, posted.raw, others=(WRONG,), status=422)
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


def _case(request: DeskRequest, code: str) -> Case | None:
    officer = as_site_officer(request.actor)
    return request.agency.cases.visible_to(officer).for_lists().filter(code=tidy_code(code)).first()


def _issued(request: DeskRequest, case: Case, typed: str) -> str | None:
    """The one-time code; None where what was typed is not the applicant's identifier."""
    kind = next((party.kind for party in case.parties.all() if party.role == "applicant"), "")
    try:
        # An agency is identified by its شناسهٔ ملی, as a company is.
        identifier = IDENTIFIERS.get(kind, legal_id).parse(typed)
        return issue(case, by=as_site_officer(request.actor), identifier=identifier, at=request.now)
    except (Malformed, NotIdentified):
        return None


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
        "desk/reset.html",
        title="بازیابی رمز متقاضی",
        here="reset",
        status=status,
        bounds=[drawn(bound) for bound in shown],
        others=others,
        errors=others or with_errors(shown),
    )


def drawn(bound: Bound) -> Bound:
    return replace(bound, field=replace(bound.field, kind=CONTROLS.get(bound.name, bound.field.kind)))
