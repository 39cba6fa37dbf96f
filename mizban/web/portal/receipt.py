"""The receipt: the code, and the password this one time."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mizban.core.cases.admission.access import admit
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.applicants import Applicant
from mizban.kit.environment import url
from mizban.kit.page import DueCard
from mizban.kit.requests import AgencyRequest, Request
from mizban.web.dues import due_card
from mizban.web.pages import page
from mizban.web.receipts import Receipt, forget, handed_over
from mizban.web.receipts import hand_over as hand_over_receipt

from . import guessing, guests
from .drafts import identifier_name
from .finding import methods, of_service, private
from .promises import accepted, name_of, promised


def hand_over(request: AgencyRequest, opened: Opened) -> HttpResponse:
    """On to the receipt. The password travels sealed in a cookie, never in an address."""
    address = url("portal:receipt", request.agency.slug, opened.case.offering.slug)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    receipt = Receipt(opened.case.code, opened.password)
    hand_over_receipt(response, receipt, path=address, at=request.now)
    return response


@methods("GET")
@private
@of_service
def show(request: AgencyRequest, offering: Offering) -> HttpResponse:
    """The receipt once; afterwards the same address says that the password is shown no more."""
    receipt = handed_over(request, at=request.now)
    case = _case(receipt, offering) if receipt else None
    if receipt is None or case is None:
        return page(
            request, "portal/receipt_gone.html", title="رسید درخواست", agency=request.agency, here="services"
        )
    response = _receipt(request, case, receipt.password)
    forget(response, path=request.path)
    guests.let_in(response, case, at=request.now)
    # Whoever filed knows the password: what strangers behind the same address try must not touch this browser.
    guessing.know(response, request, case.code)
    return response


def _case(receipt: Receipt, offering: Offering) -> Case | None:
    """What the receipt itself admits to; nothing once the password is another."""
    guest = admit(receipt.code, receipt.password)
    found = offering.cases.visible_to(guest).select_related("unit").first() if guest else None
    if found:
        found.offering, found.agency = offering, offering.agency
    return found


def _receipt(request: AgencyRequest, case: Case, password: str) -> HttpResponse:
    applicant, version = applicant_of(case), accepted(case.agreement_version)
    return page(
        request,
        "portal/receipt.html",
        title=f"رسید {case.title}",
        agency=request.agency,
        here="services",
        case=case,
        password=password,
        applicant=applicant,
        identifier=identifier_name(applicant.kind),
        files=case.files.count(),
        due=_due(case),
        version=version,
        agreement_name=name_of(version.agreement, case.declaration.title) if version else "",
        tracking_url=tracking_url(request, case),
        may_be_returned=any(state.clock_stopped for state in case.declaration.states.values()),
    )


def applicant_of(case: Case) -> Applicant:
    """Who filed."""
    return case.parties.get(role="applicant").reveal(case.key)


def tracking_url(request: Request, case: Case) -> str:
    """What the QR code holds: where to follow, with the code and without the password."""
    return request.build_absolute_uri(f"{reverse('portal:track')}?code={case.code}")


def _due(case: Case) -> DueCard:
    card = due_card(case, now=case.filed_at, for_applicant=True)
    return DueCard("open", card.day, "موعد پاسخ", (f"{promised(case.target)} پس از ثبت",), why=card.why)
