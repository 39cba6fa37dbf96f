"""Asking another agency (درخواست از دستگاه دیگر): a signed-in agency files at another office from its own desk.

Who asks is known, so nobody types the agency's name or number, and the letter that would prove it may be left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.filing.questions import asked_of
from mizban.core.cases.models import Case, Offering, ServiceVersion
from mizban.core.declarations.applicants import Applicant
from mizban.core.declarations.applicants import questions as applicant_questions
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.rules import Asking
from mizban.core.refusals import FormRefused, NotFound, Refusal
from mizban.kit.forms import Bound, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.agreements.models import Agreement
from mizban.web.posted import Posted, bounds, is_at_work, new_token, prefilled, read, sheet_of, token_of
from mizban.web.staff import READERS

from .finding import member
from .frame import desk_page
from .receipt import to_receipt
from .sections import has_conditions, relevant, sections

ACCEPTED = Field(
    name="accepted",
    kind="declaration",
    label="درستی اطلاعات و پذیرش توافق‌نامه را از سوی دستگاه خود اعلام می‌کنم.",
)


class AgencyUnnamed(Refusal):
    """An agency files under its شناسهٔ ملی, and this one has none here yet."""

    code = "agency-unnamed"
    status = 409
    message = (
        "شناسهٔ ملی دستگاه شما هنوز در سامانه نیست. مسئول سایت آن را ثبت کند تا درخواست به نام دستگاه ثبت شود."
    )


@dataclass(frozen=True, slots=True)
class Form:
    """A contact's number, what the service asks, and what is declared; who asks stands above it."""

    offering: Offering
    contact: Field
    asked: tuple[Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        return (self.contact, *self.asked, ACCEPTED)


def own_facts(agency: Agency) -> dict[str, str]:
    """What a form can be prefilled with of the agency that opens it."""
    return {"name": agency.name, "legal_id": agency.legal_id}


@member(*sorted(READERS))
def choose(request: DeskRequest) -> HttpResponse:
    ServiceVersion.objects.known_to(request.agency)
    offerings = sorted(Offering.objects.for_agency(request.agency), key=lambda each: each.agency_id)
    return desk_page(
        request,
        "desk/requests.html",
        title="درخواست از دستگاه دیگر",
        here="requests",
        offices=[(office, list(offered)) for office, offered in groupby(offerings, key=lambda o: o.agency)],
    )


@member(*sorted(READERS))
def ask(request: DeskRequest, office: str, service: str) -> HttpResponse:
    form = _form_of(request, office, service)
    if request.method != "POST":
        asking = Asking(local(request.now).date(), agency=own_facts(request.agency))
        return _page(request, form, bounds(form.fields, prefilled(form.fields, asking)), new_token())
    token = token_of(request)
    posted = read(request, form.fields, agency_id=form.offering.agency_id, token=token)
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


def _form_of(request: DeskRequest, office: str, service: str) -> Form:
    """Raises NotFound for what that office does not offer to agencies, AgencyUnnamed."""
    offered = Offering.objects.filter(agency__slug=office, slug=service).for_agency(request.agency)
    if not offered:
        raise NotFound
    if not request.agency.legal_id:
        raise AgencyUnnamed
    contact = next(each for each in applicant_questions(("agency",)) if each.kind == "mobile")
    return Form(offered[0], contact, asked_of(offered[0], by=request.actor).fields)


def _file(request: DeskRequest, form: Form, posted: Posted, token: str) -> Opened:
    """The filed case. Raises FormRefused with the errors of the whole page at once, AlreadyFiled."""
    around = fill((form.contact, ACCEPTED), posted.raw)
    errors = {**around.errors, **posted.errors}
    if errors:
        raise FormRefused({**fill(form.asked, posted.raw, posted.files).errors, **errors})
    mobile = around.answers[form.contact.name]
    version = Agreement.objects.binding(
        form.offering.agency, form.offering.slug, today=local(request.now).date()
    )
    return Case.open(
        form.offering,
        by=request.actor,
        applicant=Applicant("agency", request.agency.name, request.agency.legal_id, mobile),
        answers=posted.raw,
        at=request.now,
        files=posted.files,
        agreement_version=version.pk if version else None,
        token=token,
    )


def _page(
    request: DeskRequest, form: Form, shown: Sequence[Bound], token: str, *, status: int = 200
) -> HttpResponse:
    declared = form.offering.declaration
    return desk_page(
        request,
        "desk/request.html",
        title=declared.title,
        here="requests",
        status=status,
        addressee=form.offering.agency,
        asker=request.agency,
        contact=shown[0],
        accepted=shown[-1],
        sections=sections(declared, shown),
        can_narrow=has_conditions(form.asked),
        bounds=shown,
        errors=with_errors(shown),
        token=token,
        action=reverse(
            "desk:request", args=[request.agency.slug, form.offering.agency.slug, form.offering.slug]
        ),
    )
