"""News by mail: asked for on a page, confirmed and ended by the links of a mail.

What a link carries confirms once within 48 hours, or ends one subscription; it opens nothing and shows no address
(docs/decisions/0017). Looking changes nothing: mail programs open links by themselves, people press buttons.
"""

from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.refusals import NotFound, TooManyTries
from mizban.kit.forms import Bound
from mizban.kit.requests import AgencyRequest, Request
from mizban.lib.identifiers import email
from mizban.lib.identifiers.malformed import Malformed
from mizban.office.mailing import subscribing
from mizban.office.mailing.models import Subscription
from mizban.web import guessing
from mizban.web.addresses import address_of, network_of
from mizban.web.pages import page

from . import guests
from .by_mail import FIELD, ByMail, by_mail
from .by_mail import of_case as by_mail_of_case
from .finding import methods, of_agency, private

TRIES = "00"  # stands where a code does, and no code has two digits
LARGEST_ID = 2**63
OVER = "این پیوند دیگر کار نمی‌کند: یک بار به کار رفته یا ۴۸ ساعت آن گذشته است. اگر هنوز می‌خواهید، دوباره نشانی بدهید."


class TooManyAddresses(TooManyTries):
    """A visitor who makes us write to one address after the other is slowed down."""

    message = "از اینجا چند نشانی پیاپی داده شده است. ۱۵ دقیقهٔ دیگر دوباره بیازمایید."


@methods("GET", "POST")
@private
def of_site(request: Request) -> HttpResponse:
    """News of all offices."""
    return _asking(request, by_mail(None))


@methods("GET", "POST")
@private
@of_agency
def of_office(request: AgencyRequest) -> HttpResponse:
    """News of an office."""
    return _asking(request, by_mail(request.agency), agency=request.agency)


@methods("GET", "POST")
@private
def of_case(request: Request) -> HttpResponse:
    """News of the office of a case, for its guest, while it is open."""
    case = guests.case_of(request)
    if case is None:
        return redirect("portal:track")
    if not case.is_open:
        raise NotFound
    response = _asking(request, by_mail_of_case(), agency=case.agency, case=case)
    guests.let_in(response, case, at=request.now)
    return response


def _asking(
    request: Request, form: ByMail | None, *, agency: Agency | None = None, case: Case | None = None
) -> HttpResponse:
    """The form; posted, the same answer for every address. Raises NotFound where no mail is sent, TooManyAddresses."""
    if form is None:
        raise NotFound
    if request.method != "POST":
        return _form(request, form, agency, has_asked="asked" in request.GET)
    typed = request.POST.get(FIELD.name, "")
    try:
        address = email.parse(typed)
    except Malformed as wrong:
        bound = Bound(FIELD, typed[: email.LONGEST], error=wrong.message)
        return _form(request, replace(form, bound=bound), agency)
    _slow_down(request)
    subscribing.ask(address, agency=None if case else agency, case=case, at=request.now)
    response = HttpResponseRedirect(f"{form.address}?asked=1")
    response.status_code = 303
    return response


def _slow_down(request: Request) -> None:
    """Counted apart from guesses at passwords: who asks for news must not be kept from his case."""
    visitor = guessing.bucket(f"mail {network_of(address_of(request))}")
    try:
        guessing.check(TRIES, by=visitor, at=request.now)
    except TooManyTries as fault:
        raise TooManyAddresses from fault
    guessing.record(TRIES, by=visitor, at=request.now)


def _form(request: Request, form: ByMail, agency: Agency | None, *, has_asked: bool = False) -> HttpResponse:
    wrong = bool(form.bound.error)
    return page(
        request,
        "portal/by_mail.html",
        title="خبر با ایمیل",
        agency=agency,
        status=422 if wrong else 200,
        by_mail=form,
        has_asked=has_asked,
        errors=(form.bound,) if wrong else (),
    )


@methods("GET", "POST")
@private
def confirm(request: Request, token: str) -> HttpResponse:
    """Where the first mail leads; pressed, news is sent from now on. Raises NotFound."""
    posted = request.method == "POST"
    found = (subscribing.confirm if posted else subscribing.waiting_for)(token, at=request.now)
    if found is None:
        raise NotFound(OVER)
    said = "تأیید شد. از این پس خبرها را ایمیل می‌کنیم." if posted else f"{_of(found)} به شما ایمیل شود؟"
    return _link(request, "تأیید ایمیل", said, button="تأیید می‌کنم", is_done=posted)


@csrf_exempt  # mail programs press it for their user, without a page (RFC 8058); the mark shows whose mail it was
@methods("GET", "POST")
@private
def end(request: Request, subscription_id: int, mark: str) -> HttpResponse:
    """Where the end of each mail leads; pressed, none is sent any more. Raises NotFound."""
    if subscription_id >= LARGEST_ID or not subscribing.is_mark(subscription_id, mark):
        raise NotFound
    posted = request.method == "POST"
    if posted:
        subscribing.leave(subscription_id)
    said = (
        "پایان یافت و نشانی شما پاک شد." if posted else f"{_whose(subscription_id)} را دیگر به شما نفرستیم؟"
    )
    return _link(request, "پایان خبر با ایمیل", said, button="دیگر نفرستید", is_done=posted, danger=True)


def _whose(subscription_id: int) -> str:
    found = Subscription.objects.filter(pk=subscription_id).select_related("agency").first()
    return _of(found) if found else "این ایمیل‌ها"


def _of(found: Subscription) -> str:
    whose = f"«{found.agency.short_name}»" if found.agency else "همهٔ دستگاه‌های این درگاه"
    return f"خبر قطعی و نگهداری {whose}"


def _link(
    request: Request, title: str, text: str, *, button: str, is_done: bool, danger: bool = False
) -> HttpResponse:
    response = page(
        request,
        "portal/mail_link.html",
        title=title,
        text=text,
        button=button,
        is_done=is_done,
        danger=danger,
    )
    # The address of this page goes to nobody, not even to this site's own log of what its pages load.
    response["Referrer-Policy"] = "origin"
    return response
