"""Who may take a step: by role, unit, assignment or part in the case; and what stands in the way all the same."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from mizban.core.agencies.models import Unit
from mizban.core.declarations.grammar import ASSIGNEE, PARTY, UNIT, Step, Target
from mizban.core.events.models import Event
from mizban.core.kept import kept
from mizban.core.people.actors import Actor, Guest, Staff, System
from mizban.core.refusals import Refusal

from ..clocks.clock import clock_of
from ..clocks.own_time import own_time
from ..inhouse.inside import WORKING, is_at_home
from ..models.approvals import Approval, standing

if TYPE_CHECKING:
    from ..models import Case


class PreparedIt(Refusal):
    """Four eyes: whoever prepared something does not decide on it."""

    code = "prepared-it"
    status = 403
    message = "شما در آماده‌کردن یا تصمیم پیشین این پرونده دست داشته‌اید؛ این گام با همکار دیگری است."


class GaveAlready(Refusal):
    """One person fills one place of an approval."""

    code = "gave-already"
    status = 403
    message = "شما یک بار در این تأیید نظر داده‌اید؛ جای دیگر آن با همکار دیگری است."


class NotAsked(Refusal):
    """The approval is not open to this person: decided by somebody, or waiting for those before."""

    code = "not-asked"
    status = 409
    message = "این تأیید اکنون از شما خواسته نشده است: یا همکار دیگری آن را داده، یا نوبت آن هنوز نرسیده است."


class TooLate(Refusal):
    """The step could be taken for a time only, and that is over."""

    code = "too-late"
    status = 409
    message = "مهلت این کار گذشته است."


def may_take(case: "Case", step: Step, by: Actor) -> bool:
    """Whether the step is for this case and this actor is one of those who take it; its state is another question."""
    if not step.is_for(case.plain):
        return False
    match by:
        case Guest():
            return "applicant" in step.by and by.case_id == case.pk
        case Staff():
            return any(is_one_of(case, who, by) for who in step.by)
        case System():
            return "system" in step.by
        case _:
            return False


def is_one_of(case: "Case", who: str, by: Staff) -> bool:
    """Whether a declared word (role, `assignee`, `unit:SLUG`, `party:ROLE`, `applicant`) means this person here."""
    if by.agency_id != case.agency_id:
        role = who.removeprefix(PARTY) if who.startswith(PARTY) else who if who == "applicant" else ""
        return bool(role) and not by.roles.isdisjoint(WORKING) and role in case.roles_of(by.agency_id)
    if who == ASSIGNEE:
        return case.assignee_id in by.desks and not by.roles.isdisjoint(WORKING)
    if who.startswith(UNIT):
        return not by.roles.isdisjoint(WORKING) and _is_in(case.agency_id, who, by)
    return who in by.roles and is_at_home(case, by)


def _is_in(agency_id: int, who: str, by: Staff) -> bool:
    """Whether this person works in the unit; whoever works in none works in all."""
    return not by.unit_ids or unit_ids(agency_id).get(who.removeprefix(UNIT)) in by.unit_ids


@kept
def unit_ids(agency_id: int) -> dict[str, int]:
    """The units of an agency by slug, which never changes."""
    return dict(Unit.objects.filter(agency_id=agency_id).values_list("slug", "pk"))


def steps_for(case: "Case", by: Actor, *, at: datetime | None = None) -> list[Step]:
    """The steps this actor can take now, in the declared order; without `at`, those whose time is over too."""
    open_now = case.declaration.steps_open_in(case.state)
    mine = [step for step in open_now if may_take(case, step, by) and hindrance(case, step, by) is None]
    return mine if at is None else in_time(case, mine, at=at)[0]


def hindrance(case: "Case", step: Step, by: Actor) -> Refusal | None:
    """What keeps somebody of the right kind from a step: the same person prepared it, or decided a place of it."""
    if not isinstance(by, Staff):
        return None
    if (step.four_eyes or step.not_by) and by.user_id in preparers(case, step):
        return PreparedIt()
    if step.approval:
        places = [place for place in standing(case) if place.name == step.approval]
        if any(place.decided_by == by.user_id for place in places):
            return GaveAlready()
        if place_of(case, places, by) is None:
            return NotAsked()
    return None


def place_of(case: "Case", places: list[Approval], by: Staff) -> Approval | None:
    """The first open place this person can fill."""
    return next((place for place in places if place.is_open and is_one_of(case, place.who, by)), None)


def preparers(case: "Case", step: Step) -> set[int]:
    """The people who took any of the steps that `step` must not share its taker with."""
    declared = case.declaration.steps.values()
    named = {each.name for each in declared if {each.name, each.approval} & set(step.not_by)}
    if not step.not_by:
        named = {each.name for each in declared if each.to in step.from_ and each.to not in each.from_}
    return {
        event.actor_id
        for event in case.history()
        if event.actor_kind == "staff" and event.actor_id is not None and taken(event) in named
    }


def taken(event: Event) -> str:
    """The step of an event, of a decision that did not decide its approval yet too."""
    found: str = event.facts.get("step") or event.facts.get("decision", "")
    return found


def is_over(case: "Case", step: Step, *, at: datetime) -> bool:
    until = open_until(case, step)
    return until is not None and until < at


def in_time(
    case: "Case", steps: Iterable[Step], *, at: datetime
) -> tuple[list[Step], list[tuple[Step, datetime]]]:
    """Of steps open here, those that can still be taken, and those that are over, each with when that was."""
    open_, over = [], []
    for step in steps:
        until = open_until(case, step)
        if until is not None and until < at:
            over.append((step, until))
        else:
            open_.append(step)
    return open_, over


def open_until(case: "Case", step: Step) -> datetime | None:
    """Until when a step with `open_for` can be taken, counted from the case's coming to its state; None: for ever."""
    if step.open_for is None:
        return None
    if "applicant" in step.by:
        return own_time(clock_of(case.agency_id), step.open_for, since=came_at(case)).until
    limit = Target("open_for", step.open_for.within, step.open_for.unit, ())
    return clock_of(case.agency_id).due(limit, filed_at=came_at(case)).at


def came_at(case: "Case") -> datetime:
    """When the case came to the state it stands in."""
    events = [event for event in case.history() if event.facts.get("to")]
    came = events[0]
    for before, event in pairwise(events):
        if event.facts["to"] != before.facts["to"]:
            came = event
    return came.at
