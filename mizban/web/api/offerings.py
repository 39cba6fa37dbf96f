"""What offices offer, and what each offering asks."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import Router

from mizban.core.cases.models import Offering
from mizban.office.calendar.clock import deadline_of
from mizban.web.examples.example_files import example

from .finding import answers, arrived, binding, offering_of, today_of
from .form.schemas import submission
from .problems import NothingHere
from .public_shapes import ServiceIdentity, ServiceItem, Services
from .shapes import AgencyName, ApplicantKind, RepresentativeKind
from .telling import jalali

router = Router(tags=["services"])
SCHEMA = {
    "responses": {
        200: {
            "description": "JSON Schema 2020-12",
            "content": {"application/schema+json": {"schema": {"type": "object"}}},
        }
    }
}
FILE = {"schema": {"type": "string", "format": "binary"}}
EXAMPLE = {"responses": {200: {"description": "A file that passes", "content": {"*/*": FILE}}}}


@router.get("/services", response=answers(200, Services), url_name="services")
def services(request: HttpRequest) -> Services:  # noqa: ARG001  # ninja goes by the name
    """Every service of every office, in the order of the portal."""
    offered = (
        Offering.objects.standing()
        .with_versions()
        .filter(agency__has_portal=True)
        .order_by("agency_id", "id")
    )
    return Services(items=[_item(offering) for offering in offered])


def _item(offering: Offering) -> ServiceItem:
    declaration = offering.declaration
    return ServiceItem(
        agency=AgencyName(slug=offering.agency.slug, name=offering.agency.name),
        slug=offering.slug,
        title=declaration.title,
        summary=declaration.summary,
        applicants=cast("tuple[ApplicantKind, ...]", declaration.applicants),
        representation=cast("tuple[RepresentativeKind, ...]", declaration.representation),
        identity=ServiceIdentity(**{**asdict(declaration.identity), "cost": declaration.identity.price}),
    )


@router.get(
    "/services/{slug:agency}/{slug:service}/form",
    response=answers(200, None, 404, 410),
    url_name="form",
    openapi_extra=SCHEMA,
)
def form(request: HttpRequest, agency: str, service: str) -> HttpResponse:
    """What `POST cases` takes for this service, as JSON Schema 2020-12.

    The object made of `examples[0]` of all required properties is a valid submission today; a file has
    `format: file` and the address of one that passes in `x-example-file`.
    """
    offering = offering_of(agency, service)
    today = today_of(request)
    agreement = binding(offering.agency, service, today=today)
    schema = submission(offering, agreement=agreement, today=today)
    text = json.dumps({**schema, "x-due": _if_filed(offering, now=arrived(request).now)}, ensure_ascii=False)
    return HttpResponse(text, content_type="application/schema+json")


def _if_filed(offering: Offering, *, now: datetime) -> dict[str, str | None]:
    """When the answer is due if the form is filed now, by the promise of those whose answers no other target fits."""
    target = offering.declaration.target_of({})
    due = deadline_of(offering.agency_id, target, filed_at=now, stops=()).due_at
    return {"filed_at": now.isoformat(), "due_at": due.isoformat() if due else None, "due_on": jalali(due)}


@router.get(
    "/examples/example.{slug:kind}",
    response=answers(200, None, 404),
    url_name="example",
    openapi_extra=EXAMPLE,
)
def example_file(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001  # ninja goes by the name
    """A small file that passes wherever a form takes its kind: `pdf`, `png` or `xlsx`."""
    made = example(kind)
    if made is None:
        raise NothingHere
    content, media_type = made
    headers = {"Content-Disposition": f'attachment; filename="example.{kind}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
