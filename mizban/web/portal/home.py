"""Where everybody begins: the offices, the services of an office, one service."""

from collections import defaultdict

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.declarations.grammar import APPLICANT_KINDS, Declaration
from mizban.kit.requests import AgencyRequest, Request
from mizban.lib.jalali import local
from mizban.office.agreements.words import STATES
from mizban.web.pages import page

from .drafts import identifier_name
from .finding import methods, of_agency, of_service
from .promises import agreement_for, audience, if_filed_now, name_of, promises, shortest

NATURES = {"G2C": "دولت به شهروند", "G2B": "دولت به کسب‌وکار", "G2G": "دولت به دولت"}


@methods("GET")
def show(request: Request) -> HttpResponse:
    """The offices with a portal, each with what it offers."""
    offices = list(Agency.objects.filter(has_portal=True))
    offered: defaultdict[int, list[Declaration]] = defaultdict(list)
    for offering in Offering.objects.with_versions():
        offered[offering.agency_id].append(offering.declaration)
    return page(
        request,
        "portal/home.html",
        title="خدمات دستگاه‌های اجرایی",
        here="services",
        offices=[(office, offered[office.pk]) for office in offices],
    )


@methods("GET")
@of_agency
def office(request: AgencyRequest) -> HttpResponse:
    """The services of an office, as the contents of a book."""
    offerings = Offering.objects.of(request.agency).with_versions()
    rows = [
        (
            each.slug,
            each.declaration,
            shortest(each.declaration),
            audience(each.declaration.applicants),
        )
        for each in offerings
    ]
    return page(
        request,
        "portal/office.html",
        title="خدمات الکترونیکی",
        agency=request.agency,
        here="services",
        services=rows,
    )


@methods("GET")
@of_service
def service(request: AgencyRequest, offering: Offering) -> HttpResponse:
    """One service: what it gives, by when, what to bring, who may ask."""
    declaration = offering.declaration
    agreement = agreement_for(request.agency, offering.slug)
    version = agreement.current if agreement else None
    return page(
        request,
        "portal/service.html",
        title=declaration.title,
        agency=request.agency,
        here="services",
        crumbs=(("خدمات", reverse("portal:office", args=[request.agency.slug])),),
        service=declaration,
        due=if_filed_now(offering, now=request.now),
        promises=promises(declaration),
        identity=_identity(declaration),
        may_be_returned=any(state.clock_stopped for state in declaration.states.values()),
        takes_files=any(field.kind in ("file", "files") for field in declaration.form),
        agreement=agreement,
        agreement_name=name_of(agreement, declaration.title) if agreement else "",
        version=version,
        agreement_state=STATES[version.state(today=local(request.now).date())][0] if version else "",
    )


def _identity(declaration: Declaration) -> list[tuple[str, str]]:
    """The rows of the identity sheet that are declared."""
    sheet = declaration.identity
    who = "؛ ".join(f"{APPLICANT_KINDS[kind]} با {identifier_name(kind)}" for kind in declaration.applicants)
    rows = [
        ("کد خدمت", sheet.code),
        (
            "نوع خدمت",
            "، ".join([*(NATURES[kind] for kind in sheet.kinds), *filter(None, (sheet.nature, sheet.level))]),
        ),
        ("چه کسی می‌تواند", who),
        ("قانون", "؛ ".join(sheet.laws)),
        ("از چه راهی", "؛ ".join(sheet.channels)),
        ("مراجعهٔ حضوری", sheet.visits),
    ]
    return [(label, value) for label, value in rows if value]
