"""Filing, page by page: the form, its review, the receipt. Nothing is lost on the way, and nothing is filed twice."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse

from mizban.core.cases.models import Case, Offering
from mizban.core.cases.opening import AlreadyFiled
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.refusals import FormRefused
from mizban.kit.environment import url
from mizban.kit.forms import raw_value, with_errors
from mizban.kit.requests import AgencyRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import persian_digits
from mizban.office.agreements.models import AgreementVersion
from mizban.web import posted
from mizban.web.pages import page

from . import receipt
from .drafts import Checked, Draft, fresh, sent
from .finding import methods, of_service, private
from .papers import at_hand
from .promises import agreement_for, if_filed_now, name_of
from .searching import sub_services
from .walking import Place

TRUE = Field("true", "declaration", "آنچه نوشتم درست و کامل است.")
# Names that no question can have: they are not made of lower-case letters and «_».
AT, REVIEWED, TO = "at-page", "from-review", "page-"


@methods("GET", "POST")
@private
@of_service
def apply(request: AgencyRequest, offering: Offering) -> HttpResponse:
    """The form's first page; posted, whatever its `intent` leads to: the next page, the one before, review, filing."""
    if request.method != "POST":
        return _form(request, Place(fresh(request, offering), 0), {})
    here = _place(request, sent(request, offering))
    intent = request.POST.get("intent", "review")
    if "remove" in request.POST:
        return _form(request, here if here.sections else here.at(0), {})
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
        return _form(request, here.first_with(lost), lost)
    if intent == "back":
        return _form(request, here.before(), {})
    return _form(request, here.at(_number(intent.removeprefix(TO), 0)), {})


def _onward(request: AgencyRequest, here: Place, intent: str) -> HttpResponse:
    """What was sent is checked, with every page before it; what is wrong leads back to its page."""
    checked = here.draft.checked(through=here.number if intent == "next" else None)
    if intent == "file" and checked.applicant:
        return _file(request, here, checked)
    if checked.errors:
        return _form(request, here.first_with(checked.errors), checked.errors)
    ahead = here.after()
    if intent == "next" and not ahead.is_review:
        return _form(request, ahead, {})
    whole = here.draft.checked()
    if whole.errors:
        return _form(request, here.first_with(whole.errors), whole.errors)
    return _review(request, whole, {})


def _file(request: AgencyRequest, here: Place, checked: Checked) -> HttpResponse:
    """File what was reviewed; `Case.open` has the last word on every answer, whatever the hidden inputs say."""
    draft, version = checked.draft, _version(request, checked.draft.offering)
    ticks = _ticks(draft.offering, version)
    accepted = fill(ticks, {tick.name: request.POST.get(tick.name, "") for tick in ticks})
    if accepted.errors or draft.posted.errors:
        return (
            _form(request, here.first_with(checked.errors), checked.errors)
            if checked.errors
            else _review(request, checked, accepted.errors)
        )
    assert checked.applicant is not None  # noqa: S101  # the caller has looked
    try:
        opened = Case.open(
            draft.offering,
            by=request.actor,
            applicant=checked.applicant,
            answers=draft.posted.raw,
            files=draft.posted.files,
            at=request.now,
            token=draft.token,
            agreement_version=version.pk if version else None,
        )
    except FormRefused as refusal:
        return _form(request, here.first_with(refusal.errors), refusal.errors)
    except AlreadyFiled as refusal:
        return _already_filed(request, draft.offering, refusal)
    return receipt.hand_over(request, opened)


def _form(request: AgencyRequest, here: Place, errors: Mapping[str, Malformed]) -> HttpResponse:
    offering, sections = here.draft.offering, here.bounds(errors)
    service, chosen = offering.declaration, _chosen(here.draft)
    known = here.known | ({service.title_from: chosen.value} if chosen else {})
    wrong = with_errors(bound for _, bounds in sections for bound in bounds)
    asked = {field.name for field in here.draft.questions}
    others = [error.message for name, error in errors.items() if name not in asked]
    return page(
        request,
        "portal/apply.html",
        title=here.title if here.draft.in_pages else service.title,
        agency=request.agency,
        here="services",
        status=422 if wrong or others else 200,
        crumbs=_crumbs(request, offering),
        place=here,
        service=service,
        called=chosen.label if chosen else "",
        sections=sections,
        hidden=here.carried(),
        reviewed=request.POST.get(REVIEWED) == "yes",
        wrong=wrong,
        others=others,
        errors=(*wrong, *others),
        papers=at_hand(service, known),
        due=if_filed_now(offering, now=request.now, answers=known),
    )


def _review(request: AgencyRequest, checked: Checked, errors: Mapping[str, Malformed]) -> HttpResponse:
    draft = checked.draft
    here, version = Place(draft, len(draft.sheets)), _version(request, draft.offering)
    ticks = _ticks(draft.offering, version)
    typed = {tick.name: raw_value(tick, request.POST, {}) for tick in ticks}
    bounds = posted.bounds(ticks, typed, errors)
    return page(
        request,
        "portal/review.html",
        title=f"بازبینی: {draft.offering.declaration.title}",
        agency=request.agency,
        here="services",
        status=422 if errors else 200,
        crumbs=_crumbs(request, draft.offering),
        place=here,
        service=draft.offering.declaration,
        parts=_parts(here, checked),
        hidden=here.carried(),
        ticks=bounds,
        errors=with_errors(bounds),
        version=version,
        due=if_filed_now(draft.offering, now=request.now, answers=checked.answers),
    )


def _parts(here: Place, checked: Checked) -> list[tuple[int, str, object]]:
    """The summary: of each section the page it is changed on, its heading and its answers."""
    return [
        (number, section.title, checked.rows(section))
        for number in here.stops
        for section in here.draft.sheets[number]
    ]


def _chosen(draft: Draft) -> Option | None:
    """The sub-service that was chosen, in the address or in the form."""
    service = draft.offering.declaration
    typed = draft.posted.raw.get(service.title_from)
    return next((option for option in sub_services(service) if option.value == typed), None)


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


def _version(request: AgencyRequest, offering: Offering) -> AgreementVersion | None:
    """The version of the agreement that binds what is filed now."""
    agreement = agreement_for(request.agency, offering.slug)
    return agreement.current if agreement else None


def _ticks(offering: Offering, version: AgreementVersion | None) -> Sequence[Field]:
    """What is declared before filing: that it is true, and that the agreement is accepted where there is one."""
    if version is None:
        return (TRUE,)
    number = persian_digits(version.number)
    label = f"{name_of(version.agreement, offering.declaration.title)}، نسخهٔ {number}، را پذیرفتم."
    # Named after the version: a tick for an older one does not count for the one that binds now.
    return (TRUE, Field(f"agreed_{version.pk}", "declaration", label))


def _crumbs(request: AgencyRequest, offering: Offering) -> tuple[tuple[str, str], ...]:
    office = request.agency.slug
    return (
        ("خدمات", url("portal:office", office)),
        (offering.declaration.title, url("portal:service", office, offering.slug)),
    )
