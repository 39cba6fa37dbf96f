"""What anybody may read besides cases: services, agreements, notices, status; shapes of the OpenAPI document."""

from collections.abc import Sequence
from typing import Literal

from ninja import Schema
from pydantic import Field

from .shapes import AgencyName, ApplicantKind, Jalali, Moment

VERSION = "1.0"


class ServiceItem(Schema):
    agency: AgencyName
    slug: str
    title: str
    summary: str
    applicants: Sequence[ApplicantKind]


class Services(Schema):
    items: list[ServiceItem]


class Validity(Schema):
    """`until` is Jalali; `holdover`: it binds until it is replaced."""

    until: Jalali | None
    until_gregorian: str | None
    holdover: bool


class VersionItem(Schema):
    number: int
    entered_at: Moment
    signature: str
    state: str
    validity: Validity


class AgreementItem(Schema):
    id: int
    agency: AgencyName
    number: int
    title: str
    services: list[str]
    state: Literal["in-force", "expired-in-force", "expired"]
    validity: Validity
    versions: list[VersionItem]


class Agreements(Schema):
    items: list[AgreementItem]


class TargetTime(Schema):
    value: int | float | None
    unit: str | None


class ClauseItem(Schema):
    id: str
    kind: str
    text: str
    obligor: str | None
    target: TargetTime | None
    lines: list[int]
    confidence: float


class FindingItem(Schema):
    code: str
    message: str
    lines: list[int] | None


class AgreementWhole(AgreementItem):
    clauses: list[ClauseItem]
    findings: list[FindingItem]


class NoticeItem(Schema):
    """What an office tells everybody; `agency` null: the whole site."""

    id: int
    agency: AgencyName | None
    kind: str = Field(description="notice، maintenance یا outage")
    title: str
    text: str
    from_at: Moment | None
    until_at: Moment | None
    published_at: Moment | None


class Notices(Schema):
    items: list[NoticeItem]


class Status(Schema):
    """`time` is the server's clock."""

    status: Literal["up"]
    time: Moment
    version: str
