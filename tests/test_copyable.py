"""To add a service, copy the nearest folder and change its slug: nothing else in the code knows of any service."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from mizban import services
from mizban.config.command import _check_service
from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.rules import RULES
from mizban.core.people.actors import PUBLIC
from tests.conftest import SATURDAY
from tests.services.conftest import ROADS, Province, examples, province  # noqa: F401  # a fixture

ORIGINAL, COPY = "debt-instalments", "debt-deferrals"
RULES_OF_ORIGINAL = ("debt-total", "debt-plan", "debt-approval")


def folder_of(slug: str) -> str:
    return slug.replace("-", "_")


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a deployed service under another slug, where Python looks for services."""
    folder = tmp_path / folder_of(COPY)
    original = Path(services.__file__).parent / folder_of(ORIGINAL)
    shutil.copytree(original, folder, ignore=shutil.ignore_patterns("__pycache__"))
    rewrite(folder, ORIGINAL, COPY)
    rewrite(folder, folder_of(ORIGINAL), folder_of(COPY))
    monkeypatch.setattr(services, "__path__", [*services.__path__, str(tmp_path)])
    before = dict(RULES)
    yield folder
    RULES.clear()
    RULES.update(before)
    for name in [name for name in sys.modules if folder_of(COPY) in name]:
        del sys.modules[name]


def rewrite(folder: Path, old: str, new: str) -> None:
    for path in [*folder.rglob("*.py"), *folder.rglob("*.yaml")]:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_copied_folder_is_found_checked_published_and_filed(
    copied: Path,
    settings: Any,
    province: Province,  # noqa: F811  # the fixture of that name
    capsys: pytest.CaptureFixture[str],
) -> None:
    for rule in RULES_OF_ORIGINAL:
        rewrite(copied, f'"{rule}"', f'"deferral-{rule}"')
        rewrite(copied, f"{rule},", f"deferral-{rule},")
        rewrite(copied, f"{rule}]", f"deferral-{rule}]")
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, f"mizban.services.{folder_of(COPY)}"]
    assert apps.is_installed(f"mizban.services.{folder_of(COPY)}")
    assert RULES["deferral-debt-total"].__module__ == f"mizban.services.{folder_of(COPY)}.rules"

    assert _check_service([str(copied)]) == 0
    assert "no fault" in capsys.readouterr().out

    office: Agency = province.office
    offering = Offering.publish(office, (copied / "service.yaml").read_text("utf-8"), at=SATURDAY)
    assert offering.slug == COPY
    assert set(offering.version.rules) == {f"deferral-{rule}" for rule in RULES_OF_ORIGINAL}

    answers = examples(offering.declaration)
    papers = province.papers(offering.declaration.form, {})
    case = Case.open(offering, by=PUBLIC, applicant=ROADS, answers=answers, files=papers, at=SATURDAY).case
    assert case.declaration.slug == COPY
    assert case.due_at is not None


def test_a_copy_cannot_quietly_take_the_original_s_rules(copied: Path, settings: Any) -> None:
    with pytest.raises(ValueError, match="debt-total is registered already"):
        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, f"mizban.services.{folder_of(COPY)}"]
