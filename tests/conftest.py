"""The cast: maryam files, babak is a clerk of her office, sara its site officer, dara a clerk elsewhere."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.test import Client

from mizban import services
from mizban.config.loading import YOUNG
from mizban.core import kept
from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import PUBLIC, Staff
from mizban.core.people.models import Membership, Role, User
from mizban.core.sealing.keys import forget_keys
from mizban.office.agreements import publishing
from mizban.office.agreements.reading import Reading, read_file
from mizban.office.calendar import current
from mizban.office.calendar.models import Calendar
from tests.chance import PROFILE
from tests.chromium import ARGUMENTS, CHROMIUM

hypothesis.settings.load_profile(PROFILE)

# A working Saturday morning in Tehran: 29 Aban 1405 is a Friday, 30 Aban the day after it.
SATURDAY = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
MARYAM = Applicant("natural", "مریم رضایی", "1367458218", "+989141234567")
MARYAM_TYPES = {
    "applicant_kind": "natural",
    "applicant_name": "مریم رضایی",
    "applicant_identifier": "۱۳۶۷۴۵۸۲۱۸",
    "applicant_mobile": "۰۹۱۴۱۲۳۴۵۶۷",
}
REQUEST = {
    "department": "housing",
    "kind": "request",
    "text": "پروانهٔ ساخت من چهار ماه است که در کمیسیون مانده است.",
}
PASSWORD = "a-good-long-password"
SERVICE_DESK = Path(services.__file__).parent / "service_desk" / "service.yaml"


# Playwright's loop goes on in this thread after a browser test, where Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# While modules are loaded, nearly everything made is kept: looking through it again and again finds nothing to collect.
gc.disable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests keep to one process; on the second engine, what never asks the database need not run again."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))
    if not config.getoption("--database-only"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not _touches_database(item)])
    items[:] = [item for item in items if _touches_database(item)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """From here on the collector looks at what tests leave behind, as in a served process; xdist's own, too."""
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
    gc.enable()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, for every test that asks for a `browser` or a `page`."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"})


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Nothing kept in the process outlives a test: keys, calendars."""
    forget_keys()
    kept.forget_all()
    current._kept.clear()  # noqa: SLF001  # a test begins like a process


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """A published text is read once a process, not once a test: the same words on the same day, one frozen tree."""

    @cache
    def of_content(_content: bytes, path: Path, today: date) -> Reading:
        return read_file(path, today=today)

    def read(path: Path, *, today: date) -> Reading:
        return of_content(path.read_bytes(), path, today)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "read_file", read)
        yield


def make_agency(slug: str, name: str) -> Agency:
    agency = Agency.objects.create(
        slug=slug, name=name, short_name=name, province="مرکزی", phone="086-32234455", address="اراک"
    )
    Calendar.objects.create(agency=agency, name="تقویم اداری")
    for unit_slug, unit_name in (("housing", "ادارهٔ مسکن"), ("roads", "ادارهٔ راه‌سازی")):
        Unit.objects.create(agency=agency, slug=unit_slug, name=unit_name)
    return agency


def make_member(agency: Agency, username: str, name: str, role: Role, unit: str | None = None) -> User:
    user = User.objects.create_user(username, PASSWORD, full_name=name, phone="086-32234455")
    held_in = agency.units.get(slug=unit) if unit else None
    Membership.objects.create(user=user, agency=agency, unit=held_in, role=role, hours="۸ تا ۱۴")
    return user


@pytest.fixture
def agency(db: None) -> Agency:
    """Maryam's office: roads and urban development of Markazi."""
    return make_agency("markazi-roads", "اداره کل راه و شهرسازی استان مرکزی")


@pytest.fixture
def other_agency(db: None) -> Agency:
    return make_agency("other-office", "اداره کل دیگر")


@pytest.fixture
def babak(agency: Agency) -> User:
    """A clerk of the housing unit."""
    return make_member(agency, "babak", "بابک امینی", Role.EXPERT, "housing")


@pytest.fixture
def sara(agency: Agency) -> User:
    """The site officer."""
    return make_member(agency, "sara", "سارا قنبری", Role.SITE_OFFICER)


@pytest.fixture
def dara(other_agency: Agency) -> User:
    """A clerk of another agency, who must see nothing."""
    return make_member(other_agency, "dara", "دارا نوری", Role.EXPERT)


@pytest.fixture
def as_babak(babak: User, agency: Agency) -> Staff:
    return Staff(babak.pk, babak.full_name, agency.pk, frozenset([Role.EXPERT]), _units(babak))


@pytest.fixture
def as_sara(sara: User, agency: Agency) -> Staff:
    return Staff(sara.pk, sara.full_name, agency.pk, frozenset([Role.SITE_OFFICER]))


@pytest.fixture
def as_dara(dara: User, other_agency: Agency) -> Staff:
    return Staff(dara.pk, dara.full_name, other_agency.pk, frozenset([Role.EXPERT]))


def _units(user: User) -> frozenset[int]:
    return frozenset(member.unit_id for member in user.memberships.all() if member.unit_id)


@pytest.fixture
def offering(agency: Agency) -> Offering:
    """The service desk at Maryam's office."""
    return Offering.publish(agency, SERVICE_DESK.read_text("utf-8"), at=SATURDAY)


@pytest.fixture
def open_case(offering: Offering) -> Callable[..., Opened]:
    """File Maryam's request; keywords change what she files."""

    def _open(**changes: Any) -> Opened:
        filing: dict[str, Any] = {"by": PUBLIC, "applicant": MARYAM, "answers": REQUEST, "at": SATURDAY}
        return Case.open(offering, **(filing | changes))

    return _open


@pytest.fixture
def opened(open_case: Callable[..., Opened]) -> Opened:
    """Maryam's case with its password."""
    return open_case()


@pytest.fixture
def case(opened: Opened) -> Case:
    return opened.case


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="mizban.web.sessions.PeopleBackend")
    return client


@pytest.fixture
def babak_client(babak: User) -> Client:
    return signed_in(babak)


@pytest.fixture
def sara_client(sara: User) -> Client:
    return signed_in(sara)


@pytest.fixture
def dara_client(dara: User) -> Client:
    return signed_in(dara)
