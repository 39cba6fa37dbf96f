"""The agreements of the offices: which version binds, until when, and its clauses."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from mizban.lib.jalali import iso
from mizban.office.agreements.models import Agreement, AgreementVersion, Clause

from .filters import PLAIN
from .finding import answers, today_of
from .problems import NothingHere
from .public_shapes import (
    AgreementItem,
    Agreements,
    AgreementState,
    AgreementWhole,
    ClauseItem,
    FindingItem,
    OverrideItem,
    SignatureItem,
    TargetTime,
    Validity,
    VersionItem,
)
from .sending import refuse_unknown
from .shapes import LARGEST_ID, AgencyName

router = Router(tags=["agreements"])


class Wanted(Schema):
    """Whose agreements."""

    agency: str | None = Field(None, pattern=PLAIN, description="نامک دستگاه؛ بی آن، همهٔ دستگاه‌ها")


@router.get("/agreements", response=answers(200, Agreements, 422), url_name="agreements")
def agreements(request: HttpRequest, wanted: Query[Wanted]) -> Agreements:
    """Every agreement with its versions and the state of the one that binds now."""
    refuse_unknown(request, Wanted)
    found = Agreement.objects.with_versions()
    if wanted.agency is not None:
        found = found.filter(agency__slug=wanted.agency)
    today = today_of(request)
    return Agreements(items=[AgreementItem(**_item(agreement, today)) for agreement in found])


@router.get(
    "/agreements/{int:agreement_id}", response=answers(200, AgreementWhole, 404), url_name="agreement"
)
def agreement(request: HttpRequest, agreement_id: int) -> AgreementWhole:
    """One agreement, with the clauses of the version that binds now and what the reader finds wrong with its text."""
    found = None
    if agreement_id <= LARGEST_ID:
        found = Agreement.objects.with_versions().filter(pk=agreement_id).first()
    if found is None:
        raise NothingHere
    current = found.current
    return AgreementWhole(
        **_item(found, today_of(request)),
        clauses=[_clause(clause) for clause in current.clauses.all()],
        findings=[
            FindingItem(code=each["code"], message=each["message"], lines=each["lines"])
            for each in current.reading["findings"]
        ],
        signatures=[
            SignatureItem(
                agency=AgencyName(slug=each.agency.slug, name=each.agency.name),
                name=each.name,
                at=each.at,
                document_hash=each.document_hash,
            )
            for each in current.signatures.select_related("agency")
        ],
        overrides=[
            OverrideItem(code=each["code"], message=each["message"], reason=each["reason"])
            for each in current.overrides
        ],
    )


def _item(agreement: Agreement, today: date) -> dict[str, Any]:
    current = agreement.current
    versions = sorted(agreement.versions.all(), key=lambda version: version.number)
    return {
        "id": agreement.pk,
        "agency": AgencyName(slug=agreement.agency.slug, name=agreement.agency.name),
        "number": agreement.number,
        "title": agreement.title,
        "services": agreement.services,
        "state": current.state(today=today),
        "validity": _validity(current),
        "versions": [_version(version, today) for version in versions],
    }


def _version(version: AgreementVersion, today: date) -> VersionItem:
    return VersionItem(
        number=version.number,
        entered_at=version.entered_at,
        signature=version.signature,
        state=cast("AgreementState", version.state(today=today)),
        validity=_validity(version),
    )


def _validity(version: AgreementVersion) -> Validity:
    until = version.valid_until
    return Validity(
        until=iso(until) if until else None,
        until_gregorian=until.isoformat() if until else None,
        holdover=version.holdover,
    )


def _clause(clause: Clause) -> ClauseItem:
    return ClauseItem(
        id=clause.ref,
        kind=clause.kind,
        text=clause.text,
        obligor=clause.obligor or None,
        target=TargetTime(**clause.target) if clause.target else None,
        lines=[clause.first_line, clause.last_line],
        confidence=clause.confidence,
    )
