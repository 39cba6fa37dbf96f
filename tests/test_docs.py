"""The documentation names everything there is: keys of a declaration, kinds, settings, commands, floors."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from mizban.config import command
from mizban.core.declarations import grammar, reading
from mizban.core.declarations.conditions import TESTS
from mizban.core.declarations.kinds import KINDS
from mizban.core.declarations.reading import approvals, fields, steps, targets
from mizban.web.desk.services.index import EXAMPLE
from tests.example import RESIDENCE

ROOT = Path(__file__).parent.parent
SERVICES = (ROOT / "docs/services.md").read_text("utf-8")
OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")
CONFIG = "\n".join(path.read_text("utf-8") for path in (ROOT / "mizban/config").glob("*.py"))
SETTINGS = set(re.findall(r'"((?:MIZBAN|PROMETHEUS)_[A-Z_]+|DATABASE_URL)"', CONFIG))
FIGURES = set(re.findall(r'"(mizban_[a-z_]+)"', (ROOT / "mizban/config/metrics.py").read_text("utf-8")))

READERS = (reading, approvals, fields, steps, targets)
KEYS = {
    *(
        key
        for module in READERS
        for name, keys in vars(module).items()
        if name.endswith("KEYS")
        for key in keys
    ),
    *KINDS,
    *TESTS,
    *grammar.WHO,
    *grammar.APPLICANT_KINDS,
}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_of_a_declaration_is_documented(key: str) -> None:
    assert f"`{key}`" in SERVICES or f"{{{key}:" in SERVICES


@pytest.mark.parametrize("setting", ["MIZBAN_PORT", "MIZBAN_DATA", "DATABASE_URL"])
def test_every_setting_is_documented(setting: str) -> None:
    assert setting in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_every_setting_the_code_reads_is_in_the_operators_guide(setting: str) -> None:
    assert f"`{setting}`" in OPERATING


def test_the_settings_are_found_in_the_code() -> None:
    assert {"MIZBAN_DATA", "MIZBAN_HOSTS", "MIZBAN_METRICS_TOKEN", "DATABASE_URL"} <= SETTINGS


@pytest.mark.parametrize("words", command.FOUNDING)
def test_every_command_of_an_operator_is_in_the_usage_and_the_guide(words: tuple[str, str]) -> None:
    assert f"mizban {' '.join(words)}" in command.USAGE
    assert f"mizban {' '.join(words)}" in OPERATING


@pytest.mark.parametrize("figure", sorted(FIGURES))
def test_every_figure_of_the_metrics_is_explained(figure: str) -> None:
    assert f"`{figure}" in OPERATING


def test_every_address_for_machines_is_explained() -> None:
    for name in ("healthz", "readyz", "metrics"):
        assert f"`{reverse(name)}`" in OPERATING


@pytest.mark.parametrize("words", command.PLAIN)
def test_every_command_is_in_the_usage_and_the_readme(words: tuple[str, str]) -> None:
    assert f"mizban {' '.join(words)}" in command.USAGE
    assert f"mizban {' '.join(words)}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "floor", [path.name for path in (ROOT / "mizban").iterdir() if (path / "__init__.py").exists()]
)
def test_every_floor_is_on_the_map(floor: str) -> None:
    assert f"    {floor}" in (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def test_the_short_example_has_no_fault() -> None:
    source = SERVICES.split("```yaml\n")[1].split("```")[0]
    assert reading.read(source).slug == "residence-certificate"
    assert source == RESIDENCE
    assert len(source.splitlines()) <= 20


def test_the_desk_shows_the_example_of_the_documentation() -> None:
    assert EXAMPLE == RESIDENCE
