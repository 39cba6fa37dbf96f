"""Shapes of what Mizban writes of a service."""

from ninja import Schema
from pydantic import Field

from .public_shapes import TargetTime
from .shapes import AgencyName, Jalali, Slug


class PartItem(Schema):
    """A part of the seven-part form."""

    heading: str
    sentences: list[str]


class SayingItem(Schema):
    """A clause as it is written; `origin` is what it comes from: `SERVICE/TARGET`, or a place of the form."""

    id: str
    origin: str
    kind: str
    text: str
    obligor: str
    target: TargetTime | None
    lines: list[int] = Field(description="خط نخست و پایان در text، از یک")


class WrittenAgreement(Schema):
    """The agreement a service would have today; `present` is the id of the one it runs under."""

    agency: AgencyName
    service: Slug
    title: str
    valid_from: Jalali
    valid_until: Jalali
    holdover: bool
    present: int | None
    parts: list[PartItem]
    clauses: list[SayingItem]
    text: str
    pdf: str
    page: str
    identity_pdf: str
