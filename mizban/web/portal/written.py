"""What Mizban writes of a service: the agreement it would sign, the identity sheet, both as page and as PDF."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from mizban.core.cases.models import Offering
from mizban.core.refusals import NotFound
from mizban.kit.requests import AgencyRequest
from mizban.office.agreements.models import Agreement
from mizban.office.papers.models import Paper
from mizban.office.papers.printing import printed
from mizban.web.official import services, versions
from mizban.web.official.saying import verify_at
from mizban.web.pages import page

from .finding import methods, of_agency, of_service

LONGEST_NUMBER = 9


@methods("GET")
@of_service
def agreement(request: AgencyRequest, offering: Offering) -> HttpResponse:
    found = services.source(offering, at=request.now)
    written = found.write()
    return page(
        request,
        "portal/written.html",
        title=f"توافق‌نامهٔ «{found.title}» به زبان رسمی",
        agency=request.agency,
        here="services",
        crumbs=_crumbs(request, offering),
        lead="این متن را میزبان از روی آنچه خدمت واقعاً انجام می‌دهد می‌نویسد. هر عدد آن از خود خدمت و تقویم اداره است.",
        parts=services.agreement_parts(written),
        facts=found.facts,
        present=found.present,
        pdf=reverse("portal:written-agreement-pdf", args=[request.agency.slug, offering.slug]),
    )


@methods("GET")
@of_service
def agreement_pdf(request: AgencyRequest, offering: Offering) -> HttpResponse:
    found = services.source(offering, at=request.now)
    draft = services.agreement(offering, found, found.write(), at=request.now)
    return _file(printed(draft, verify_at=verify_at(), at=request.now))


@methods("GET")
@of_service
def identity(request: AgencyRequest, offering: Offering) -> HttpResponse:
    return page(
        request,
        "portal/written.html",
        title=f"شناسنامهٔ خدمت «{offering.declaration.title}»",
        agency=request.agency,
        here="services",
        crumbs=_crumbs(request, offering),
        lead=offering.declaration.summary,
        parts=services.sheet_parts(offering),
        facts=None,
        present=None,
        pdf=reverse("portal:identity-pdf", args=[request.agency.slug, offering.slug]),
    )


@methods("GET")
@of_service
def identity_pdf(request: AgencyRequest, offering: Offering) -> HttpResponse:
    return _file(printed(services.identity(offering), verify_at=verify_at(), at=request.now))


@methods("GET")
@of_agency
def version_pdf(request: AgencyRequest, number: int, version: int) -> HttpResponse:
    """A signed version of an agreement."""
    agreements = Agreement.objects.of(request.agency).filter(number=number) if number < 2**31 else ()
    found = next((each for one in agreements for each in one.versions.all() if each.number == version), None)
    if found is None or not versions.has_paper(found):
        raise NotFound
    return _file(printed(versions.paper_of(found), verify_at=verify_at(), at=request.now))


def _file(paper: Paper) -> HttpResponse:
    response = HttpResponse(bytes(paper.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.kind}-{paper.code[:8]}.pdf"'
    response["ETag"] = f'"{paper.pdf_hash}"'
    response["Cache-Control"] = "public, max-age=300"
    return response


def _crumbs(request: HttpRequest, offering: Offering) -> tuple[tuple[str, str], ...]:
    del request
    slug = offering.agency.slug
    return (
        ("خدمات", reverse("portal:office", args=[slug])),
        (offering.declaration.title, reverse("portal:service", args=[slug, offering.slug])),
    )
