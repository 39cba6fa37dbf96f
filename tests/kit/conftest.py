"""Rendering without a database: the environment alone, and Django's settings for static files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from mizban import kit
from mizban.kit.environment import environment

Render = Callable[..., str]
FOLDER = Path(kit.__file__).parent


@pytest.fixture(scope="session")
def jinja() -> Environment:
    return environment(loader=FileSystemLoader(FOLDER / "templates"))


@pytest.fixture
def render(jinja: Environment) -> Render:
    """Render a piece of template, with every macro of the kit at hand."""

    def _render(source: str, **context: Any) -> str:
        head = (
            '{% import "kit/_parts.html" as parts %}'
            '{% from "kit/_fields.html" import field, error_summary, form %}'
            '{% from "kit/_answers.html" import answer %}'
        )
        return jinja.from_string(head + source).render(csrf_input="", **context).strip()

    return _render


@pytest.fixture(scope="session")
def css() -> str:
    return (FOLDER / "static" / "kit" / "mizban.css").read_text("utf-8")
