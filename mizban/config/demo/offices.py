"""Bringing the two offices and their other parties into an empty installation. A second run changes nothing."""

import logging
import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from mizban import services
from mizban.core.agencies.models import Agency, Counterpart, Unit
from mizban.core.cases.publishing import load
from mizban.core.people.models import Membership, User
from mizban.lib.jalali import local
from mizban.office.agreements.publishing import PUBLISHED, enter
from mizban.office.calendar.models import Calendar
from mizban.office.calendar.seeding import seed

log = logging.getLogger(__name__)

PASSWORD = "mizban-demo"  # noqa: S105  # printed by `make run`; accepted in demo mode only
FACTS = ("name", "short_name", "province", "legal_id", "phone", "address", "postal_code")
HOURS = "شنبه تا چهارشنبه، ۷:۳۰ تا ۱۵"


def load_offices(*, at: datetime) -> list[Agency]:
    """Both offices with units, people, calendar, services and agreements, after all other parties. `at` is aware."""
    for other in _written("agencies"):
        _agency(other, has_portal=False)
    return [_load(office, at=at) for office in _written("offices")]


def _written(what: str) -> list[dict[str, Any]]:
    """The entries of one of the files beside this one."""
    found: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / f"{what}.toml").read_text("utf-8"))[
        what
    ]
    return found


@transaction.atomic
def _load(office: dict[str, Any], *, at: datetime) -> Agency:
    agency = _agency(office, has_portal=True)
    for role, slug in office.get("counterparts", {}).items():
        Counterpart.objects.get_or_create(
            agency=agency, role=role, defaults={"counterpart": Agency.objects.get(slug=slug)}
        )
    calendar, _ = Calendar.objects.get_or_create(agency=agency, name="تقویم اداری")
    seed(calendar, today=local(at).date(), at=at)
    for slug in office["services"]:
        for fault in load(agency, declaration_of(slug), at=at):
            log.warning("the text of %s is not taken: %s", slug, fault)
    for number, agreement in enumerate(office["agreements"], start=1):
        path = PUBLISHED / agreement["file"]
        enter(agency, number, path, services=agreement["services"], today=local(at).date(), at=at)
    return agency


@transaction.atomic
def _agency(written: dict[str, Any], *, has_portal: bool) -> Agency:
    """The agency with its units and people; its ministry stands before it in the files."""
    facts = {key: written[key] for key in FACTS} | {"has_portal": has_portal}
    if "parent" in written:
        facts["parent"] = Agency.objects.get(slug=written["parent"])
    agency, _ = Agency.objects.get_or_create(slug=written["slug"], defaults=facts)
    for unit in written["units"]:
        Unit.objects.get_or_create(agency=agency, slug=unit["slug"], defaults={"name": unit["name"]})
    for person in written["people"]:
        _employ(agency, person)
    return agency


def declaration_of(slug: str) -> str:
    """The text of a deployed service's declaration."""
    folder = Path(services.__file__).parent / slug.replace("-", "_")
    return (folder / "service.yaml").read_text("utf-8")


@cache
def _password_of_all() -> str:
    """One hash of the one password: forty of them, each slow by design, would be half of a first start."""
    return make_password(PASSWORD)


def _employ(agency: Agency, person: dict[str, str]) -> None:
    user = User.objects.filter(username=person["username"]).first()
    if user is None:
        user = User.objects.create(
            username=person["username"],
            password=_password_of_all(),
            full_name=person["name"],
            phone=person.get("phone", ""),
        )
    unit = agency.units.get(slug=person["unit"]) if "unit" in person else None
    Membership.objects.get_or_create(
        user=user, agency=agency, unit=unit, role=person["role"], defaults={"hours": HOURS}
    )
