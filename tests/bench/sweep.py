"""What a look of the worker costs: nothing is due, or so many cases are, among however many there are."""

import time
from datetime import datetime, timedelta
from typing import Any

LOOKS = (0, 50, 200)
BATCH = 200


def sweep() -> list[dict[str, Any]]:
    """CPU milliseconds and queries of a look with each number of due cases; nothing else is measured afterwards."""
    from django.db import connection

    _make_due(0)
    _look(datetime.now().astimezone())
    found = []
    for due in LOOKS:
        now, asked = _make_due(due), [0]

        def count(execute: Any, *args: Any, asked: list[int] = asked) -> Any:
            asked[0] += 1
            return execute(*args)

        with connection.execute_wrapper(count):
            began, clock = time.process_time(), time.perf_counter()
            _look(now)
            cpu, wall = time.process_time() - began, time.perf_counter() - clock
        found.append({"due": due, "cpu_ms": cpu * 1000, "ms": wall * 1000, "queries": asked[0]})
    return found


def _make_due(count: int) -> datetime:
    """So many overdue cases are to be looked at now, and no other."""
    from django.utils import timezone

    from mizban.core.cases.models import Case

    now = timezone.now()
    Case.objects.filter(wake_at__isnull=False).update(wake_at=now + timedelta(days=1000))
    overdue = Case.objects.filter(is_open__in=[True], answered_at=None, due_at__lt=now, wake_at__isnull=False)
    chosen = list(overdue.order_by("pk").values_list("pk", flat=True)[:count])
    Case.objects.filter(pk__in=chosen).update(wake_at=now)
    return now


def _look(now: datetime) -> None:
    from mizban.core.cases.clocks import waking

    while waking.wake(at=now, most=BATCH) == BATCH:
        pass
