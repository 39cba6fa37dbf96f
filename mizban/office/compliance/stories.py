"""What a case's events tell: the pure ground on which measures stand. No query, no clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from mizban.core.declarations.grammar import Declaration, Target
from mizban.core.events.models import Event

from .months import day_of, month_of


@dataclass(frozen=True)
class Story:
    """The events of one case, oldest first, with what does not change of its row.

    `declared` gives the declaration that held at an event's number; `applicant` is the kind of its applicant;
    `is_whole` looks whether its chain has no gap.
    """

    events: Sequence[Event]
    declared: Callable[[int], Declaration]
    service: str = ""
    agreement: int = 0
    code_is_good: bool = True
    code_is_shared: bool = False
    applicant: str = ""
    is_whole: Callable[[], bool] = lambda: True

    @cached_property
    def declaration(self) -> Declaration:
        """The one that held at the last event."""
        return self.declared(self.events[-1].number)

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The plain answers, as filed and as mended since."""
        known: dict[str, Any] = {}
        for event in self.events:
            known |= event.facts.get("plain", {})
        return known

    @cached_property
    def filed_in(self) -> date:
        """The month it was filed in."""
        return month_of(day_of(self.events[0].at))

    @cached_property
    def promise(self) -> Target:
        return self.declaration.target_of(self.plain)

    @cached_property
    def steps(self) -> list[Event]:
        """The events that are steps, in order."""
        return [event for event in self.events if "step" in event.facts]

    def has(self, kind: str) -> bool:
        return any(event.kind == kind for event in self.events)

    def took(self, *steps: str) -> Event | None:
        """The first time one of these steps was taken."""
        return next((event for event in self.steps if event.facts["step"] in steps), None)

    def breach(self, target: str) -> date | None:
        """The month in which a target was first missed; None while none was told."""
        for event in self.events:
            if event.kind == "breached" and event.facts["target"] == target:
                return month_of(day_of(datetime.fromisoformat(event.facts["due_at"])))
        return None

    @cached_property
    def answer(self) -> tuple[date, bool] | None:
        """The month in which the promise was kept or broken, and whether it was kept; None while it runs, or where it
        has no date.

        A late answer counts in the month it was due, whether the breach was told before it or not.
        """
        if broken := self.breach(self.promise.name):
            return broken, False
        event = self.took(*self.promise.until)
        if event is None or "due_at" not in event.facts:
            return None
        due = datetime.fromisoformat(event.facts["due_at"])
        kept = event.at <= due
        return month_of(day_of(event.at if kept else due)), kept

    @cached_property
    def closed_in(self) -> date | None:
        """The month in which it first came to an end; None while it is open."""
        for event in self.events:
            state = self.declared(event.number).state(event.facts.get("to", ""))
            if state is not None and state.closed:
                return month_of(day_of(event.at))
        return None

    @cached_property
    def was_returned(self) -> bool:
        """Whether the applicant had to complete something: the clock stood on the applicant's side."""
        for event in self.events[1:]:
            state = self.declared(event.number).state(event.facts.get("to", ""))
            if state is not None and state.turn == "applicant" and state.clock_stopped:
                return True
        return False
