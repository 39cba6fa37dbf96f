"""What happens to a case moves the figures of the rows that count it: each row once met, once missed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from mizban.core.declarations.grammar import Declaration
from mizban.core.events.chain import instant
from mizban.core.events.models import Event
from mizban.office.compliance.catalogue import Row, rows
from mizban.office.compliance.measures import of_case
from mizban.office.compliance.stories import Story
from tests.conftest import SATURDAY
from tests.services.conftest import declared

from . import conformance

DAY = timedelta(days=1)
ROWS = {row.id: row for row in rows()}


@dataclass(frozen=True)
class Happened:
    """An event in short: what, so many days after the filing, due after so many."""

    kind: str
    on: int = 0
    due: int | None = None
    more: dict[str, Any] = field(default_factory=dict)


def filed(**plain: str) -> Happened:
    return Happened("filed", more={"plain": plain, "to": "filed"})


def step(name: str, on: int = 1, *, due: int | None = None) -> Happened:
    return Happened("step", on, due, {"step": name})


def broken(target: str, on: int = 5) -> Happened:
    return Happened("breached", on, on, {"target": target, "since": 1})


@dataclass(frozen=True)
class Told:
    """A row, the story of a case of a service, and whether its last event makes the row missed."""

    row: str
    service: str
    happened: tuple[Happened, ...]
    is_missed: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.row} {'missed' if self.is_missed else 'moves'}"


def pair(row: str, service: str, start: Sequence[Happened], met: Happened, missed: Happened) -> list[Told]:
    """The same beginning, ending well and badly."""
    return [Told(row, service, (*start, met)), Told(row, service, (*start, missed), is_missed=True)]


DESK, CARS, CLAIMS, DEBTS, DEEDS, DEPOSITS, PAY = (
    *("service-desk", "government-vehicles", "claims-reporting"),
    *("debt-instalments", "deed-dispatch", "deposits", "salaries"),
)
IN_TIME, LATE = step("reply", due=7), step("reply", on=9, due=7)
PERMITS = {"a": "ownership", "b": "removal", "c": "commission", "d": "sale_deed", "e": "plate"}
TOLD = [
    *pair("Sx-2.1", DESK, [filed(kind="request")], IN_TIME, LATE),
    *pair("Sx-3.2", DESK, [filed(kind="request")], IN_TIME, broken("answer")),
    Told("Sx-3.0b", DESK, (filed(kind="request"),)),
    Told("Sx-3.0b", DESK, (filed(kind="request"),), is_missed=True, facts={"code_is_good": False}),
    Told("Sx-4.6", DESK, (filed(kind="request"),)),
    Told("Sx-4.6", DESK, (filed(kind="request"),), is_missed=True, facts={"code_is_shared": True}),
    Told("Sx-5.1", DESK, (filed(kind="request"),)),
    Told("Sx-5.1", DESK, (filed(kind="complaint", matter="money"),), is_missed=True),
    Told("Sx-4.2a", DESK, (filed(kind="request"), Happened("reset-issued"))),
    *pair(
        "Sx-4.2b",
        DESK,
        [filed(kind="request"), Happened("reset-issued")],
        Happened("reset-used"),
        Happened("reset-issued", 2),
    ),
    Told("Sx-4.3", DESK, (filed(kind="request"), step("return"))),
    Told("Sx-4.4", DESK, (filed(kind="request"), Happened("code-recovered"))),
    Told("Sx-4.5", DESK, (filed(kind="request"), Happened("reset-issued"))),
    *(
        told
        for letter, permit in PERMITS.items()
        for told in pair(
            f"S0-1.1{letter}", CARS, [filed(permit=permit)], step("approve", due=7), step("refuse", 9, due=7)
        )
    ),
    *pair("S1-1.1a", CLAIMS, [filed()], step("start"), step("leave_out")),
    *pair("S1-1.1b", CLAIMS, [filed(), step("dispute")], step("correct"), step("leave_out")),
    *pair("S1-1.1c", CLAIMS, [filed(), step("confirm")], step("consolidate"), step("reopen")),
    *pair("S1-1.1d", CLAIMS, [filed(), step("consolidate")], step("send_to_ministry"), step("reopen")),
    *pair("S1-1.1e", CLAIMS, [filed(), step("send_to_ministry")], step("present"), broken("ministry")),
    *pair("S1-0", DEBTS, [filed(kind="grace")], step("approve", due=7), step("refuse", 9, due=7)),
    Told("S2-1.1a", DEEDS, (filed(recipient="own"), step("ministry_endorses"), step("issue_copy", due=5))),
    Told(
        "S2-1.1a",
        DEEDS,
        (filed(recipient="own"), step("record_endorsement"), step("issue_copy", due=5)),
        is_missed=True,
    ),
    Told("S2-1.1b", DEEDS, (filed(), step("issue_copy", due=5))),
    Told(
        "S2-1.1b",
        DEEDS,
        (filed(), step("issue_copy", due=5)),
        is_missed=True,
        facts={"is_whole": lambda: False},
    ),
    *pair("S2-1.1c", DEEDS, [filed()], step("issue_copy"), step("hand_over")),
    *pair("S2-1.1d", DEEDS, [filed()], step("owner_consents"), step("record_consent")),
    Told("S2-0", DEEDS, (filed(recipient="third"), step("owner_consents"), step("issue_copy", 2))),
    Told("S2-0", DEEDS, (filed(recipient="third"), step("issue_copy", 2)), is_missed=True),
    *pair("S3-1.1a", DEPOSITS, [filed(request="register")], step("register", due=5), broken("answer")),
    *pair("S3-1.1b", DEPOSITS, [filed(request="refund")], step("pay", due=5), broken("answer")),
    *pair("S3-1.1c", DEPOSITS, [filed(request="balance")], step("certify", due=5), broken("answer")),
    *pair("S3-0", PAY, [filed()], step("pay_net", due=5), step("pay_net", 7, due=5)),
    Told("S4-1.3", DESK, (filed(kind="request"), Happened("referred"))),
    Told("S4-1.4b", DESK, (filed(kind="request"),)),
    Told("S4-1.4b", DESK, (filed(kind="request"), step("invite")), is_missed=True),
    *pair("S4-3.1", DESK, [filed(kind="question")], IN_TIME, LATE),
    *pair("S4-3.2a", DESK, [filed(kind="suggestion")], IN_TIME, LATE),
]
for each in TOLD:
    conformance.add(each.row, "missed" if each.is_missed else "moves", f"test_rows_of_cases[{each.name}]")


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.name)
def test_what_happens_to_a_case_moves_the_figure_of_its_row(told: Told) -> None:
    row = ROWS[told.row]
    before, after = (counted(row, told, upto) for upto in (-1, None))
    assert after != before
    if row.owes != "applicant":
        assert (after[0] < after[1]) is told.is_missed


def test_a_late_correction_takes_from_a_figure() -> None:
    """A case that came back unfinished is no longer one without a fault."""
    told = Told("Sx-4.3", DESK, (filed(kind="request"), step("return")))
    assert (counted(ROWS["Sx-4.3"], told, -1), counted(ROWS["Sx-4.3"], told, None)) == ((1, 1), (0, 1))


def test_a_breach_told_after_the_answer_changes_nothing_more() -> None:
    late = Told("Sx-3.2", DESK, (filed(kind="request"), LATE))
    told = Told("Sx-3.2", DESK, (filed(kind="request"), LATE, broken("answer", 7)))
    assert counted(ROWS["Sx-3.2"], late, None) == counted(ROWS["Sx-3.2"], told, None) == (0, 1)


def test_a_case_that_was_withdrawn_in_time_is_no_answer() -> None:
    told = Told("Sx-3.2", DESK, (filed(kind="request"), step("withdraw", due=7)))
    assert counted(ROWS["Sx-3.2"], told, None) == (0, 0)


def test_a_first_act_counts_apart_from_the_answer() -> None:
    story = story_of(Told("", DESK, (filed(kind="request"), step("start"))), None)
    found = {count.measure for count in of_case(story) if count.denominator}
    assert "first-response" in found
    assert "answered-in-time" not in found


def counted(row: Row, told: Told, upto: int | None) -> tuple[int, int]:
    """Numerator and denominator of the row's part of its measure, for a story up to an event."""
    story = story_of(told, upto)
    found = [
        count
        for count in (of_case(story) if story.events else ())
        if (count.measure, count.topic) == (row.measure, row.part)
    ]
    return sum(count.numerator for count in found), sum(count.denominator for count in found)


def story_of(told: Told, upto: int | None) -> Story:
    declaration = declared(told.service)
    events = [_event(happened, number, declaration) for number, happened in enumerate(told.happened, start=1)]
    return Story(
        events[:upto], lambda _number: declaration, service=told.service, applicant="natural", **told.facts
    )


def _event(happened: Happened, number: int, declaration: Declaration) -> Event:
    facts = dict(happened.more)
    if name := facts.get("step"):
        facts.setdefault("to", declaration.steps[name].to or "filed")
    if happened.due is not None:
        facts["due_at"] = instant(_at(happened.due))
    return Event(number=number, kind=happened.kind, at=_at(happened.on), facts=facts)


def _at(day: int) -> datetime:
    return SATURDAY + day * DAY
