"""After a broken promise, on the page of a case: what was said, and the form of a reason and another date."""

from dataclasses import dataclass
from datetime import datetime

from mizban.core.cases.inhouse.inside import is_inside
from mizban.core.cases.models import Case
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.kit.forms import Bound
from mizban.kit.page import State
from mizban.office.breaches.acting import QUESTIONS, is_owed, may_promise, was_changed
from mizban.web.breaches import Breach, breach_of
from mizban.web.posted import bounds

from .acts import PREFIX, Sent

ACT = "promise"


@dataclass(frozen=True, slots=True)
class Broken:
    """The breach, how its new date stands, and the form; empty for whoever writes none."""

    breach: Breach
    again: tuple[State, str]
    form: list[Bound]
    opened: bool


def broken_of(
    case: Case, actor: Staff, events: list[Event], sent: Sent | None, *, now: datetime
) -> Broken | None:
    """None while no promise was broken, and for those of other agencies: their timeline says it."""
    breach = breach_of(case, events) if is_inside(case, actor) else None
    if breach is None:
        return None
    mine = sent if sent and sent.act == ACT else None
    asked = QUESTIONS[:1] if was_changed(case) else QUESTIONS
    form = []
    if is_owed(case) and may_promise(case, actor):
        form = bounds(asked, mine.raw if mine else {}, mine.errors if mine else {}, prefix=PREFIX)
    return Broken(breach, breach.again(now), form, opened=mine is not None)
