"""Filing for an applicant who stands at the counter or calls: marked as such, with a receipt to hand over."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.filing.questions import asked_of
from mizban.core.cases.models import Case, Offering
from mizban.core.cases.models.case import Channel
from mizban.core.declarations.applicants import identify_for
from mizban.core.declarations.applicants import questions_of as applicant_questions
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.declarations.rules import Asking
from mizban.core.refusals import FormRefused, NotFound
from mizban.kit.forms import Bound, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.agreements.models import Agreement
from mizban.office.breaches import complaining
from mizban.web.posted import Posted, bounds, is_at_work, new_token, prefilled, read, sheet_of, token_of

from .finding import member
from .frame import desk_page
from .receipt import to_receipt
from .sections import has_conditions, relevant, sections

CHANNEL = Field(
    name="channel",
    kind="choice",
    label="متقاضی از چه راهی آمد؟",
    options=(
        Option(Channel.COUNTER, "حضوری، در پیشخوان"),
        Option(Channel.PHONE, "تلفنی"),
    ),
)
ACCEPTED = Field(
    name="accepted",
    kind="declaration",
    label="متقاضی درستی اطلاعات و پذیرش توافق‌نامه را اعلام کرد.",
)


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form on one page: how they came, who they are, what they ask, what they declare."""

    offering: Offering
    applicant: tuple[Field, ...]
    asked: tuple[Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        return (CHANNEL, *self.applicant, *self.asked, ACCEPTED)


@member()
def choose(request: DeskRequest) -> HttpResponse:
    offerings = list(Offering.objects.of(request.agency).standing().with_versions())
    if len(offerings) == 1:
        return redirect("desk:apply", request.agency.slug, offerings[0].slug)
    return desk_page(
        request, "desk/choose.html", title="ثبت به جای متقاضی: کدام خدمت؟", here="new", offerings=offerings
    )


@member()
def apply(request: DeskRequest, service: str) -> HttpResponse:
    form = _form_of(request, service)
    if request.method != "POST":
        asking = Asking(local(request.now).date())
        raw = {**prefilled(form.fields, asking), "channel": Channel.COUNTER}
        return _page(request, form, bounds(form.fields, raw), new_token())
    token = token_of(request)
    posted = read(request, form.fields, agency_id=request.agency.pk, token=token)
    if sheet := sheet_of(request, form.fields, posted.raw, posted.errors):
        return sheet
    if is_at_work(request) or "narrow" in request.POST:
        fields = relevant(form.fields, posted.raw)
        return _page(request, form, bounds(fields, posted.raw, posted.errors, posted.files), token)
    try:
        opened = _file(request, form, posted, token)
    except FormRefused as refusal:
        shown = bounds(relevant(form.fields, posted.raw), posted.raw, refusal.errors, posted.files)
        return _page(request, form, shown, token, status=422)
    return to_receipt(request, opened)


def _form_of(request: DeskRequest, service: str) -> Form:
    """Raises NotFound for a service this agency does not offer."""
    offering = Offering.objects.of(request.agency).standing().with_versions().filter(slug=service).first()
    if offering is None:
        raise NotFound
    asked = asked_of(offering, by=request.actor)
    return Form(offering, applicant_questions(offering.declaration), asked.fields)


def _file(request: DeskRequest, form: Form, posted: Posted, token: str) -> Opened:
    """The filed case. Raises FormRefused with the errors of all parts of the page at once, AlreadyFiled."""
    ends = fill((CHANNEL, ACCEPTED), posted.raw)
    applicant, identified = identify_for(
        form.offering.declaration, posted.raw, today=local(request.now).date(), files=posted.files
    )
    errors = {**ends.errors, **identified.errors, **posted.errors}
    if errors or applicant is None:
        raise FormRefused({**fill(form.asked, posted.raw, posted.files).errors, **errors})
    version = _agreement_version(request, form.offering)
    return complaining.file(
        form.offering,
        posted.raw,
        lambda: Case.open(
            form.offering,
            by=request.actor,
            applicant=applicant,
            answers=posted.raw,
            at=request.now,
            files=posted.files,
            channel=ends.answers["channel"],
            agreement_version=version,
            token=token,
        ),
        at=request.now,
    )


def _agreement_version(request: DeskRequest, offering: Offering) -> int | None:
    version = Agreement.objects.binding(request.agency, offering.slug, today=local(request.now).date())
    return version.pk if version else None


def _page(
    request: DeskRequest, form: Form, shown: Sequence[Bound], token: str, *, status: int = 200
) -> HttpResponse:
    return desk_page(
        request,
        "desk/apply.html",
        title=f"ثبت به جای متقاضی: {form.offering.declaration.title}",
        here="new",
        status=status,
        bounds=shown,
        applicant_names=[field.name for field in form.applicant],
        sections=sections(form.offering.declaration, shown),
        can_narrow=has_conditions(form.asked),
        errors=with_errors(shown),
        token=token,
        action=reverse("desk:apply", args=[request.agency.slug, form.offering.slug]),
    )
