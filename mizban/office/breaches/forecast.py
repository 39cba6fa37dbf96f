"""What will be late in the next days if the office goes on as it does, and what would prevent it. Plain Python.

The model is simple and is said on the page: the most urgent case is answered first, and each working day brings as many
answers as the last weeks did on average. What is late already takes its part of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Waiting:
    """An unanswered case whose clock runs; `due_on` None is late already."""

    pk: int
    due_on: date | None
    is_assigned: bool
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One working day of one unit: how many are due, which will be late, and what would prevent it.

    `more` is how many answers a day more would be enough; `unassigned` and `elsewhere` are of those that will be late.
    """

    on: date
    due: int
    late: tuple[int, ...]
    unassigned: int
    elsewhere: int
    more: int


def forecast(waiting: Sequence[Waiting], rate: float | None, days: Sequence[date]) -> list[Day]:
    """The coming working `days` in order, of one unit with `rate` answers a working day (None: unmeasured)."""
    order = sorted(waiting, key=lambda each: (each.due_on or date.min, not each.is_assigned, each.pk))
    found = []
    for number, day in enumerate(days, 1):
        answers = 0 if rate is None else floor(rate * number)
        upto = [place for place, each in enumerate(order) if each.due_on is None or each.due_on <= day]
        due = [place for place in upto if order[place].due_on == day]
        late = [order[place] for place in due if place >= answers]
        short = len(upto) - answers if late else 0
        found.append(
            Day(
                on=day,
                due=len(due),
                late=tuple(each.pk for each in late),
                unassigned=sum(not each.is_assigned for each in late),
                elsewhere=sum(each.is_elsewhere for each in late),
                more=ceil(short / number) if short > 0 else 0,
            )
        )
    return found
