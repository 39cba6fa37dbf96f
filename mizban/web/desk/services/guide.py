"""What a declaration can say, key by key, in Persian: the keys come from the readers, `guide.toml` explains them."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpResponse

from mizban.core.declarations.conditions import TESTS
from mizban.core.declarations.grammar import APPLICANT_KINDS, WHO
from mizban.core.declarations.kinds import KINDS
from mizban.core.declarations.reading import IDENTITY_KEYS, KEYS
from mizban.core.declarations.reading.approvals import APPROVAL_KEYS
from mizban.core.declarations.reading.fields import FIELD_KEYS, PAGE_KEYS
from mizban.core.declarations.reading.steps import PARTY_KEYS, STATE_KEYS, STEP_KEYS
from mizban.core.declarations.reading.targets import AFTER_KEYS, TARGET_KEYS
from mizban.core.people.models import Role
from mizban.kit.requests import DeskRequest

from ..finding import member
from ..frame import above, desk_page
from .index import EXAMPLE, TITLE

GRAMMAR: dict[str, Iterable[str]] = {
    "top": KEYS,
    "applicants": APPLICANT_KINDS,
    "identity": IDENTITY_KEYS,
    "pages": PAGE_KEYS,
    "fields": FIELD_KEYS,
    "kinds": KINDS,
    "conditions": TESTS,
    "states": STATE_KEYS,
    "steps": STEP_KEYS,
    "who": WHO,
    "approvals": APPROVAL_KEYS,
    "parties": PARTY_KEYS,
    "targets": TARGET_KEYS,
    "after": AFTER_KEYS,
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """The keys of one place of a declaration, each with what it says."""

    name: str
    heading: str
    lead: str
    rows: tuple[tuple[str, str], ...]


@member(Role.SITE_OFFICER)
def show(request: DeskRequest) -> HttpResponse:
    """The guide to writing a service."""
    return desk_page(
        request,
        "desk/services/guide.html",
        title="راهنمای نوشتن خدمت",
        here="services",
        crumbs=(above(request, TITLE, "services"),),
        chapters=chapters(),
        example=EXAMPLE,
    )


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter in its order, its keys in the order of the code."""
    written = tomllib.loads((Path(__file__).parent / "guide.toml").read_text("utf-8"))["section"]
    return tuple(
        Chapter(
            each["name"],
            each["heading"],
            each["lead"],
            tuple((key, each["says"][key]) for key in GRAMMAR[each["name"]]),
        )
        for each in written
    )
