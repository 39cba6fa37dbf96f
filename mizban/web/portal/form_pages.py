"""The pages of a form and its review, as they are shown."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse

from mizban.core.cases.models import Offering
from mizban.core.declarations.fields import Field, Option
from mizban.kit.environment import url
from mizban.kit.forms import raw_value, with_errors
from mizban.kit.requests import AgencyRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.lib.text import persian_digits
from mizban.office.agreements.models import AgreementVersion
from mizban.web import posted
from mizban.web.pages import page

from .drafts import Checked, Draft
from .papers import at_hand
from .promises import agreement_for, if_filed_now, name_of
from .searching import sub_services
from .walking import Place

TRUE = Field("true", "declaration", "آنچه نوشتم درست و کامل است.")
# Names that no question can have: they are not made of lower-case letters and «_». `PUT_ASIDE` marks a form that was
# taken up again.
AT, REVIEWED, TO, PUT_ASIDE = "at-page", "from-review", "page-", "put-aside"


def form_page(
    request: AgencyRequest, here: Place, errors: Mapping[str, Malformed], *, came: Place | None = None
) -> HttpResponse:
    """One page of the form, with what was typed; 422 where there are errors.

    `came` is the page that was sent when its check led here: a rule over the whole form may fail on an earlier page.
    """
    offering, sections = here.draft.offering, here.bounds(errors)
    service, chosen = offering.declaration, _chosen(here.draft)
    known = here.known | ({service.title_from: chosen.value} if chosen else {})
    wrong = with_errors(bound for _, bounds in sections for bound in bounds)
    led_back = came is not None and here.number < came.number
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
        came=came if led_back else None,
        # Who has seen every page goes from the mended one straight to the review.
        reviewed=request.POST.get(REVIEWED) == "yes"
        or (led_back and came is not None and came.after().is_review),
        put_aside=request.POST.get(PUT_ASIDE) == "yes",
        wrong=wrong,
        others=others,
        errors=(*wrong, *others),
        papers=at_hand(service, known),
        due=if_filed_now(offering, now=request.now, answers=known),
    )


def review_page(request: AgencyRequest, checked: Checked, errors: Mapping[str, Malformed]) -> HttpResponse:
    """Everything that was written, before it is filed; 422 where something is not accepted yet."""
    draft = checked.draft
    here, version = Place(draft, len(draft.sheets)), version_of(request, draft.offering)
    ticks = ticks_of(draft.offering, version)
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
        put_aside=request.POST.get(PUT_ASIDE) == "yes",
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


def version_of(request: AgencyRequest, offering: Offering) -> AgreementVersion | None:
    """The version of the agreement that binds what is filed now."""
    agreement = agreement_for(request.agency, offering.slug)
    version = agreement.in_force if agreement else None
    return version if version and version.binds(today=local(request.now).date()) else None


def ticks_of(offering: Offering, version: AgreementVersion | None) -> Sequence[Field]:
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
