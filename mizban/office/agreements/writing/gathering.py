"""What an agreement is written from, as an office has it now: its services, people, calendar, and the text before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.declarations.grammar import Declaration
from mizban.core.people.models import Role
from mizban.lib.jalali import local
from mizban.lib.text import persian_digits
from mizban.office.agreements.models import Agreement, AgreementVersion
from mizban.office.agreements.terms import next_month, term
from mizban.office.calendar.current import calendar_of

from .facts import Facts
from .model import Written
from .sayings import one_sentence
from .writer import write

DIRECTOR = "role:director"
TELECOM = "در صورت برقرار بودن زیرساخت‌های لازم مخابراتی،"


@dataclass(frozen=True, slots=True)
class Source:
    """Of which services, under which title, with which facts; `present` is the version they run under."""

    title: str
    services: tuple[Declaration, ...]
    facts: Facts
    present: AgreementVersion | None

    def write(self) -> Written:
        """The agreement as it is written now."""
        return write(self.title, self.services, self.facts)


def source_of(
    agency: Agency,
    offerings: Sequence[Offering],
    *,
    at: datetime,
    days: tuple[date, date] | None = None,
    title: str = "",
) -> Source:
    """For these offerings of the agency at a moment.

    The days are those given, else those of the version in force while it lasts, else from the next Jalali month on.
    """
    services = tuple(each.declaration for each in offerings)
    today = local(at).date()
    present = Agreement.objects.binding(agency, services[0].slug)
    facts = _facts(agency, services, present, at=at, days=days or _days(present, today))
    return Source(title or services[0].title, services, facts, present)


def _facts(
    agency: Agency,
    services: Sequence[Declaration],
    present: AgreementVersion | None,
    *,
    at: datetime,
    days: tuple[date, date],
) -> Facts:
    officer = agency.memberships.holding(Role.SITE_OFFICER, at=at).first()
    phone = (officer.user.phone if officer else "") or agency.phone
    units = [unit.slug for unit in agency.units.all()]
    before = _before(present)
    return Facts(
        agency=agency.name,
        portal=f"{settings.SITE}/{agency.slug}/",
        valid_from=days[0],
        valid_until=days[1],
        week=calendar_of(agency.pk).week.shifts,
        officer=officer.user.full_name if officer else "",
        officer_phone=persian_digits(phone),
        counterpart=present.counterpart.name if present and present.counterpart else "",
        holdover=bool(present and present.holdover),
        kinds=before[0],
        condition=before[1],
        owner=f"unit:{units[0]}" if len(units) == 1 else DIRECTOR,
        owners={each.slug: f"unit:{each.unit}" for each in services if each.unit in units},
    )


def _before(present: AgreementVersion | None) -> tuple[frozenset[str], str]:
    """The kinds of clause the text before had, and on what its availability depended."""
    if present is None:
        return frozenset(), TELECOM
    condition = (present.reading.get("availability") or {}).get("condition") or ""
    said = TELECOM if "مخابرات" in condition else f"{one_sentence(condition)}،" if condition else ""
    return frozenset(present.clauses.values_list("kind", flat=True)), said


def _days(present: AgreementVersion | None, today: date) -> tuple[date, date]:
    first, last = (present.valid_from, present.valid_until) if present else (None, None)
    return (first, last) if first and last and last >= today else term(None, next_month(today))
