"""Figures as open data: a row a clause, and a row a month, as CSV and as JSON; no number that speaks of a person."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.gzip import gzip_page

from mizban.core.refusals import NotFound
from mizban.kit.requests import AgencyRequest, Request
from mizban.lib.jalali import iso
from mizban.office.agreements.models import Agreement
from mizban.office.compliance.figures import Figure
from mizban.office.compliance.months import end_of
from mizban.web.compliance import YEAR, period_of, public_figures, with_everything

from .finding import methods, of_agency

COLUMNS = (
    *("agency", "agreement", "version", "clause", "kind", "obligor", "measure", "verdict"),
    *("from", "until", "numerator", "denominator", "target"),
)
ONE_DAY = timedelta(days=1)
BOM = "\ufeff"  # without it Excel reads Persian as Latin letters


@gzip_page
@methods("GET")
@of_agency
def of_agreement(request: AgencyRequest, number: int, format: str) -> HttpResponse:  # noqa: A002  # its name in the address
    """One agreement: a row a clause for the period, and one for each month of the year."""
    found = list(with_everything().filter(agency=request.agency, number=number))
    return _answer(request, found, format, name=f"compliance-{request.agency.slug}-{number}")


@gzip_page
@methods("GET")
@of_agency
def of_office(request: AgencyRequest, format: str) -> HttpResponse:  # noqa: A002  # its name in the address
    found = list(with_everything().filter(agency=request.agency))
    return _answer(request, found, format, name=f"compliance-{request.agency.slug}")


@gzip_page
@methods("GET")
def of_site(request: Request, format: str) -> HttpResponse:  # noqa: A002  # its name in the address
    found = list(with_everything().filter(agency__has_portal=True))
    return _answer(request, found, format, name="compliance")


def _answer(request: Request, agreements: Sequence[Agreement], kind: str, *, name: str) -> HttpResponse:
    """Raises NotFound for another format, and where there is no agreement."""
    if kind not in ("csv", "json") or not agreements:
        raise NotFound
    rows = [row for agreement in agreements for row in rows_of(request, agreement)]
    made = (
        _as_csv(rows)
        if kind == "csv"
        else json.dumps({"items": rows}, ensure_ascii=False, separators=(",", ":"))
    )
    response = HttpResponse(
        made, content_type=f"{'text/csv' if kind == 'csv' else 'application/json'}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _as_csv(rows: Sequence[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return BOM + text.getvalue()


def rows_of(request: Request, agreement: Agreement) -> Iterator[dict[str, Any]]:
    """The period, then its months. Days are Jalali, `until` is inside."""
    version = agreement.current
    for figure in public_figures(version, at=request.now, months=period_of(request.GET.get("months", ""))):
        named = {
            "agency": agreement.agency.slug,
            "agreement": agreement.number,
            "version": version.number,
            "clause": figure.ref,
            "kind": figure.kind,
            "obligor": figure.obligor,
            "measure": figure.measure,
        }
        yield named | _period(figure)
        yield from (named | month for month in _months(figure))


def _period(figure: Figure) -> dict[str, Any]:
    return {
        "verdict": figure.verdict.replace("_", "-"),
        "from": iso(figure.first_on),
        "until": iso(figure.end_on - ONE_DAY),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "target": figure.target,
    }


def _months(figure: Figure) -> Iterator[dict[str, Any]]:
    for point in figure.trend[-YEAR:]:
        if not point.denominator:
            continue
        yield {
            "verdict": "",
            "from": iso(point.month),
            "until": iso(end_of(point.month) - ONE_DAY),
            "numerator": point.numerator,
            "denominator": point.denominator,
            "target": figure.target,
        }
