"""The agreement of a service as it would be signed today: as data, as text, and where its PDF is."""

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from mizban.lib.jalali import iso
from mizban.web.official import services
from mizban.web.official.saying import site

from .finding import answers, arrived, offering_of
from .public_shapes import TargetTime
from .shapes import AgencyName
from .written_shapes import PartItem, SayingItem, WrittenAgreement

router = Router(tags=["agreements"])


@router.get(
    "/services/{slug:agency}/{slug:service}/agreement",
    response=answers(200, WrittenAgreement, 404, 410),
    url_name="written-agreement",
)
def written_agreement(request: HttpRequest, agency: str, service: str) -> WrittenAgreement:
    """Written from the service's declaration and the office's calendar; nobody is bound by it before it is signed."""
    offering = offering_of(agency, service)
    source = services.source(offering, at=arrived(request).now)
    written, facts = source.write(), source.facts
    where = [agency, service]
    return WrittenAgreement(
        agency=AgencyName(slug=offering.agency.slug, name=offering.agency.name),
        service=offering.slug,
        title=source.title,
        valid_from=iso(facts.valid_from),
        valid_until=iso(facts.valid_until),
        holdover=facts.holdover,
        present=source.present.agreement_id if source.present else None,
        parts=[
            PartItem(
                heading=part.heading, sentences=[words for group in part.groups for _, words in group.clauses]
            )
            for part in services.agreement_parts(written)
        ],
        clauses=[
            SayingItem(
                id=each["id"],
                origin=each["origin"],
                kind=each["kind"],
                text=each["text"],
                obligor=each["obligor"],
                target=TargetTime(**each["target"]) if each["target"] else None,
                lines=each["lines"],
            )
            for each in written.clauses
        ],
        text=written.text,
        pdf=site(reverse("portal:written-agreement-pdf", args=where)),
        page=site(reverse("portal:written-agreement", args=where)),
        identity_pdf=site(reverse("portal:identity-pdf", args=where)),
    )
