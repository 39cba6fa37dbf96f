"""Bringing the first agency, the first people and the services into an empty installation, from the command line.

Everything is refused in words (`InstanceError`); nothing half-made stays behind.
"""

import argparse
import contextlib
import getpass
import re
import secrets
import sys
from datetime import datetime
from pathlib import Path

from django.core.validators import slug_re
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.models import Offering
from mizban.core.declarations.nodes import BrokenDeclaration
from mizban.core.people.models import Membership, Role, User
from mizban.core.people.passwords import SHORTEST, is_weak
from mizban.lib.identifiers import legal_id
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.lib.text import tidy
from mizban.office.calendar.models import Calendar
from mizban.office.calendar.seeding import seed

from .demo.offices import PASSWORD as DEMO_PASSWORD
from .evidence import check_compliance, refold_compliance  # noqa: F401  # commands found here by name
from .instance import InstanceError

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,49}")


def create_agency(words: list[str]) -> int:
    """`mizban agency create`: the agency, its units, and a calendar with Iran's holidays."""
    parser = argparse.ArgumentParser(prog="mizban agency create")
    parser.add_argument("--slug", required=True, help="its place in addresses, such as markazi-roads")
    parser.add_argument("--name", required=True, help="its whole Persian name")
    parser.add_argument("--short-name", default="", help="what menus call it; the whole name unless given")
    for fact in ("province", "phone", "address", "postal-code", "legal-id"):
        parser.add_argument(f"--{fact}", default="")
    parser.add_argument("--parent", default="", help="slug of the ministry above it")
    parser.add_argument("--unit", action="append", default=[], metavar="SLUG=NAME", help="may be repeated")
    parser.add_argument(
        "--no-portal", action="store_true", help="a party in others' cases, without pages of its own"
    )
    asked = parser.parse_args(words)
    agency = _make_agency(asked, at=timezone.now())
    print(f"{agency.slug}: {agency.name}, {len(asked.unit)} units, calendar seeded with Iran's holidays.")
    print(f"Next: mizban user create --agency {agency.slug} --username … --name … --role site_officer")
    print(f"      mizban service publish PATH --agency {agency.slug}")
    return 0


def create_user(words: list[str]) -> int:
    """`mizban user create`: a person with roles at an agency. The password is asked for, or made up and shown once."""
    parser = argparse.ArgumentParser(prog="mizban user create")
    parser.add_argument("--agency", required=True)
    parser.add_argument("--username", required=True, help="what the person signs in with")
    parser.add_argument("--name", required=True, help="the person's name, as applicants read it")
    parser.add_argument("--role", required=True, action="append", choices=Role.values, help="may be repeated")
    parser.add_argument("--unit", default="", help="slug of the unit; without one, the whole agency")
    parser.add_argument("--phone", default="")
    asked = parser.parse_args(words)
    agency = _agency(asked.agency)
    unit = _unit(agency, asked.unit) if asked.unit else None
    _check_username(asked.username)
    password = _asked_password(asked.username) if sys.stdin.isatty() else ""
    made_up = "" if password else secrets.token_urlsafe(12)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                asked.username, password or made_up, full_name=_line(asked.name, "--name"), phone=asked.phone
            )
            for role in dict.fromkeys(asked.role):
                Membership.objects.create(user=user, agency=agency, unit=unit, role=role)
    except IntegrityError as fault:
        raise InstanceError(f"--username {asked.username}: somebody has this name already.") from fault
    print(f"{user.username}: {', '.join(asked.role)} at {agency.slug}.")
    if made_up:
        print(f"Password, shown this once: {made_up}")
    return 0


def publish_service(words: list[str]) -> int:
    """`mizban service publish`: from now on the agency offers this; running cases keep their version."""
    parser = argparse.ArgumentParser(prog="mizban service publish")
    parser.add_argument("path", metavar="PATH", help="service.yaml, or its folder")
    parser.add_argument("--agency", required=True)
    asked = parser.parse_args(words)
    agency = _agency(asked.agency)
    path = Path(asked.path) / "service.yaml" if Path(asked.path).is_dir() else Path(asked.path)
    try:
        offering = Offering.publish(agency, path.read_text("utf-8"), at=timezone.now())
    except (OSError, UnicodeDecodeError) as fault:
        raise InstanceError(f"{path} cannot be read: {fault}") from fault
    except BrokenDeclaration as broken:
        for found in broken.faults:
            print(f"{path}:{found.line}: {found.message}", file=sys.stderr)
        return 1
    print(f"{agency.slug} offers {offering.slug}, version {offering.version.number}.")
    return 0


