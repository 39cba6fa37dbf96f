"""Filing, in three pages: the form, its review, the receipt. Nothing is lost on the way, and nothing is filed twice."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mizban.core.cases.models import Case, Offering
from mizban.core.cases.opening import AlreadyFiled
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.refusals import FormRefused, NotFound
from mizban.kit.forms import raw_value, with_errors
from mizban.kit.requests import AgencyRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import persian_digits
from mizban.office.agreements.models import AgreementVersion
from mizban.web import posted
from mizban.web.pages import page

from . import receipt
from .drafts import Checked, Draft, fresh, sent
from .finding import NO_SERVICE, methods, of_agency, of_service, offering_of, private
from .promises import agreement_for, if_filed_now, name_of

STEPS = ("نوشتن", "بازبینی", "رسید")
SERVICE_DESK = "service-desk"
TRUE = Field("true", "declaration", "آنچه نوشتم درست و کامل است.")


@methods("GET", "POST")
@private
@of_service
def apply(request: AgencyRequest, offering: Offering) -> HttpResponse:
    """The form; posted with an `intent`, its review (`review`), the form again (`edit`) or the filing (`file`)."""
    if request.method != "POST":
        return _form(request, fresh(request, offering), {})
    draft = sent(request, offering)
    intent = "edit" if "remove" in request.POST else request.POST.get("intent", "review")
    if intent == "edit":
        return _form(request, draft, {})
    checked = draft.checked()
    if intent == "file" and checked.applicant:
        return _file(request, checked)
    if checked.errors:
        return _form(request, draft, checked.errors)
    return _review(request, checked, {})


@methods("GET")
@of_agency
def complaint(request: AgencyRequest) -> HttpResponse:
    """A complaint is a form of the service desk."""
    if offering_of(request.agency, SERVICE_DESK) is None:
        raise NotFound(NO_SERVICE)
    address = reverse("portal:apply", args=[request.agency.slug, SERVICE_DESK])
    return HttpResponseRedirect(f"{address}?{urlencode({'kind': 'complaint'})}")


def _file(request: AgencyRequest, checked: Checked) -> HttpResponse:
    """File what was reviewed; `Case.open` has the last word on every answer, whatever the hidden inputs say."""
    draft, version = checked.draft, _version(request, checked.draft.offering)
    ticks = _ticks(draft.offering, version)
    accepted = fill(ticks, {tick.name: request.POST.get(tick.name, "") for tick in ticks})
    if accepted.errors or draft.posted.errors:
        return (
            _form(request, draft, checked.errors)
            if checked.errors
            else _review(request, checked, accepted.errors)
        )
    assert checked.applicant is not None  # noqa: S101  # the view has looked
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
        return _form(request, draft, refusal.errors)
    except AlreadyFiled as refusal:
        return _already_filed(request, draft.offering, refusal)
    return receipt.hand_over(request, opened)


def _form(request: AgencyRequest, draft: Draft, errors: dict[str, Malformed]) -> HttpResponse:
    pages = draft.bounds(errors)
    wrong = with_errors(bound for _, bounds in pages for bound in bounds)
    asked = {field.name for field in draft.questions}
    others = [error.message for name, error in errors.items() if name not in asked]
    service = draft.offering.declaration
    return page(
        request,
        "portal/apply.html",
        title=service.title,
        agency=request.agency,
        here="services",
        status=422 if wrong or others else 200,
        crumbs=_crumbs(request, draft.offering),
        steps=STEPS,
        service=service,
        token=draft.token,
        pages=pages,
        wrong=wrong,
        others=others,
        errors=(*wrong, *others),
        due=if_filed_now(draft.offering, now=request.now),
    )


def _review(request: AgencyRequest, checked: Checked, errors: dict[str, Malformed]) -> HttpResponse:
    draft = checked.draft
    version = _version(request, draft.offering)
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
        steps=STEPS,
        service=draft.offering.declaration,
        sections=checked.sections(),
        hidden=draft.carried(),
        ticks=bounds,
        errors=with_errors(bounds),
        version=version,
        due=if_filed_now(draft.offering, now=request.now, answers=checked.answers),
    )


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
        ("خدمات", reverse("portal:office", args=[office])),
        (offering.declaration.title, reverse("portal:service", args=[office, offering.slug])),
    )
