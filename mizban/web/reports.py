"""A report as a file, for the desk and for everybody."""

from django.http import HttpResponse

from mizban.core.refusals import NotFound
from mizban.office.reports.models import Report

TYPES = {"pdf": "application/pdf", "json": "application/json; charset=utf-8"}


def answered(report: Report, kind: str) -> HttpResponse:
    """The paper as `pdf`, or what was signed as `json`, byte for byte. Raises NotFound for anything else."""
    if kind not in TYPES or report.paper is None:
        raise NotFound
    content = bytes(report.paper) if kind == "pdf" else report.document.encode()
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'inline; filename="{report.name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