@transaction.atomic
def _make_agency(asked: argparse.Namespace, *, at: datetime) -> Agency:
    _check_slug(asked.slug)
    name = _line(asked.name, "--name")
    try:
        agency, is_new = Agency.objects.get_or_create(
            slug=asked.slug,
            defaults={
                "name": name,
                "short_name": _line(asked.short_name or name, "--short-name")[:100],
                "province": tidy(asked.province),
                "phone": tidy(asked.phone),
                "address": tidy(asked.address),
                "postal_code": tidy(asked.postal_code),
                "legal_id": legal_id.parse(asked.legal_id) if asked.legal_id else "",
                "parent": _agency(asked.parent) if asked.parent else None,
                "has_portal": not asked.no_portal,
            },
        )
    except Malformed as fault:
        raise InstanceError(f"--legal-id: {fault.message}") from fault
    except DatabaseError as fault:
        raise InstanceError("a fact of the agency is too long for its column; shorten it.") from fault
    if not is_new:
        raise InstanceError(f"--slug {asked.slug}: there is an agency of this slug already.")
    for number, text in enumerate(asked.unit, start=1):
        _make_unit(agency, text, number)
    calendar = Calendar.objects.create(agency=agency, name="تقویم اداری")
    seed(calendar, today=local(at).date(), at=at)
    return agency


def _make_unit(agency: Agency, text: str, number: int) -> None:
    slug, _, name = text.partition("=")
    if not (slug_re.match(slug) and slug == slug.lower() and name.strip()):
        raise InstanceError(f"--unit number {number}: write slug=name, such as housing=مسکن")
    _, is_new = Unit.objects.get_or_create(
        agency=agency, slug=slug, defaults={"name": _line(name, "--unit")[:100]}
    )
    if not is_new:
        raise InstanceError(f"--unit {slug} stands twice.")


def _check_slug(slug: str) -> None:
    """Lower-case words joined by «-» that are no address of Mizban's own."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 50:
        raise InstanceError(f"--slug {slug}: write lower-case words joined by «-», such as markazi-roads.")
    for tried in (f"/{slug}/", f"/{slug}"):
        with contextlib.suppress(Resolver404):
            if resolve(tried).view_name != "portal:office":
                raise InstanceError(f"--slug {slug}: this address is Mizban's own; choose another.")


def _check_username(username: str) -> None:
    if not USERNAME.fullmatch(username):
        raise InstanceError(
            "--username: two to fifty of a–z, 0–9, «.», «-» and «_», beginning with a letter or digit."
        )


def _asked_password(username: str) -> str:
    """Typed twice and not shown; empty asks for one to be made up. Raises InstanceError."""
    password = getpass.getpass("Password (empty: one is made up and shown once): ")
    if not password:
        return ""
    if is_weak(password, username=username):
        raise InstanceError(f"a password has {SHORTEST} characters or more, not digits only, not the name.")
    if password == DEMO_PASSWORD:
        raise InstanceError("this is the password of the demo, which everybody knows.")
    if password != getpass.getpass("Once more: "):
        raise InstanceError("the two are not the same; nobody was created.")
    return password


def _agency(slug: str) -> Agency:
    found = Agency.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Agency.objects.values_list("slug", flat=True)[:20]) or "none yet"
        raise InstanceError(f"there is no agency «{slug}»; there are: {known}.")
    return found


def _unit(agency: Agency, slug: str) -> Unit:
    found = agency.units.filter(slug=slug).first()
    if found is None:
        known = ", ".join(agency.units.values_list("slug", flat=True)[:50]) or "none"
        raise InstanceError(f"{agency.slug} has no unit «{slug}»; it has: {known}.")
    return found


def _line(text: str, option: str) -> str:
    """One tidy line. Raises InstanceError for an empty one."""
    line = " ".join(tidy(text).split())
    if not line:
        raise InstanceError(f"{option} is empty.")
    return line[:200]
