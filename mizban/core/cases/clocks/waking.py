"""What happens to cases by itself: deadlines are warned of and breached, and the system takes its steps.

A case says when to look at it (`Case.wake_at`). Whoever looks computes everything anew from the events and the calendar
of that moment, and acts through `writing.record`: an event says that it happened, so it happens once under any number
of workers, however they end.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.db import DatabaseError, transaction

from mizban.core.events.chain import instant
from mizban.core.people.actors import SYSTEM

from ..writing import ActedFirst, record
from .clock import clock_of
from .deadlines import Act, Happening, acts, times
from .listening import tell

if TYPE_CHECKING:
    from ..models import Case

BATCH = 200
# A case that cannot be worked on must not keep the others waiting; the log has said why.
LATER = timedelta(minutes=15)
# One after the other at one look: more than any chain of warnings and steps needs.
MOST_ACTS = 20

log = structlog.get_logger()


def wake(*, at: datetime, most: int = BATCH) -> int:
    """Look at up to `most` cases whose moment has come by the aware moment `at`; how many were looked at.

    Costs in proportion to what is due: the others are not read.
    """
    from ..models import Case  # noqa: PLC0415  # the model asks `taking`, which stands below this

    due = list(Case.objects.to_wake(at=at)[:most])
    for case in due:
        _safely(case, at=at)
    return len(due)


def look(case: "Case", *, at: datetime) -> int:
    """Do what is due of one case; how many things happened. Raises ActedFirst where somebody acts on it now."""
    for done in range(MOST_ACTS):
        act = _next(case, at=at)
        if act is None:
            return done
        if act.kind == "step":
            case.take(act.name, by=SYSTEM, at=at)
        else:
            _say(case, act, at=at)
    return MOST_ACTS


def tell_next(case: "Case", *, until: datetime) -> bool:
    """Tell what the clock had to tell first, by `until`, as of the moment it fell due; False where there is nothing.

    For a past that is written down afterwards. The system takes no steps in it.
    """
    telling = [act for act in _coming(case) if act.kind != "step"]
    if not telling or telling[0].at > until:
        return False
    _say(case, telling[0], at=telling[0].at)
    return True


def _coming(case: "Case") -> list[Act]:
    events, clock = case.history(), clock_of(case.agency_id)
    return acts(case.declaration, case.plain, events, clock)


def _safely(case: "Case", *, at: datetime) -> None:
    """Of two workers one is first; a case that fails is put off."""
    try:
        look(case, at=at)
    except ActedFirst:
        return
    except DatabaseError:
        raise
    except Exception:
        log.exception("a case could not be woken", case=case.pk)
        # The instance may know of an event that was undone.
        type(case).objects.filter(pk=case.pk, wake_at__lte=at).update(wake_at=at + LATER)


def _next(case: "Case", *, at: datetime) -> Act | None:
    """The next thing that is due; None once nothing is, and the row then says when to look again."""
    coming = _coming(case)
    due = [act for act in coming if act.at <= at]
    if not due:
        _sleep(case, coming[0].at if coming else None)
        return None
    # Of one deadline the last alone is told: who is late need not hear that half of the time is gone.
    return next(act for act in due if not _has_later(act, due))


def _has_later(act: Act, due: list[Act]) -> bool:
    return any(
        act.deadline is not None and other.deadline is act.deadline and other.share > act.share
        for other in due
    )


def _say(case: "Case", act: Act, *, at: datetime) -> None:
    """Write that a deadline is near or was broken, and tell who listens."""
    deadline = act.deadline
    assert deadline is not None and deadline.due_at is not None  # noqa: S101, PT018  # only deadlines are told
    facts: dict[str, Any] = {"target": act.name, "since": deadline.number, "due_at": instant(deadline.due_at)}
    if act.kind == "warned":
        facts["share"] = act.share
    happening = Happening(case.number_of_events + 1, at, act.kind, facts)
    after = times(case.declaration, case.plain, [*case.history(), happening], clock_of(case.agency_id))
    changes: dict[str, Any] = {"wake_at": after.wake_at}
    if act.kind == "breached" and act.name == case.target.name and case.answered_at is None:
        # What is told now is what was measured by: the row says the same.
        changes |= {"due_at": after.due_at, "due_calendar": after.due_calendar}
    with transaction.atomic():
        event = record(case, act.kind, by=SYSTEM, at=at, facts=facts, **changes)
        tell(case, event)


def _sleep(case: "Case", until: datetime | None) -> None:
    """No event, so no change of the case: only when to look again, unless somebody acted meanwhile."""
    if case.wake_at != until:
        unchanged = type(case).objects.filter(pk=case.pk, number_of_events=case.number_of_events)
        unchanged.update(wake_at=until)
        case.wake_at = until
