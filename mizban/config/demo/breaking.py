"""The demo's broken promises: told, apologised for and put before superiors when they fell due, not at a first look."""

from datetime import datetime, timedelta

from mizban.core.cases.amends import ESCALATED
from mizban.core.cases.clocks import waking
from mizban.core.cases.models import Case
from mizban.office.breaches import alerts, watching
from mizban.office.breaches.acting import acknowledge
from mizban.office.breaches.models import Escalation
from mizban.office.calendar.current import calendar_of

from .staffroom import Staffroom

# When a superior of the demo comes to it.
SEEN_AFTER = timedelta(hours=20)
# All but one of so many; the others wait still.
SEEN_OF = 3
NOTES = (
    "با کارشناس پرونده گفت‌وگو کردم؛ تا پایان هفته پاسخ می‌دهد.",
    "پرونده را به همکار دیگری سپردم تا زودتر پاسخ بگیرد.",
    "مدرک کم دارد؛ پیگیری تلفنی شد و خودم نتیجه را می‌بینم.",
)


def tell(case: Case, staff: Staffroom, *, until: datetime) -> None:
    """Everything the clock had to say of a case by the aware moment `until`, and what superiors wrote to it."""
    while True:
        if any(event.kind == ESCALATED for event in case.history()):
            _seen(case, staff, until=until)
        # The row knows when anything is due at all.
        if case.wake_at is None or case.wake_at > until or not waking.tell_next(case, until=until):
            return


def settle(*, at: datetime) -> None:
    """The lists of the desk as a worker that never slept would have left them."""
    while alerts.settle():
        pass
    # Nobody else writes yet: what was written a moment ago is settled too.
    while watching.watch(at=at + watching.SETTLED):
        pass


def _seen(case: Case, staff: Staffroom, *, until: datetime) -> None:
    """Whoever is the superior has looked a working day later, where that has come before anything else."""
    # Drawn by the moment of filing: ids are others in another database.
    round_, lot = divmod(case.filed_at.microsecond, SEEN_OF)
    for each in Escalation.objects.waiting().filter(case=case, level=1) if lot else ():
        at = calendar_of(case.agency_id).opening(each.at + SEEN_AFTER)
        by = staff.person(each.agency_id, each.person_id)
        if by is None or at >= min(until, case.wake_at or until):
            return
        each.case = case
        acknowledge(each, by=by, at=at, answers={"text": NOTES[round_ % len(NOTES)]})
