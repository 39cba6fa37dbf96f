"""Filing, page by page: the form, its review, the receipt. Nothing is lost on the way, and nothing is filed twice."""

from django.http import HttpResponse

from mizban.core.cases.filing.repeating import AlreadyFiled
from mizban.core.cases.filing.unfinished import forget
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.forms import fill
from mizban.core.refusals import FormRefused
from mizban.kit.requests import AgencyRequest
from mizban.office.breaches import complaining
from mizban.web import posted
from mizban.web.pages import page

from . import receipt, unfinished
from .drafts import Checked, Draft, fresh, sent
from .finding import methods, of_service, private
from .form_pages import AT, PUT_ASIDE, TO, form_page, review_page, ticks_of, version_of
from .walking import Place


@methods("GET", "POST")
@private
@of_service
def apply(request: AgencyRequest, offering: Offering) -> HttpResponse:
    """The form's first page; posted, whatever its `intent` leads to: the next page, the one before, review, filing."""
    if request.method != "POST":
        return form_page(request, Place(fresh(request, offering), 0), {})
    here = _place(request, sent(request, offering))
    intent, typed = request.POST.get("intent", "review"), here.draft.posted
    if sheet := posted.sheet_of(request, here.draft.questions, typed.raw, typed.errors):
        return sheet
    if posted.is_at_work(request):
        return form_page(request, here if here.sections else here.at(0), {})
    if intent == "later":
        return form_page(request, here, typed.errors) if typed.errors else unfinished.put_aside(request, here)
    if intent == "back" or intent.startswith(TO):
        return _elsewhere(request, here, intent)
    return _onward(request, here, intent)


def _place(request: AgencyRequest, draft: Draft) -> Place:
    """The page that was sent; what does not say which is the review, where all of it is looked at."""
    review = len(draft.sheets)
    return Place(draft, min(_number(request.POST.get(AT, ""), review), review))


def _number(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else otherwise


def _elsewhere(request: AgencyRequest, here: Place, intent: str) -> HttpResponse:
    """Another page without checking this one; an upload that was not taken is said before it is left behind."""
    lost = here.draft.posted.errors
    if lost:
        return form_page(request, here.first_with(lost), lost)
    if intent == "back":
        return form_page(request, here.before(), {})
    return form_page(request, here.at(_number(intent.removeprefix(TO), 0)), {})


def _onward(request: AgencyRequest, here: Place, intent: str) -> HttpResponse:
    """What was sent is checked, with every page before it; what is wrong leads back to its page."""
    checked = here.draft.checked(through=here.number if intent == "next" else None)
    if intent == "file" and checked.applicant:
        return _file(request, here, checked)
    if checked.errors:
        return form_page(request, here.first_with(checked.errors), checked.errors, came=here)
    ahead = here.after()
    if intent == "next" and not ahead.is_review:
        return form_page(request, ahead, {})
    whole = here.draft.checked()
    if whole.errors:
        return form_page(request, here.first_with(whole.errors), whole.errors, came=here)
    return review_page(request, whole, {})


def _file(request: AgencyRequest, here: Place, checked: Checked) -> HttpResponse:
    """File what was reviewed; `Case.open` has the last word on every answer, whatever the hidden inputs say."""
    draft, version = checked.draft, version_of(request, checked.draft.offering)
    ticks = ticks_of(draft.offering, version)
    accepted = fill(ticks, {tick.name: request.POST.get(tick.name, "") for tick in ticks})
    if accepted.errors or draft.posted.errors:
        return (
            form_page(request, here.first_with(checked.errors), checked.errors, came=here)
            if checked.errors
            else review_page(request, checked, accepted.errors)
        )
    applicant = checked.applicant
    assert applicant is not None  # noqa: S101  # the caller has looked
    try:
        opened = complaining.file(
            draft.offering,
            draft.posted.raw,
            lambda: Case.open(
                draft.offering,
                by=request.actor,
                applicant=applicant,
                answers=draft.posted.raw,
                files=draft.posted.files,
                at=request.now,
                token=draft.token,
                agreement_version=version.pk if version else None,
            ),
            at=request.now,
        )
    except FormRefused as refusal:
        return form_page(request, here.first_with(refusal.errors), refusal.errors, came=here)
    except AlreadyFiled as refusal:
        return _already_filed(request, draft.offering, refusal)
    if request.POST.get(PUT_ASIDE):
        forget(draft.token)
    return receipt.hand_over(request, opened)


def _already_filed(request: AgencyRequest, offering: Offering, refusal: AlreadyFiled) -> HttpResponse:
    return page(
        request,
        "portal/already_filed.html",
        title="این فرم پیش‌تر ثبت شده است",
        agency=request.agency,
        here="services",
        status=refusal.status,
        sentence=refusal.message,
        service=offering.declaration,
    )
