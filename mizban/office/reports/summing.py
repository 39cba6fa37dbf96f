"""How many cases came, were answered, and what befell them in a month, as far as it can be told.

The report of an office and those of its agreements stand side by side, and beside the figures of a season: a number
is None where it, or what is left of another without it, would speak of fewer than five people.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import CaseQuerySet
from mizban.lib.jalali import add_months
from mizban.office.agreements.models import AgreementVersion
from mizban.office.calendar.current import calendar_of
from mizban.office.compliance.months import end_of, name_of
from mizban.office.compliance.public import FEWEST, alone, months_into_half
from mizban.office.figures import counting
from mizban.office.figures.spans import Piece, Span, midnight

from . import happenings

Parts = Sequence[CaseQuerySet]
Counts = Mapping[date, int]


def parts_of(agency: Agency) -> list[CaseQuerySet]:
    """The cases of an office by the agreement they were filed under, those under none last."""
    versions: dict[int, list[int]] = {}
    known = AgreementVersion.objects.filter(agreement__agency=agency)
    for pk, agreement in known.values_list("pk", "agreement"):
        versions.setdefault(agreement, []).append(pk)
    cases = agency.cases.all()
    bound = [cases.filter(agreement_version__in=pks) for pks in versions.values()]
    return [*bound, cases.exclude(agreement_version__in=[pk for pks in versions.values() for pk in pks])]


def summaries(
    agency: Agency, cases: CaseQuerySet, parts: Parts, months: Sequence[date]
) -> Iterator[dict[str, Any]]:
    """Of cases in parts, for each of some months in a row: what came and was answered, in time and late, the median."""
    span = _span(months)
    weeks = [counting.by_week(part, span) for part in parts]
    arrived = [{week.piece.first_on: week.arrived for week in each} for each in weeks]
    answered = [{week.piece.first_on: week.answers.answered for week in each} for each in weeks]
    for month in months:
        answers = [week.answers for each in weeks for week in each if week.piece.first_on == month]
        total = told(answered, month)
        in_time, late = sum(each.in_time for each in answers), sum(each.late for each in answers)
        yield {
            "arrived": told(arrived, month),
            "answered": total,
            "in_time": None if total is None else in_time,
            "late": None if total is None else late,
            "unmeasured": None if total is None else total - in_time - late,
            "median_days": None if total is None else _median(agency, cases, month),
        }


def befell(agency: Agency, parts: Parts, month: date) -> dict[str, int | None]:
    """What happened to these cases in a month, by name."""
    bounds = {"from_at": midnight(month), "until_at": midnight(end_of(month))}
    found = [happenings.counts(agency, part, **bounds) for part in parts]
    return {
        name: enough([(each[name], each[name] in range(1, FEWEST)) for each in found]) for name in found[0]
    }


def told(parts: Sequence[Counts], month: date) -> int | None:
    """A month's number over all parts, by their numbers month by month from the beginning of a half-year."""
    whole = [(each, sum(part[each] for part in parts)) for each in parts[0]]
    if month not in alone(whole):
        return None
    return enough([(part[month], month not in alone(list(part.items()))) for part in parts])


def enough(parts: Sequence[tuple[int, bool]]) -> int | None:
    """The sum of parts, each with whether it is hidden where it stands by itself; None where it would betray one."""
    hidden = [count for count, is_hidden in parts if is_hidden]
    return None if len(hidden) == 1 or 0 < sum(hidden) < FEWEST else sum(count for count, _ in parts)


def _span(months: Sequence[date]) -> Span:
    first = add_months(months[0], -months_into_half(months[0]))
    pieces = [Piece(first, end_of(first), name_of(first))]
    while pieces[-1].end_on <= months[-1]:
        on = pieces[-1].end_on
        pieces.append(Piece(on, end_of(on), name_of(on)))
    return Span(tuple(pieces))


def _median(agency: Agency, cases: CaseQuerySet, month: date) -> float | None:
    return counting.median_days(
        cases, from_at=midnight(month), until_at=midnight(end_of(month)), calendar=calendar_of(agency.pk)
    )
