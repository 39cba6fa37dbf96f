"""What anybody may read besides cases: services, agreements, notices, status; shapes of the OpenAPI document."""

from collections.abc import Sequence
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from .shapes import AgencyName, ApplicantKind, Jalali, Moment, RepresentativeKind, Sent, Slug

VERSION = "1.0"


class ServiceIdentity(Schema):
    """شناسنامهٔ خدمت: what is published about the service; empty or 0 where nothing is."""

    code: str
    kinds: Sequence[str]
    nature: str
    level: str
    laws: Sequence[str]
    documents: Sequence[str]
    channels: Sequence[str]
    visits: str
    cost: str
    free: bool
    yearly_count: int
    average_time: str
    minutes_to_fill: int


class ServiceItem(Schema):
    agency: AgencyName
    slug: str
    title: str
    summary: str
    applicants: Sequence[ApplicantKind]
    representation: Sequence[RepresentativeKind]
    identity: ServiceIdentity


class Services(Schema):
    items: list[ServiceItem]


class Validity(Schema):
    """`until` is Jalali; `holdover`: it binds until it is replaced."""

    until: Jalali | None
    until_gregorian: str | None
    holdover: bool


AgreementState = Literal[
    "in-force", "expired-in-force", "expired", "signed", "replaced", "rescinded", "ended"
]


class VersionItem(Schema):
    number: int
    entered_at: Moment
    signature: str
    state: AgreementState
    validity: Validity


class AgreementItem(Schema):
    id: int
    agency: AgencyName
    number: int
    title: str
    services: list[str]
    state: AgreementState
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


class SignatureItem(Schema):
    """A simple signature, not a certified one; `document_hash` is SHA-256 of the signed document."""

    agency: AgencyName
    name: str
    at: Moment
    document_hash: str


class OverrideItem(Schema):
    """A finding the version was signed in spite of, and why."""

    code: str
    message: str
    reason: str


class AgreementWhole(AgreementItem):
    clauses: list[ClauseItem]
    findings: list[FindingItem]
    signatures: list[SignatureItem]
    overrides: list[OverrideItem]


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


PortalState = Literal["up", "down", "maintenance", "unmeasured"]


class Uptime(Schema):
    """The last 90 days, in minutes. `gross` and `net` are fractions of one; null where there is nothing to divide by.

    `net` leaves out the minutes of telecom outages with evidence; null too where no agreement of the office allows it.
    What was not measured is in neither.
    """

    up: int
    down: int
    maintenance: int
    telecom: int
    unmeasured: int
    gross: float | None
    net: float | None


class OutageItem(Schema):
    id: int
    kind: str = Field(description="fault یا telecom")
    targets: list[str]
    from_at: Moment
    until_at: Moment | None
    detected_at: Moment
    told_at: Moment | None
    minutes_to_tell: int | None


class MaintenanceItem(Schema):
    """`services` are slugs; empty: all of them. `is_late`: announced later than the office owed."""

    id: int
    from_at: Moment
    until_at: Moment
    what: str
    services: list[str]
    announced_at: Moment
    is_late: bool


class OfficeStatus(Schema):
    agency: AgencyName
    state: PortalState
    uptime: Uptime
    outage: OutageItem | None
    maintenance: list[MaintenanceItem] = Field(description="در جریان یا در پیش")


class Status(Schema):
    """`time` is the server's clock; `status` is of the API itself, `offices` of the portal, as it was measured."""

    status: Literal["up"]
    time: Moment
    version: str
    offices: list[OfficeStatus]


class PlaceItem(Schema):
    """A page to look at, by its path on this site."""

    agency: str
    target: str = Field(description="home، form یا tracking")
    path: str


class Places(Schema):
    items: list[PlaceItem]


class ProbeItem(Sent):
    """What one look found. `ms` is the time to the whole answer; `reason` is why it was not ok."""

    agency: Slug
    target: Literal["home", "form", "tracking"]
    minute: Annotated[AwareDatetime, Field(strict=False, description="لحظه‌ای از آن دقیقه، با منطقهٔ زمانی")]
    ok: bool
    ms: int = Field(ge=0, le=600_000)
    reason: str = Field("", pattern=r"^[-a-z0-9]{0,20}$")


class ProbesSent(Sent):
    items: list[ProbeItem] = Field(max_length=1000)


class ProbesTaken(Schema):
    """How many were new, and how many were there already."""

    taken: int
    known: int


FigureStatus = Literal["met", "missed", "not-measurable", "no-data", "observed"]


class MonthItem(Schema):
    """One Jalali month of a trend."""

    month: str = Field(examples=["1405-08"])
    numerator: int
    denominator: int


class ClauseFigure(Schema):
    """What one clause comes to. `id` is the clause's, or `title`; `share` is numerator ÷ denominator.

    It is met at `target` or above; numbers are null where there are none.
    """

    id: str
    kind: str
    text: str
    obligor: str | None
    measure: str | None
    status: FigureStatus
    numerator: int | None
    denominator: int | None
    share: float | None
    target: float | None
    note: str
    trend: list[MonthItem]


class Compliance(Schema):
    """`until` is inside the period; `counted_until`: events up to then are in the figures."""

    agreement: int
    version: int
    from_: Jalali = Field(alias="from")
    until: Jalali
    counted_until: Moment | None
    clauses: list[ClauseFigure]
