"""A lost password: whom to ask, and what to do with the one-time code they give."""

from django.http import HttpResponse

from mizban.core.agencies.models import Agency
from mizban.core.cases.admission.resets import ResetRefused, use
from mizban.core.cases.models import Case
from mizban.core.declarations.fields import Field
from mizban.core.people.actors import SYSTEM
from mizban.core.people.models import Membership, Role
from mizban.kit.forms import Bound
from mizban.kit.requests import Request
from mizban.lib.codes import tidy_code
from mizban.web.pages import DEFAULT_HOURS, page

from . import guessing, guests
from .finding import methods, private
from .tracking import CODE

ONE_TIME = Field("one_time_code", "one_time_code", "کد یک‌بارمصرف", help="کدی که مسئول سایت به شما داده است")


@methods("GET")
def forgotten(request: Request) -> HttpResponse:
    """Whom to call at each office, and what they will ask."""
    held = Membership.objects.holding(Role.SITE_OFFICER, at=request.now).order_by("-id")
    officers = {member.agency_id: member for member in held}
    offices = [(office, officers.get(office.pk)) for office in Agency.objects.filter(has_portal=True)]
    return page(
        request,
        "portal/forgotten.html",
        title="رمز یا کد رهگیری گم شده است",
        here="track",
        offices=offices,
        default_hours=DEFAULT_HOURS,
    )


@methods("GET", "POST")
@private
def reset(request: Request) -> HttpResponse:
    """A one-time code for a new password, shown this once. Raises TooManyTries."""
    if request.method != "POST":
        return _form(request, request.GET.get("code", ""))
    code = request.POST.get("code", "")
    guessing.check(request, code)
    case = Case.objects.visible_to(SYSTEM).filter(code=tidy_code(code)).select_related("agency").first()
    try:
        password = use(case, request.POST.get("one_time_code", ""), at=request.now)
    except ResetRefused as refusal:
        guessing.record(request, code)
        return _form(request, code, wrong=refusal.message)
    assert case is not None  # noqa: S101  # without a case there is no code to use
    return _done(request, case, password)


def _form(request: Request, code: str, *, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "portal/reset.html",
        title="ساختن رمز تازه",
        here="track",
        status=422 if wrong else 200,
        code=Bound(CODE, code[:50]),
        one_time_code=Bound(ONE_TIME),
        errors=(wrong,) if wrong else (),
    )


def _done(request: Request, case: Case, password: str) -> HttpResponse:
    response = page(
        request,
        "portal/reset_done.html",
        title="رمز تازهٔ شما",
        agency=case.agency,
        here="track",
        case=case,
        password=password,
    )
    guests.let_in(response, case, at=request.now)
    guessing.know(response, request, case.code)
    return response
