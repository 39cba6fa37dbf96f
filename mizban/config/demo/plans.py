"""How a case of the demo goes: which steps, when, and where it stands now. Plain arithmetic, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from mizban.core.declarations.grammar import Declaration, State, Step, Target
from mizban.office.calendar.days import WorkingCalendar
from mizban.office.calendar.timetable import DAY

YEAR = 355
WAYS = 12
RETURNED, STAYS, LATE = 0.28, 0.12, 0.13
# How often a case ends in a state: answered ones are many, those that wait are some.
ANSWERED, WAITING, ENDED = 9, 2, 1
OVER_A_NIGHT = 1.45  # days of the calendar for a working day, week-ends and holidays among them


@dataclass(frozen=True, slots=True)
class Plan:
    """When the case is filed, and each step with its moment, all before now."""

    filed_at: datetime
    steps: tuple[tuple[Step, datetime], ...]


def plan(
    declaration: Declaration, number: int, *, dice: Random, calendar: WorkingCalendar, now: datetime
) -> Plan:
    """The life of the `number`-th case of a service; the first ones reach every state there is."""
    paths = {name: found for name in declaration.states if (found := _way(declaration, name, dice))[0]}
    goals = list(paths)
    goal = goals[number] if number < len(goals) else _often(declaration, paths, dice)
    path = paths[goal][1]
    target = declaration.answer_target
    minutes = _minutes(path, declaration, target, calendar, dice)
    answered = any(step.name in target.until for step in path)
    filed_at = _filed_at(sum(minutes), answered=answered, dice=dice, calendar=calendar, now=now)
    return Plan(filed_at, tuple(_dated(path, minutes, filed_at, calendar=calendar, now=now)))


def _way(declaration: Declaration, goal: str, dice: Random) -> tuple[bool, list[Step]]:
    """A path that one case can take from end to end, where chance finds it."""
    for _ in range(WAYS):
        found = _path(declaration, goal, dice)
        if _open_for(found[1]) is not None:
            break
    return found


def _open_for(steps: Sequence[Step]) -> frozenset[tuple[str, frozenset[Any]]] | None:
    """The answers that open all of these steps, None where no set of answers does.

    Only conditions on one answer are looked into; the others are taken at their word.
    """
    found: dict[str, frozenset[Any]] = {}
    for condition in (step.when for step in steps if step.when is not None):
        if condition.op in ("is", "in"):
            wanted = frozenset(condition.wanted if condition.op == "in" else (condition.wanted,))
            found[condition.name] = found.get(condition.name, wanted) & wanted
    return frozenset(found.items()) if all(found.values()) else None


def _path(declaration: Declaration, goal: str, dice: Random) -> tuple[bool, list[Step]]:
    """Steps that lead from filing to the state, sometimes by way of a return; whether there are any."""
    first = declaration.first_state
    direct = _shortest(declaration, first, goal, dice)
    if direct is None:
        return False, []
    stops = [
        state.name for state in declaration.states.values() if state.clock_stopped and state.name != goal
    ]
    if stops and goal != first and dice.random() < RETURNED:
        by_way_of = dice.choice(stops)
        there = _shortest(declaration, first, by_way_of, dice)
        on = _shortest(declaration, by_way_of, goal, dice)
        if there is not None and on is not None:
            return True, there + on
    return True, _with_stays(declaration, direct, dice)


def _shortest(declaration: Declaration, start: str, goal: str, dice: Random) -> list[Step] | None:
    """A shortest way one set of answers can open; of several, one by chance. None where no step leads there."""
    steps = [step for step in declaration.steps.values() if step.to]
    dice.shuffle(steps)
    # What somebody can do goes before what happens by itself.
    steps.sort(key=lambda step: step.after is not None)
    edge: list[tuple[str, list[Step]]] = [(start, [])]
    seen = set()
    while edge:
        for state, path in edge:
            if state == goal:
                return path
        new = []
        for state, path in edge:
            for step in (step for step in steps if state in step.from_):
                place = (step.to, _open_for([*path, step]))
                if step.to and place[1] is not None and place not in seen:
                    seen.add(place)
                    new.append((step.to, [*path, step]))
        edge = new
    return None


def _with_stays(declaration: Declaration, path: list[Step], dice: Random) -> list[Step]:
    """Now and then a step that changes no state, such as an invitation, on the way."""
    made = []
    for step in path:
        made.append(step)
        staying = [
            each
            for each in declaration.steps_open_in(step.to or "")
            if each.to is None and each.after is None
        ]
        if staying and dice.random() < STAYS:
            made.append(dice.choice(staying))
    return made


def _often(declaration: Declaration, paths: dict[str, tuple[bool, list[Step]]], dice: Random) -> str:
    goals = list(paths)
    weights = [_weight(declaration.states[goal], paths[goal][1], declaration.answer_target) for goal in goals]
    return dice.choices(goals, weights)[0]


def _weight(state: State, path: list[Step], target: Target) -> int:
    if any(step.name in target.until for step in path):
        return ANSWERED
    return WAITING if state.turn != "nobody" else ENDED


def _minutes(
    path: Sequence[Step], declaration: Declaration, target: Target, calendar: WorkingCalendar, dice: Random
) -> list[float]:
    """Working minutes before each step: the office's together make it in time or late, others take their days."""
    whole = target.within
    if target.unit == "working_days":
        whole = calendar.minutes_of_days(target.within)
    spent = whole * (dice.uniform(1.15, 2.0) if dice.random() < LATE else dice.uniform(0.12, 0.86))
    until = next((i for i, step in enumerate(path) if step.name in target.until), len(path) - 1)
    ours = [i for i, step in enumerate(path[: until + 1]) if not _waits(step, declaration)]
    shares = {i: dice.uniform(0.3, 1.0) for i in ours}
    together = sum(shares.values()) or 1.0
    return [
        _by_itself(path[i], calendar)
        or (max(2.0, spent * shares[i] / together) if i in shares else dice.uniform(200, 1900))
        for i in range(len(path))
    ]


def _by_itself(step: Step, calendar: WorkingCalendar) -> float:
    """The working minutes after which the system takes the step; 0 for the steps of people."""
    if step.after is None:
        return 0.0
    within = step.after.within
    return calendar.minutes_of_days(within) if step.after.unit == "working_days" else within


def _waits(step: Step, declaration: Declaration) -> bool:
    """Whether the step ends a time in which the clock stood."""
    return any(declaration.states[state].clock_stopped for state in step.from_)


def _filed_at(
    minutes: float, *, answered: bool, dice: Random, calendar: WorkingCalendar, now: datetime
) -> datetime:
    """A moment of office hours: any of the last year for what is done, lately for what still runs."""
    took = minutes / calendar.minutes_per_day * OVER_A_NIGHT
    ago = dice.uniform(took + 2, max(YEAR, took + 3)) if answered else took + dice.uniform(0.6, 4)
    day = calendar.day_of(now - timedelta(days=ago))
    opens = calendar.opening(datetime.combine(day, time(5), calendar.zone))
    filed_at = calendar.add_working_minutes(opens, dice.uniform(3, 420))
    return filed_at if filed_at < now else now - DAY


def _dated(
    path: Sequence[Step],
    minutes: Sequence[float],
    filed_at: datetime,
    *,
    calendar: WorkingCalendar,
    now: datetime,
) -> list[tuple[Step, datetime]]:
    """Each step with its moment, in office hours, up to now."""
    at, dated = filed_at, []
    for step, passed in zip(path, minutes, strict=True):
        at = calendar.add_working_minutes(at, passed)
        if at >= now:
            break
        dated.append((step, at))
    return dated
