"""The frame the pages about breaches share: which there are for this person, and a case as one of their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from mizban.core.cases.models import Case
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.kit.environment import url
from mizban.kit.filters import spoken
from mizban.kit.page import NavItem, State
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local

from ..frame import desk_page

HERE = "breaches"
# Who sees the signs of games: those who answer for the office, and those who inspect it.
JUDGES = frozenset({Role.DIRECTOR, Role.INSPECTOR})
SETTERS = frozenset({Role.DIRECTOR, Role.SITE_OFFICER})


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list about breaches; without `address` it is another agency's and shown by its code only."""

    code: str
    address: str
    title: str
    unit: str
    holder: str
    chip: tuple[State, str]
    due: str
    note: str = ""


def row(request: DeskRequest, case: Case, *, chip: tuple[State, str], due: str = "", note: str = "") -> Row:
    """`case` comes with what lists show (`for_lists`)."""
    ours = case.agency_id == request.agency.pk
    unit = case.unit.name if case.unit else "–"
    return Row(
        code=case.code,
        address=url("desk:case", request.agency.slug, case.code) if ours else "",
        title=case.title if ours else case.declaration.title,
        unit=unit if ours else f"{case.agency.short_name}، {unit}",
        holder=holder_of(case) if ours else "",
        chip=chip,
        due=due or (spoken(case.due_at, local(request.now).date()) if case.due_at else "–"),
        note=note,
    )


def holder_of(case: Case) -> str:
    """With whom it is, as the queue says it."""
    match case.turn:
        case "applicant":
            return "متقاضی"
        case "party":
            return "دستگاه دیگر"
        case _:
            return case.assignee.full_name if case.assignee else "بی‌صاحب"


def breach_page(
    request: DeskRequest, template: str, *, title: str, part: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about breaches; `part` is the tab it stands under."""
    return desk_page(
        request,
        f"desk/breaches/{template}",
        title=title,
        here=HERE,
        part=part,
        parts=list(_parts(request.agency.slug, request.actor)),
        status=status,
        **context,
    )


def _parts(agency: str, actor: Staff) -> Iterable[NavItem]:
    yield NavItem("warnings", "هشدارها", url("desk:breaches", agency))
    yield NavItem("escalations", "ارجاع به مقام بالاتر", url("desk:escalations", agency))
    yield NavItem("forecast", "پیش‌بینی", url("desk:forecast", agency))
    if not actor.roles.isdisjoint(JUDGES):
        yield NavItem("signs", "نشانه‌ها", url("desk:signs", agency))
    if not actor.roles.isdisjoint(SETTERS):
        yield NavItem("settings", "تنظیم", url("desk:breach-settings", agency))
