"""However often and whenever the worker is killed, each deadline is told once and each chain is whole."""

from collections import Counter
from datetime import timedelta

import pytest

from mizban.core.cases.models import Offering
from mizban.core.events.models import Event
from tests.conftest import SATURDAY

from .conftest import KILLS, Nursery
from .crowd import everybody, gather, is_fresh, is_whole

pytestmark = [pytest.mark.django_db(transaction=True)]
EACH_KILL_MEETS = 30
# By the stage of life a case was in: what must have been told or taken, once, by the time nobody waits any more.
TOLD = (
    {"breached first", "breached answer", "apologised", "escalated"},
    {"breached review", "breached answer", "apologised", "escalated"},
    {"remind", "give_up"},
)


def test_each_deadline_fires_once_however_often_the_worker_is_killed(
    errands: Offering, nursery: Nursery
) -> None:
    count = KILLS * EACH_KILL_MEETS
    gather(errands, count, filed_at=SATURDAY - timedelta(days=120), apart=timedelta(days=10) / count)
    for _ in range(KILLS):
        nursery.kill("work", after=EACH_KILL_MEETS)
    nursery.finish("work")
    for number, (case, events) in enumerate(everybody()):
        told = Counter(_done(event) for event in events if event.actor_kind == "system")
        assert told == Counter(TOLD[number % 3]), (case.pk, told)
        assert is_whole(case, events)
        assert is_fresh(case, events)
        # Whoever was apologised to has a new date, for which the worker looks again.
        assert (case.wake_at is None) == (number % 3 == 2)


def _done(event: Event) -> str:
    if event.kind == "step":
        return str(event.facts["step"])
    if "target" not in event.facts:
        return str(event.kind)
    return f"{event.kind} {event.facts['target'].removesuffix('_big')}"
