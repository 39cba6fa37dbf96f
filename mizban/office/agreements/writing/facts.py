"""What an agreement is written from, beside the declarations: the office, its calendar, the term, the text before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from mizban.lib.text import persian_digits

# Saturday first, as a week is said; the numbers are those of `date.weekday()`.
DAYS = (
    (5, "شنبه"),
    (6, "یکشنبه"),
    (0, "دوشنبه"),
    (1, "سه‌شنبه"),
    (2, "چهارشنبه"),
    (3, "پنجشنبه"),
    (4, "جمعه"),
)
Shifts = tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Of the office and of its calendar; plain values, so that the same facts give the same text.

    `week` are the shifts by weekday, Monday first. `kinds` are the kinds of clause the text before had, by which an
    office keeps what no declaration says; `condition` is on what its availability depended, empty where on nothing.
    `owner` and `owners` name who answers for clauses: `unit:SLUG` or `role:ROLE`, the latter by service.
    """

    agency: str
    portal: str
    valid_from: date
    valid_until: date
    week: tuple[Shifts, ...] = ()
    officer: str = ""
    officer_phone: str = ""
    counterpart: str = ""
    holdover: bool = False
    kinds: frozenset[str] = frozenset()
    condition: str = ""
    owner: str = "role:director"
    owners: Mapping[str, str] | None = None


def spoken_week(week: tuple[Shifts, ...]) -> str:
    """«شنبه تا چهارشنبه، ۷:۳۰ تا ۱۵»; days with other hours are said after them. Empty without working time."""
    said: list[str] = []
    rest = [(name, week[number]) for number, name in DAYS if week and week[number]]
    while rest:
        shifts = rest[0][1]
        together = [name for name, each in rest if each == shifts]
        days = (
            f"{together[0]} تا {together[-1]}" if len(together) > 2 else " و ".join(together)
        )  # two days are named both
        said.append(f"{days}، {' و '.join(_hours(*shift) for shift in shifts)}")
        rest = [each for each in rest if each[1] != shifts]
    return persian_digits("؛ ".join(said))


def _hours(opens: time, shuts: time) -> str:
    return f"{_clock(opens)} تا {_clock(shuts)}"


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}" if at.minute else str(at.hour)
