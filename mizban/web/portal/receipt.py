"""The receipt: the code, and the password this one time."""

from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mizban.core.cases.models import Case, Offering
from mizban.core.cases.opening import Opened
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import Guest
from mizban.kit.page import DueCard
from mizban.kit.requests import AgencyRequest, Request
from mizban.web.dues import due_card
from mizban.web.pages import page

from . import cookies, guests
from .drafts import identifier_name
from .finding import methods, of_service, private
from .promises import accepted, name_of, promised

COOKIE = "mizban_receipt"
LASTS = timedelta(minutes=10)


def hand_over(request: AgencyRequest, opened: Opened) -> HttpResponse:
    """On to the receipt. The password travels sealed in a cookie, never in an address."""
    address = reverse("portal:receipt", args=[request.agency.slug, opened.case.offering.slug])
    response = HttpResponseRedirect(address)
    response.status_code = 303
    facts = {"case": opened.case.pk, "password": opened.password}
    cookies.put(response, COOKIE, facts, path=address, lasts=LASTS, at=request.now)
    return response


@methods("GET")
@private
@of_service
def show(request: AgencyRequest, offering: Offering) -> HttpResponse:
    """The receipt once; afterwards the same address says that the password is shown no more."""
    brought = cookies.read(request, COOKIE, at=request.now)
    case = _case(brought["case"], offering) if brought else None
    if brought is None or case is None:
        return page(
            request, "portal/receipt_gone.html", title="رسید درخواست", agency=request.agency, here="services"
        )
    response = _receipt(request, case, brought["password"])
    response.delete_cookie(COOKIE, path=request.path, samesite="Lax")
    guests.let_in(response, case, at=request.now)
    return response


def _case(case_id: int, offering: Offering) -> Case | None:
    found = offering.cases.visible_to(Guest(case_id)).select_related("unit").first()
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
