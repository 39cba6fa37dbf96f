"""The signed reports of an office, once they are published: read, taken away, checked."""

from django.http import HttpResponse

from mizban.core.refusals import NotFound
from mizban.kit.filters import month
from mizban.kit.requests import AgencyRequest
from mizban.office.reports import signing
from mizban.office.reports.models import Report
from mizban.web.pages import page
from mizban.web.reports import answered

from .finding import methods, of_agency

SHOWN = 120
LARGEST_ID = 2**63


@methods("GET")
@of_agency
def index(request: AgencyRequest) -> HttpResponse:
    """Every published report, the latest month first."""
    reports = Report.objects.visible_to(request.actor).of(request.agency).without_papers()[:SHOWN]
    return page(
        request,
        "portal/reports.html",
        title="گزارش‌های ماهانه",
        agency=request.agency,
        here="agreements",
        reports=list(reports),
    )


@methods("GET")
@of_agency
def show(request: AgencyRequest, report_id: int) -> HttpResponse:
    """One report: who signed it, and whether the signature is over what is stored now."""
    report = _found(request, report_id)
    return page(
        request,
        "portal/report.html",
        title=f"گزارش {month(report.month)}",
        agency=request.agency,
        here="agreements",
        report=report,
        is_whole=signing.is_whole(report),
        key=bytes(report.public_key or b"").hex(),
        signature=bytes(report.signature or b"").hex(),
    )


@methods("GET")
@of_agency
def file(request: AgencyRequest, report_id: int, format: str) -> HttpResponse:  # noqa: A002  # its name in the address
    """The paper, or the data that were signed."""
    return answered(_found(request, report_id), format)


def _found(request: AgencyRequest, report_id: int) -> Report:
    """A published report of this office. Raises NotFound."""
    public = Report.objects.visible_to(request.actor).of(request.agency).select_related("agency", "agreement")
    found = public.filter(pk=report_id).first() if report_id < LARGEST_ID else None
    if found is None:
        raise NotFound
    return found
