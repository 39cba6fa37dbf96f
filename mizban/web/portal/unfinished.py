"""«ادامه در زمانی دیگر»: a form put aside with a code and a password, and gone on with another day."""

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from mizban.core.cases.filing import unfinished
from mizban.core.cases.models import Offering
from mizban.core.declarations.fields import Field
from mizban.core.people.actors import PUBLIC
from mizban.kit.forms import Bound
from mizban.kit.requests import AgencyRequest
from mizban.lib.jalali import local
from mizban.web.pages import page
from mizban.web.receipts import Receipt, forget, handed_over
from mizban.web.receipts import hand_over as hand_over_receipt

from . import guessing
from .drafts import sent
from .finding import methods, of_service, private
from .form_pages import AT, PUT_ASIDE, REVIEWED, form_page
from .walking import Place

CODE = Field("code", "tracking_code", "کد فرم", help="دوازده رقم، از برگهٔ «ادامه در زمانی دیگر»")
PASSWORD = Field("password", "tracking_password", "رمز", help="دوازده رقم، کنار کد فرم")
WRONG = "کد فرم یا رمز درست نیست، یا زمان آن گذشته است."


def put_aside(request: AgencyRequest, here: Place) -> HttpResponse:
    """Keep the form as it stands; on to the page that shows its code and its password once."""
    draft = here.draft
    pairs = [*draft.carried(draft.questions), (AT, str(here.number)), (PUT_ASIDE, "yes")]
    if REVIEWED in request.POST:
        pairs.append((REVIEWED, "yes"))
    kept = unfinished.put_aside(draft.offering, pairs, token=draft.token, at=request.now)
    address = reverse("portal:later", args=[request.agency.slug, draft.offering.slug])
    response = HttpResponseRedirect(address)
    response.status_code = 303
    hand_over_receipt(response, Receipt(kept.code, kept.password), path=address, at=request.now)
    return response


@methods("GET")
@private
@of_service
def show(request: AgencyRequest, offering: Offering) -> HttpResponse:
    """Code and password of the form that was put aside, once; afterwards, that they are shown no more."""
    receipt = handed_over(request, at=request.now)
    until = unfinished.good_until(receipt.code, at=request.now) if receipt else None
    response = page(
        request,
        "portal/put_aside.html",
        title="ادامه در زمانی دیگر",
        agency=request.agency,
        here="services",
        service=offering.declaration,
        receipt=receipt if until else None,
        until=local(until).date() if until else None,
    )
    if receipt:
        forget(response, path=request.path)
    return response


@methods("GET", "POST")
@private
def resume(request: AgencyRequest) -> HttpResponse:
    """The form that asks for code and password; with the right ones, the page that was left. Raises TooManyTries."""
    if request.method != "POST":
        return _asked(request, "")
    code = request.POST.get("code", "")
    guessing.check(request, code)
    found = unfinished.taken_up(code, request.POST.get("password", ""), at=request.now)
    if found is None:
        guessing.record(request, code)
        return _asked(request, code, wrong=WRONG)
    offering, pairs = found
    return _gone_on_with(request, offering, pairs)


def _gone_on_with(request: AgencyRequest, offering: Offering, pairs: unfinished.Pairs) -> HttpResponse:
    """The page that was left, read from what was kept as if it had been sent just now."""
    request.agency, request.actor = offering.agency, PUBLIC
    typed = QueryDict(mutable=True)
    for name, value in pairs:
        typed.appendlist(name, value)
    request.POST = typed  # type: ignore[assignment]  # a form like any other
    draft = sent(request, offering)
    place = Place(draft, int(typed.get(AT, "0")))
    return form_page(request, place if place.sections else place.before(), {})


def _asked(request: AgencyRequest, code: str, *, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "portal/resume.html",
        title="ادامهٔ فرم ناتمام",
        here="services",
        status=422 if wrong else 200,
        code=Bound(CODE, code[:50], error=None),
        password=Bound(PASSWORD),
        errors=(wrong,) if wrong else (),
    )
