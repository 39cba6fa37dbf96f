"""The load for benchmarks: copies of the demo's cases by the ten thousand, which nothing can tell from filed ones."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from django.db import models, transaction

from mizban.core.cases.models import Case
from mizban.core.db import insert_rows, reserve_ids, settle
from mizban.core.events.models import Event
from mizban.core.sealing import keys
from mizban.lib.codes import PASSWORD_LENGTH, damm_digit

from .patterns import Pattern, Press, Print, pattern_of, place, printed, stored

AT_ONCE = 10_000
# The part that waits for somebody, and that which is answered and not closed yet; the others ended, over a year.
WAITING, RESTING, WEEKS = 0.1, 0.05, 52
CODES = 9 * 10**10
STRIDE = 57_885_161_003  # prime to CODES, so that no two numbers share a code


def code_of(number: int) -> str:
    """The tracking code of the `number`-th case of the load."""
    digits = str(10**10 + (number * STRIDE) % CODES)
    return digits + damm_digit(digits)


def password_of(code: str) -> str:
    """The password of a case of the load: known to this installation only, like any other."""
    number = int.from_bytes(keys.secret_hash("demo load", code)[:16], "big")
    return str(number % 10**PASSWORD_LENGTH).zfill(PASSWORD_LENGTH)


def load_many(count: int) -> int:
    """Bring the load to `count` cases beside those of the demo, which it copies; how many were added."""
    there = loaded()
    mould = _Mould(_patterns()) if count > there else None
    for first in range(there, count, AT_ONCE):
        # Printed outside the transaction: in one, the calendar is looked up anew for every due date.
        prints = (
            [mould.print(number) for number in range(first, min(first + AT_ONCE, count))] if mould else []
        )
        with transaction.atomic():
            _write(prints, first)
    if count > there:
        settle()
    return max(0, count - there)


def loaded() -> int:
    """How many there are already: they were written in order, so a few looks tell."""
    low, high = 0, 1
    while _is_there(high - 1):
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if _is_there(middle) else (low, middle)
    return low


def _is_there(number: int) -> bool:
    return Case.objects.filter(code=code_of(number)).exists()


def _patterns() -> list[Pattern]:
    """The demo's cases without files: a file is sealed for the one row it belongs to."""
    cases = Case.objects.filter(files=None, resets=None, token_hash__isnull=False)
    rows = list(cases.select_related("version", "offering").order_by("id"))
    ids = [case.pk for case in rows]
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(subject_kind="case", subject_id__in=ids).order_by("number"):
        events[event.subject_id].append(event)
    hanging = _hanging(ids)
    return [pattern_of(case, events[case.pk], hanging[case.pk]) for case in rows]


def _hanging(case_ids: Sequence[int]) -> dict[int, list[models.Model]]:
    """Every row that belongs to a case: its parties, the words it is found by, whatever is added later."""
    found: defaultdict[int, list[models.Model]] = defaultdict(list)
    for model in _models():
        for row in model._default_manager.filter(case__in=case_ids).order_by("pk"):  # noqa: SLF001  # Django's documented API
            found[row.case_id].append(row)  # type: ignore[attr-defined]  # every one has a case
    return found


@cache
def _models() -> tuple[type[models.Model], ...]:
    relations = Case._meta.related_objects  # noqa: SLF001  # Django's documented API
    return tuple(each.related_model for each in relations if each.field.name == "case")


class _Mould:
    """Chooses for each number which case it is like and how much earlier; keeps what it has printed once."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        waiting = [pattern for pattern in patterns if pattern.waits]
        resting = [pattern for pattern in patterns if pattern.case.is_open and not pattern.waits]
        ended = [pattern for pattern in patterns if not pattern.case.is_open]
        shares = ((waiting, WAITING), (resting, RESTING), (ended, 1 - WAITING - RESTING))
        self._sorts = [some for some, _ in shares if some]
        self._weights = [share for some, share in shares if some]
        self._made: dict[tuple[int, timedelta], Print] = {}

    def print(self, number: int) -> Print:
        """What waits began lately; the rest lies anywhere in the weeks before."""
        dice = Random(number)  # noqa: S311  # stories, not secrets
        pattern = dice.choice(dice.choices(self._sorts, self._weights)[0])
        some = {"minutes": dice.randrange(0, 40, 5)} if pattern.waits else {"weeks": dice.randrange(WEEKS)}
        key = pattern.case.pk, timedelta(**some)
        if key not in self._made:
            self._made[key] = printed(pattern, key[1])
        return self._made[key]


def _write(prints: Sequence[Print], first: int) -> None:
    """The copies numbered from `first` on, in as few statements as there are tables."""
    press, first_id = Press(), reserve_ids(Case._meta.db_table, len(prints))  # noqa: SLF001  # Django's documented API
    cases: list[list[Any]] = []
    events: list[list[Any]] = []
    hanging: defaultdict[type[models.Model], list[list[Any]]] = defaultdict(list)
    for place_, made in enumerate(prints):
        case_id, code = first_id + place_, code_of(first + place_)
        copy = press.copy(made, case_id=case_id, code=code, password=password_of(code))
        cases.append(copy.case)
        events += copy.events
        for model, row in made.pattern.hanging:
            hanging[model].append(_of_case(model, row, case_id))
    _insert(Case, cases, with_ids=True)
    _insert(Event, events)
    for model, rows in hanging.items():
        _insert(model, rows)


def _of_case(model: type[models.Model], row: Sequence[Any], case_id: int) -> list[Any]:
    copied = list(row)
    copied[place(model, "case_id")] = case_id
    return copied


def _insert(model: type[models.Model], rows: Sequence[Sequence[Any]], *, with_ids: bool = False) -> None:
    columns = [str(field.column) for field in stored(model)]
    # The id stands first; where it is not ours to choose the database draws it.
    skipped = 0 if with_ids else 1
    insert_rows(model._meta.db_table, columns[skipped:], [row[skipped:] for row in rows])  # noqa: SLF001  # Django's documented API
