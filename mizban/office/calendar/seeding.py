"""The first holidays of a calendar, from the `holidays` package; people correct them (formats.md §14)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from mizban.core.people.actors import SYSTEM, Actor
from mizban.lib.jalali import from_jalali, to_jalali

from .changes import changed
from .models import Calendar, Holiday

FIRST_YEAR = 1398
YEARS_AHEAD = 2
ESTIMATED = " (تخمینی)"

# Days of the package that an installation does not take, as Jalali year-month-day; the setting
# MIZBAN_HOLIDAYS_LEFT_OUT replaces this list. The package has 25 Farvardin 1405 (martyrdom of Imam Sadiq);
# the count published for that year does not (ILNA 1707051: 25 days, six in Farvardin). No official copy was
# found, so the published count is followed until the operator is asked. A working day too many makes a
# deadline earlier, which harms no applicant, and the office can enter the day by hand.
LEFT_OUT = ("1405-01-25",)


@dataclass(frozen=True, slots=True)
class SeedDay:
    """A holiday the package knows; estimated when nothing but a moon not yet seen makes it one."""

    on: date
    name: str
    is_estimated: bool


def known_days(first_year: int, last_year: int, *, left_out: Iterable[str] = LEFT_OUT) -> Iterator[SeedDay]:
    """The holidays of some Jalali years, both inside, with Persian names; a Friday is not one by itself."""
    import holidays  # noqa: PLC0415  # asked for once a year, and every process would load it

    first_on, end_on = from_jalali(first_year, 1, 1), from_jalali(last_year + 1, 1, 1)
    skipped = {_read(day) for day in left_out}
    found = holidays.country_holidays("IR", years=range(first_on.year, end_on.year + 1), language="fa_IR")
    for on in sorted(found):
        if first_on <= on < end_on and on not in skipped:
            yield _seed_day(on, found[on].split("; "))


@transaction.atomic
def seed(calendar: Calendar, *, today: date, by: Actor = SYSTEM, at: datetime) -> int:
    """Bring the holidays from 1398 to two years ahead in line with the package; how many rows were changed.

    What somebody entered or dropped stays as it is. An estimated day becomes certain when the package
    confirms it and goes when the package has moved it. A second run changes nothing, makes no new version.
    """
    left_out = getattr(settings, "MIZBAN_HOLIDAYS_LEFT_OUT", LEFT_OUT)
    last_year = to_jalali(today)[0] + YEARS_AHEAD
    days = {day.on: day for day in known_days(FIRST_YEAR, last_year, left_out=left_out)}
    rows = {row.on: row for row in calendar.holidays.all()}
    added = Holiday.objects.bulk_create(_row(calendar, day) for on, day in days.items() if on not in rows)
    settled = [row for on, row in rows.items() if on in days and _settle(row, days[on])]
    Holiday.objects.bulk_update(settled, ["source", "name"])
    moved = calendar.holidays.estimated().before(from_jalali(last_year + 1, 1, 1)).not_on(days).delete()[0]
    count = len(added) + len(settled) + moved
    if count:
        facts = {"added": len(added), "settled": len(settled), "moved": moved}
        changed(calendar, "holidays_seeded", facts, by=by, at=at)
    return count


def _seed_day(on: date, names: Collection[str]) -> SeedDay:
    plain = dict.fromkeys(_tidy(name.removesuffix(ESTIMATED)) for name in names)
    return SeedDay(on, "، ".join(plain), all(name.endswith(ESTIMATED) for name in names))


def _tidy(name: str) -> str:
    return name.replace("عیدنوروز", "عید نوروز").replace("؛", "، ")


def _row(calendar: Calendar, day: SeedDay) -> Holiday:
    return Holiday(calendar=calendar, on=day.on, name=day.name, source=_source(day))


def _settle(row: Holiday, day: SeedDay) -> bool:
    if row.source == Holiday.Source.ENTERED or (row.source, row.name) == (_source(day), day.name):
        return False
    row.source, row.name = _source(day), day.name
    return True


def _source(day: SeedDay) -> str:
    return Holiday.Source.ESTIMATED if day.is_estimated else Holiday.Source.SEEDED


def _read(jalali: str) -> date:
    year, month, day = (int(part) for part in jalali.split("-"))
    return from_jalali(year, month, day)
