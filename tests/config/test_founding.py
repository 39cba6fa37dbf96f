"""The first agency, the first people, the first service: from the command line, whole or not at all."""

import getpass
import sys
from pathlib import Path

import pytest
from django.test import Client

from mizban.config.demo.offices import PASSWORD as DEMO_PASSWORD
from mizban.config.founding import create_agency, create_user, publish_service
from mizban.config.instance import InstanceError
from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.models import Offering
from mizban.core.people.models import Membership, User
from mizban.office.calendar.current import calendar_of
from tests.conftest import SATURDAY, SERVICE_DESK

pytestmark = pytest.mark.django_db
NAME = "اداره كل راه و شهرسازي استان مركزي"


def founded(*more: str) -> Agency:
    words = ["--slug", "markazi-roads", "--name", NAME, "--unit", "housing=مسکن", "--unit", "roads=راه‌سازی"]
    assert create_agency([*words, *more]) == 0
    return Agency.objects.get(slug="markazi-roads")


def person(*more: str, username: str = "sara", role: str = "site_officer") -> list[str]:
    return [
        *("--agency", "markazi-roads", "--username", username, "--name", "سارا محمدی", "--role", role),
        *more,
    ]


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody at a terminal types, in order."""
    typed: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: typed.pop(0))
    return typed


class TestAgency:
    def test_it_is_tidy_has_units_and_works_by_iran_s_calendar(self) -> None:
        agency = founded("--phone", "۰۸۶-۳۳۱۳۰۰۰۱")
        assert agency.name == "اداره کل راه و شهرسازی استان مرکزی"
        assert agency.phone == "086-33130001"
        assert [unit.slug for unit in agency.units.all()] == ["housing", "roads"]
        assert calendar_of(agency.pk).is_working_day(SATURDAY.date())
        assert len(calendar_of(agency.pk).holidays) > 100

    @pytest.mark.parametrize(
        "slug",
        [
            "",
            "Markazi",
            "a b",
            "مرکزی",
            "../x",
            "desk",
            "track",
            "help",
            "metrics",
            "healthz",
            "a--b",
            "x" * 51,
        ],
    )
    def test_a_slug_that_is_no_address_or_mizban_s_own_is_refused(self, slug: str) -> None:
        with pytest.raises(InstanceError, match="--slug"):
            create_agency(["--slug", slug, "--name", NAME])
        assert not Agency.objects.exists()

    def test_twice_is_refused(self) -> None:
        founded()
        with pytest.raises(InstanceError, match="already"):
            create_agency(["--slug", "markazi-roads", "--name", NAME])

    @pytest.mark.parametrize(
        "wrong",
        [
            ["--unit", "housing"],
            ["--unit", "Housing=مسکن"],
            ["--unit", "a=ب", "--unit", "a=پ"],
            ["--legal-id", "123"],
            ["--parent", "nobody"],
            ["--name", "   "],
        ],
    )
    def test_a_wrong_fact_leaves_nothing_behind(self, wrong: list[str]) -> None:
        with pytest.raises(InstanceError):
            create_agency(["--slug", "markazi-roads", "--name", NAME, *wrong])
        assert not Agency.objects.exists()
        assert not Unit.objects.exists()


class TestUser:
    def test_without_a_terminal_a_password_is_shown_once_and_works(
        self, capsys: pytest.CaptureFixture[str], client: Client
    ) -> None:
        founded()
        assert create_user(person()) == 0
        password = capsys.readouterr().out.split("shown this once: ")[1].strip()
        assert len(password) >= 16
        answer = client.post("/desk/sign-in/", {"username": "sara", "password": password})
        assert answer.status_code == 302
        assert client.get("/desk/markazi-roads/").status_code == 200

    def test_a_typed_password_is_not_shown(
        self, typing: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        founded()
        typing += ["یک-رمز-بلند-خوب", "یک-رمز-بلند-خوب"]
        create_user(person())
        assert User.objects.get(username="sara").check_password("یک-رمز-بلند-خوب")
        assert "رمز" not in capsys.readouterr().out

    @pytest.mark.parametrize(
        "typed",
        [["short"], ["1234567890123"], ["sara-sara-sara"], [DEMO_PASSWORD], ["a-good-long-one", "another"]],
    )
    def test_a_weak_or_known_password_creates_nobody(self, typing: list[str], typed: list[str]) -> None:
        founded()
        typing += typed
        with pytest.raises(InstanceError):
            create_user(person())
        assert not User.objects.exists()

    def test_a_password_is_never_an_argument(self) -> None:
        founded()
        with pytest.raises(SystemExit):
            create_user(person("--password", "a-good-long-password"))
        assert not User.objects.exists()

    def test_roles_and_units(self) -> None:
        founded()
        create_user(person("--role", "head", "--unit", "housing", username="babak", role="expert"))
        held = Membership.objects.filter(user__username="babak").select_related("unit")
        assert {(each.role, each.unit.slug if each.unit else "") for each in held} == {
            ("expert", "housing"),
            ("head", "housing"),
        }

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            (["--agency", "nowhere"], "there is no agency"),
            (["--unit", "nowhere"], "has no unit"),
            (["--username", "سارا"], "--username"),
            (["--username", "x"], "--username"),
            (["--name", " "], "--name"),
        ],
    )
    def test_what_is_wrong_is_said(self, wrong: list[str], said: str) -> None:
        founded()
        with pytest.raises(InstanceError, match=said):
            create_user([*person(), *wrong])
        assert not User.objects.exists()

    def test_a_taken_name_is_refused(self) -> None:
        founded()
        create_user(person())
        with pytest.raises(InstanceError, match="already"):
            create_user(person())


class TestService:
    def test_published_it_is_on_the_portal(self, client: Client) -> None:
        founded()
        assert publish_service([str(SERVICE_DESK), "--agency", "markazi-roads"]) == 0
        assert publish_service([str(SERVICE_DESK.parent), "--agency", "markazi-roads"]) == 0
        assert Offering.objects.get().version.number == 1
        assert client.get("/markazi-roads/services/service-desk/").status_code == 200

    def test_a_broken_one_is_told_by_line_and_not_published(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        founded()
        path = tmp_path / "service.yaml"
        path.write_text(SERVICE_DESK.read_text("utf-8").replace("applicants:", "aplicants:"), "utf-8")
        assert publish_service([str(path), "--agency", "markazi-roads"]) == 1
        assert "aplicants" in capsys.readouterr().err
        assert not Offering.objects.exists()

    def test_a_missing_file_or_agency_is_said(self, tmp_path: Path) -> None:
        founded()
        with pytest.raises(InstanceError, match="cannot be read"):
            publish_service([str(tmp_path / "none.yaml"), "--agency", "markazi-roads"])
        with pytest.raises(InstanceError, match="there are: markazi-roads"):
            publish_service([str(SERVICE_DESK), "--agency", "nowhere"])
