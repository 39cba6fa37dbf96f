"""Bringing the two offices into an empty installation. A second run changes nothing that is there."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from mizban import services
from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.models import Offering
from mizban.core.people.models import Membership, User
from mizban.lib.jalali import local
from mizban.office.agreements.publishing import PUBLISHED, enter
from mizban.office.calendar.models import Calendar
from mizban.office.calendar.seeding import seed

PASSWORD = "mizban-demo"  # noqa: S105  # printed by `make run`; accepted in demo mode only
HOURS = "شنبه تا چهارشنبه، ۷:۳۰ تا ۱۵"


def load_offices(*, at: datetime) -> list[Agency]:
    """Both offices with units, people, calendar, services and agreements. `at` is aware."""
    offices = tomllib.loads((Path(__file__).parent / "offices.toml").read_text("utf-8"))["offices"]
    return [_load(office, at=at) for office in offices]


@transaction.atomic
def _load(office: dict[str, Any], *, at: datetime) -> Agency:
    facts = ("name", "short_name", "province", "phone", "address", "postal_code")
    agency, _ = Agency.objects.get_or_create(
        slug=office["slug"], defaults={key: office[key] for key in facts}
    )
    for unit in office["units"]:
        Unit.objects.get_or_create(agency=agency, slug=unit["slug"], defaults={"name": unit["name"]})
    for person in office["people"]:
        _employ(agency, person)
    calendar, _ = Calendar.objects.get_or_create(agency=agency, name="تقویم اداری")
    seed(calendar, today=local(at).date(), at=at)
    for slug in office["services"]:
        Offering.publish(agency, declaration_of(slug), at=at)
    for number, agreement in enumerate(office["agreements"], start=1):
        path = PUBLISHED / agreement["file"]
        enter(agency, number, path, services=agreement["services"], today=local(at).date(), at=at)
    return agency


def declaration_of(slug: str) -> str:
    """The text of a deployed service's declaration."""
    folder = Path(services.__file__).parent / slug.replace("-", "_")
    return (folder / "service.yaml").read_text("utf-8")


def _employ(agency: Agency, person: dict[str, str]) -> None:
    user = User.objects.filter(username=person["username"]).first()
    if user is None:
        user = User.objects.create_user(
            person["username"], PASSWORD, full_name=person["name"], phone=person.get("phone", "")
        )
    unit = agency.units.get(slug=person["unit"]) if "unit" in person else None
    Membership.objects.get_or_create(
        user=user, agency=agency, unit=unit, role=person["role"], defaults={"hours": HOURS}
    )
