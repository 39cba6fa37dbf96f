"""The two papers of a service: its agreement, as it would be signed today, and its identity sheet."""

from datetime import datetime

from django.urls import reverse

from mizban.core.cases.models import Offering
from mizban.core.people.models import Role
from mizban.lib.jalali import spoken
from mizban.lib.text import persian_digits
from mizban.office.agreements.writing.gathering import Source, source_of
from mizban.office.agreements.writing.model import Written
from mizban.office.agreements.writing.on_paper import Part, parts
from mizban.office.agreements.writing.sheet import AUDIENCES, filled, sheet
from mizban.office.papers.models import Paper
from mizban.office.papers.printing import Draft

from .saying import BLANK, on_paper, site

STATE = "متن آمادهٔ امضا"
CHECK = "رمزینهٔ بالای صفحه یا این نشانی را باز کنید تا ببینید این متن هنوز با رفتار خدمت یکی است."
CHECK_SHEET = "رمزینهٔ بالای صفحه یا این نشانی را باز کنید تا ببینید این شناسنامه هنوز با خدمت یکی است."


def source(offering: Offering, *, at: datetime) -> Source:
    """What the agreement of one service is written from now."""
    return source_of(offering.agency, [offering], at=at)


def agreement_parts(written: Written) -> list[Part]:
    """The written agreement as a page and a paper show it."""
    return parts(written.text, written.sections, written.clauses)


def agreement(offering: Offering, found: Source, written: Written, *, at: datetime) -> Draft:
    """The agreement of a service as a paper, ready to be signed."""
    agency, service, facts = offering.agency, offering.declaration, found.facts
    directors = agency.memberships.holding(Role.DIRECTOR, at=at)
    name = next((each.user.full_name for each in directors), BLANK)
    signers = [(agency.name, name)] + ([(facts.counterpart, BLANK)] if facts.counterpart else [])
    says = on_paper(
        agency,
        kind="توافق‌نامهٔ سطح خدمت",
        title=found.title,
        lead=persian_digits(service.summary),
        state=STATE,
        check=CHECK,
        marks=[["شماره", BLANK], ["تاریخ", BLANK], ["پیوست", "شناسنامهٔ خدمت"]],
        facts=[
            ["آغاز اعتبار", spoken(facts.valid_from, weekday=False)],
            ["پایان اعتبار", spoken(facts.valid_until, weekday=False)],
            ["نوع خدمت", _kinds(service.identity.kinds)],
            ["شناسهٔ خدمت", persian_digits(service.identity.code) or "–"],
        ],
        parts=[part.plain() for part in agreement_parts(written)],
        signatures=[
            {"name": who, "office": f"مدیرکل {_of(office)}", "signed": "امضا و تاریخ:"} for office, who in signers
        ],
    )  # fmt: skip
    return Draft(Paper.Kind.PROPOSAL, agency, found.title, offering.slug, says)


def sheet_parts(offering: Offering) -> list[Part]:
    """The identity sheet as a page and a paper show it."""
    agency, service = offering.agency, offering.declaration
    unit = agency.units.filter(slug=service.unit).first() if service.unit else None
    portal = site(reverse("portal:service", args=[agency.slug, offering.slug]))
    return filled(sheet(service, agency=agency.name, unit=unit.name if unit else "", portal=portal))


def identity(offering: Offering) -> Draft:
    """The identity sheet as a paper."""
    service = offering.declaration
    says = on_paper(
        offering.agency,
        kind="شناسنامهٔ خدمت",
        title=service.title,
        state="شناسنامهٔ خدمت",
        check=CHECK_SHEET,
        marks=[
            ["شناسه", persian_digits(service.identity.code) or "–"],
            ["ویرایش", persian_digits(offering.version.number)],
        ],
        parts=[part.plain() for part in sheet_parts(offering)],
    )  # fmt: skip
    return Draft(Paper.Kind.SHEET, offering.agency, service.title, offering.slug, says)


def _kinds(kinds: tuple[str, ...]) -> str:
    return "، ".join(AUDIENCES[kind].rpartition(" (")[0] for kind in kinds) or "–"


def _of(office: str) -> str:
    return office.removeprefix("اداره کل ")
