"""From probes to verdicts: whether a minute was up, and when an outage began and ended. Plain Python.

A minute nobody measured has no verdict: it is neither up nor down, and it breaks a run.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from .instants import MINUTE

# By which measure a minute is down: where `all` sources that measured it say so, or where `any` does.
Agree = Literal["all", "any"]
Minutes: TypeAlias = dict[datetime, bool]
Answer: TypeAlias = tuple[str, datetime, bool]


def is_up(answers: Collection[bool], agree: Agree) -> bool:
    """The verdict on one minute of one target, from what each source found (at least one)."""
    return any(answers) if agree == "all" else all(answers)


def by_target(answers: Iterable[Answer], agree: Agree) -> dict[str, Minutes]:
    """For each target its measured minutes and whether it was up; `answers` are (target, minute, ok) of any source."""
    found: defaultdict[tuple[str, datetime], list[bool]] = defaultdict(list)
    for target, minute, ok in answers:
        found[target, minute].append(ok)
    made: defaultdict[str, Minutes] = defaultdict(dict)
    for (target, minute), answered in found.items():
        made[target][minute] = is_up(answered, agree)
    return dict(made)


def of_office(targets: Mapping[str, Minutes]) -> Minutes:
    """An office is up in a minute where everything measured in it was."""
    made: Minutes = {}
    for minutes in targets.values():
        for minute, up in minutes.items():
            made[minute] = up and made.get(minute, True)
    return made


@dataclass(frozen=True, slots=True)
class Turn:
    """An outage began or ended at `at`; it was certain once the minute `seen_in` was measured."""

    kind: Literal["down", "up"]
    at: datetime
    seen_in: datetime


def turns(minutes: Minutes, *, is_down: bool, after: int) -> list[Turn]:
    """When it went down and came back, in order: after so many minutes in a row that say so.

    `is_down` is how it stood before the first of the minutes.
    """
    made: list[Turn] = []
    run: list[datetime] = []
    for minute in sorted(minutes):
        if minutes[minute] is not is_down:
            # What says that nothing changed ends the run, and so does a minute without a measure.
            run = []
            continue
        run = [*run, minute] if run and minute - run[-1] == MINUTE else [minute]
        if len(run) == after:
            made.append(Turn("up" if is_down else "down", run[0], minute))
            is_down, run = not is_down, []
    return made
