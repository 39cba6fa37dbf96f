"""Roles with their dates: the questions, and what was answered as a `Post`."""

import re
from typing import Any

from mizban.core.declarations.fields import Field, Option
from mizban.core.people.models import Role
from mizban.core.refusals import FormRefused
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.office.staffing.people import GIVEN, IN_UNITS, Post

from .officers import begins, day_typed, ends

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,49}")
BAD_NAME = "دست‌کم دو نویسه: حرف لاتین کوچک، رقم، نقطه یا خط تیره؛ آغازش حرف یا رقم باشد."
NO_UNIT = "برای این سمت واحد را خالی بگذارید؛ برای همهٔ اداره است."

POST_FIELDS = (
    Field("role", "choice", "سمت", options=tuple(Option(str(role), str(role.label)) for role in GIVEN)),
    Field(
        "unit",
        "unit",
        "واحد",
        help="برای کارشناس و رئیس واحد؛ خالی یعنی همهٔ اداره",
        required=False,
    ),
    Field("from_on", "date", "از روز", help="خالی یعنی از همین حالا", required=False),
    Field("until_on", "date", "تا پایان روز", help="خالی یعنی تا وقتی پایان داده شود", required=False),
)


def post_questions(request: DeskRequest, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The questions with the office's own units to choose from."""
    units = request.agency.units.filter(is_active=True)
    options = tuple(Option(each.slug, each.name) for each in units)
    return tuple(with_options(each, options) if each.name == "unit" else each for each in fields)


def with_options(field: Field, options: tuple[Option, ...]) -> Field:
    """The same question with other choices."""
    return Field(
        field.name, field.kind, field.label, help=field.help, required=field.required, options=options
    )


def post_of(request: DeskRequest, answers: dict[str, Any]) -> Post:
    """The role as answered. Raises FormRefused for a unit where the role has none."""
    role = Role(answers["role"])
    chosen = answers.get("unit")
    if chosen and role not in IN_UNITS:
        raise FormRefused({"unit": Malformed("no-unit", NO_UNIT)})
    unit = request.agency.units.filter(slug=chosen).first() if chosen else None
    from_on, until_on = day_typed(answers, "from_on"), day_typed(answers, "until_on")
    from_at = begins(from_on) if from_on else request.now
    return Post(role, unit, from_at, ends(until_on) if until_on else None)


def checked_name(typed: str) -> str:
    """A name to sign in with. Raises FormRefused."""
    if not USERNAME.fullmatch(typed):
        raise FormRefused({"username": Malformed("bad-username", BAD_NAME)})
    return typed
