"""Times of day and shifts as people type them: «۷:۳۰ تا ۱۲ و ۱۳ تا ۱۵:۳۰»."""

import re
from datetime import time

from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import ascii_digits, persian_digits, tidy
from mizban.office.calendar.refusals import BadShift
from mizban.office.calendar.week import Shifts

_TIME = re.compile(r"(\d{1,2})(?:[:.٫/](\d{2}))?")
_BETWEEN = re.compile(r"\s*(?:تا|-|–|الی)\s*")
_AND = re.compile(r"\s*(?:،|,|؛|;|\bو\b|\n)\s*")
BAD_TIME = "ساعت را چنین بنویسید: ۷:۳۰."
BAD_SHIFTS = "چنین بنویسید: ۷:۳۰ تا ۱۵؛ چند نوبت را با «و» جدا کنید."


def time_of(typed: str) -> time | None:
    """A time of day; None for nothing. Raises Malformed."""
    text = ascii_digits(tidy(typed)).strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    raise Malformed("not-a-time", BAD_TIME)


def shifts_of(typed: str) -> Shifts:
    """The shifts of a day in order; none for nothing. Raises Malformed."""
    text = ascii_digits(tidy(typed)).strip()
    if not text:
        return ()
    return tuple(_shift(part) for part in _AND.split(text) if part.strip())


def spoken_shifts(shifts: Shifts) -> str:
    """«۷:۳۰ تا ۱۲:۰۰ و ۱۳:۰۰ تا ۱۵:۰۰»."""
    return " و ".join(f"{spoken_hour(start)} تا {spoken_hour(end)}" for start, end in shifts)


def spoken_hour(at: time) -> str:
    """«۷:۳۰»."""
    return persian_digits(f"{at.hour}:{at.minute:02}")


def _shift(part: str) -> tuple[time, time]:
    ends = [time_of(each) for each in _BETWEEN.split(part.strip())]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        raise Malformed("not-shifts", BAD_SHIFTS)
    if ends[0] >= ends[1]:
        raise Malformed("bad-shift", BadShift.message)
    return ends[0], ends[1]
