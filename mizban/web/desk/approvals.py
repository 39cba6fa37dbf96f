"""Who must agree to a case, and who did: shown beside its steps to those of the office."""

from dataclasses import dataclass
from datetime import datetime

from mizban.core.cases.models import Approval, Case
from mizban.core.cases.models.approvals import standing
from mizban.core.declarations.grammar import PARTY
from mizban.core.people.models import Role
from mizban.kit.page import State

VERDICTS: dict[str, tuple[State, str]] = {"approve": ("kept", "تأیید کرد"), "refuse": ("late", "تأیید نکرد")}
ASKED: tuple[State, str] = ("open", "منتظر است")
LATER: tuple[State, str] = ("none", "هنوز نوبتش نیست")


@dataclass(frozen=True, slots=True)
class Place:
    """One who is asked: whose place it is, who filled it and when, and the chip of where it stands."""

    whose: str
    by: str
    at: datetime | None
    chip: tuple[State, str]


def places_of(case: Case) -> list[tuple[str, list[Place]]]:
    """The open rounds with their places, by what is to be agreed to. No query where nothing is."""
    declared = [each for each in case.declaration.approvals.values() if case.state in each.from_]
    if not declared:
        return []
    rows = standing(case)
    found = [(each.label, [_place(case, row) for row in rows if row.name == each.name]) for each in declared]
    return [(label, places) for label, places in found if places]


def _place(case: Case, row: Approval) -> Place:
    chip = VERDICTS.get(row.verdict) or (ASKED if row.asked_at else LATER)
    return Place(_whose(case, row), row.decided_name, row.decided_at, chip)


def _whose(case: Case, row: Approval) -> str:
    if row.unit:
        return row.unit.name
    if row.who.startswith(PARTY):
        return case.declaration.parties[row.who.removeprefix(PARTY)].label
    return str(Role(row.who).label)
