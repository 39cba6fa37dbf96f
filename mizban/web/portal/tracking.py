"""Following a request: code and password in, the case out."""

from django.http import HttpResponse

from mizban.core.cases.admission.access import admitted_to
from mizban.core.cases.models.around import furnish
from mizban.core.declarations.fields import Field
from mizban.kit.forms import Bound
from mizban.kit.requests import Request
from mizban.web.pages import page

from . import case_page, guessing, guests
from .finding import methods, private

CODE = Field("code", "tracking_code", "کد رهگیری")
PASSWORD = Field("password", "tracking_password", "رمز")
WRONG = "کد رهگیری یا رمز درست نیست."


@methods("GET", "POST")
@private
def track(request: Request) -> HttpResponse:
    """The form; posted with the right code and password, the case itself. Raises TooManyTries."""
    if request.method != "POST":
        return _form(request, request.GET.get("code", ""))
    code = request.POST.get("code", "")
    guessing.check(request, code)
    case = admitted_to(code, request.POST.get("password", ""))
    if case is None:
        guessing.record(request, code)
        return _form(request, code, wrong=WRONG)
    furnish([case])
    response = case_page.show(request, case)
    guests.let_in(response, case, at=request.now)
    guessing.know(response, request, case.code)
    return response


def _form(request: Request, code: str, *, wrong: str = "") -> HttpResponse:
    """The same page for a wrong code and a wrong password; the password is never written back."""
    return page(
        request,
        "portal/track.html",
        title="پیگیری درخواست",
        here="track",
        status=422 if wrong else 200,
        code=Bound(CODE, code[:50], error=None),
        password=Bound(PASSWORD),
        errors=(wrong,) if wrong else (),
    )
