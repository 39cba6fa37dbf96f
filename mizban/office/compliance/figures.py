"""A figure for every clause of a version: what was counted, what it is held against, and what follows.

This is the one door for pages, API, open data, report and dashboard: all of them say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from django.db.models import prefetch_related_objects

from mizban.office.agreements.measures import measures as written
from mizban.office.agreements.models import AgreementVersion, Clause

from . import lookups
from .catalogue import Row, row_of, rows, titles_of
from .evidence import Monthly, Numbers, condition_of, numbers, summed
from .folding import counted_until
from .measures import MEASURES, Measure
from .months import day_of, end_of, last_months
from .wording import detail_of, unmeasured

Verdict = Literal["met", "missed", "not_measurable", "no_data", "observed"]
VERDICTS: tuple[Verdict, ...] = ("missed", "met", "observed", "no_data", "not_measurable")
# What stands for the title of an agreement where clauses have their reference.
TITLE = "title"


@dataclass(frozen=True, slots=True)
class Point:
    """One Jalali month of a trend, by its first day; `share` is None where nothing was counted."""

    month: date
    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Figure:
    """One clause of a version in a period, from `first_on` up to `end_on` (outside).

    `ref` is the clause's in its version (`title`: what the title promises), `clause_id` its row (None for the title),
    `row` the row of the catalogue of obligations, empty where it has none. `measure` names the measure, `topic` the
    part of it; both are empty where nothing measures it. `share` is numerator ÷ denominator, met at `target` or above.
    `why` says in a sentence what was counted, or why there is no figure; `detail` what else belongs to it, or nothing.
    `trend` has a point a month, oldest first. `counted_until` is when evidence was last folded (aware; None: live).
    """

    clause_id: int | None
    ref: str
    row: str
    kind: str
    text: str
    obligor: str
    measure: str
    topic: str
    title: str
    first_on: date
    end_on: date
    numerator: int | None
    denominator: int | None
    target: float | None
    verdict: Verdict
    why: str
    detail: str
    counts_cases: bool
    trend: tuple[Point, ...]
    counted_until: datetime | None

    @property
    def share(self) -> float | None:
        """The figure as a part of one; None where there is nothing to divide by."""
        if not self.denominator or self.numerator is None:
            return None
        return self.numerator / self.denominator

    @property
    def short(self) -> int | None:
        """How many fell short; None where there is no figure."""
        if self.denominator is None or self.numerator is None:
            return None
        return self.denominator - self.numerator


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every figure of one call shares."""

    version: AgreementVersion
    numbers: Numbers
    months: tuple[date, ...]
    trend: tuple[date, ...]
    until: datetime | None


def figures(version: AgreementVersion, *, at: datetime, months: int = 12, trend: int = 12) -> list[Figure]:
    """A figure for each clause of a version, in its order, then those of its title.

    Over the last `months` Jalali months, that of the aware moment `at` the last of them (a report of one month asks
    with its last moment and `months=1`); trends go back `trend` months. The version is best fetched with its agreement,
    its agency, and the agreement's versions. A handful of queries, however much evidence there is.
    """
    today = day_of(at)
    # Asked for once, here: whoever shows the figures goes through the clauses, too.
    prefetch_related_objects([version], "clauses")
    stretch = tuple(last_months(today, max(months, trend)))
    asked = _Asked(
        version, numbers(version, stretch, today=today), stretch[-months:], stretch[-trend:], counted_until()
    )
    services = version.services or version.agreement.services
    made = [_of_clause(asked, clause, services) for clause in version.clauses.all()]
    made += [_of_title(asked, row) for row in [rows()[0], *titles_of(services)]]
    return [_of_itself(figure, made) for figure in made]


def counts(found: Sequence[Figure]) -> dict[Verdict, int]:
    """How many figures have each verdict; all verdicts are there."""
    return {verdict: sum(each.verdict == verdict for each in found) for verdict in VERDICTS}


def _of_clause(asked: _Asked, clause: Clause, services: Sequence[str]) -> Figure:
    row = row_of(clause.kind, clause.obligor, clause.text, services)
    # Of two clauses of one kind the applicant's has another measure than the kind's usual one.
    by_row = row is not None and clause.obligor == row.owes == "applicant"
    name = row.measure if row is not None and by_row else clause.measure
    topic = row.part if row is not None and row.measure == name else ""
    found = _figure(asked, name, topic, kind=clause.kind, clause=clause)
    return replace(
        found,
        clause_id=clause.pk,
        ref=clause.ref,
        row=row.id if row else "",
        text=clause.text,
        obligor=clause.obligor or (row.owes if row else ""),
        verdict="observed" if clause.obligor == "applicant" and name else found.verdict,
    )


def _of_title(asked: _Asked, row: Row) -> Figure:
    found = _figure(asked, row.measure, row.part, kind=TITLE)
    title = asked.version.title or asked.version.agreement.title
    return replace(found, ref=TITLE, row=row.id, text=title, obligor=row.owes)


def _figure(asked: _Asked, name: str, topic: str, *, kind: str, clause: Clause | None = None) -> Figure:
    """The numbers of a measure and what follows from them, without what is the clause's own."""
    measure = MEASURES.get(name)
    blank = _blank(asked, name, topic, kind, measure)
    if measure is None or (clause and clause.unmeasurable):
        return replace(blank, verdict="not_measurable", why=unmeasured(clause))
    if measure.source == "unbuilt":
        return blank
    monthly = _monthly(asked, measure, topic, kind=kind, clause=clause)
    numerator, denominator = summed(monthly, asked.months)
    aim = _aim(measure, clause)
    if not denominator:
        return replace(blank, trend=_trend(monthly, asked.trend), target=aim)
    return replace(
        blank,
        numerator=numerator,
        denominator=denominator,
        target=aim,
        verdict="met" if numerator >= aim * denominator else "missed",
        why=measure.about,
        detail=detail_of(name, asked.numbers, asked.months, condition=condition_of(asked.version)),
        trend=_trend(monthly, asked.trend),
    )


def _blank(asked: _Asked, name: str, topic: str, kind: str, measure: Measure | None) -> Figure:
    """A figure without numbers: nothing was there to count."""
    known = written().get(name)
    return Figure(
        clause_id=None,
        ref="",
        row="",
        kind=kind,
        text="",
        obligor="",
        measure=name,
        topic=topic,
        title=(measure.title if measure else "") or (known.title if known else ""),
        first_on=asked.months[0],
        end_on=end_of(asked.months[-1]),
        numerator=None,
        denominator=None,
        target=None,
        verdict="no_data",
        why=measure.nothing if measure else "",
        detail="",
        counts_cases=bool(measure and measure.counts_cases),
        trend=(),
        counted_until=asked.until if measure and measure.source == "folded" else None,
    )


def _monthly(asked: _Asked, measure: Measure, topic: str, *, kind: str, clause: Clause | None) -> Monthly:
    """Its numbers by month; what is looked up as it stands now counts for the last month of the period."""
    if measure.source == "standing" and measure.name != "days-valid":
        pair = lookups.LOOKED_UP[measure.name](asked.version, kind, clause, asked.months)
        return {asked.months[-1]: pair} if pair else {}
    if measure.name == "disruptions-told":
        return asked.numbers.all_of(measure.name)
    return asked.numbers.of(measure.name, topic)


def _aim(measure: Measure, clause: Clause | None) -> float:
    """What it is held against: the number in the clause where that is a share, else the measure's own."""
    promised = clause.target if clause else None
    if promised and promised.get("unit") == "percent":
        return float(promised["value"]) / 100
    return measure.aim


def _trend(monthly: Monthly, months: Sequence[date]) -> tuple[Point, ...]:
    return tuple(Point(month, *monthly.get(month, (0, 0))) for month in months)


def is_live(figure: Figure) -> bool:
    """Whether something counts it now, though there may have been nothing to count."""
    return figure.measure in MEASURES and MEASURES[figure.measure].source != "unbuilt"


def _of_itself(figure: Figure, all_of_them: Sequence[Figure]) -> Figure:
    """The share of clauses that are measured is known once all others are."""
    if figure.measure != "measured-clauses" or figure.verdict == "not_measurable":
        return figure
    clauses = [each for each in all_of_them if each.clause_id is not None]
    measured = [each for each in clauses if each.verdict != "not_measurable" and is_live(each)]
    aim = figure.target if figure.target is not None else MEASURES["measured-clauses"].aim
    return replace(
        figure,
        numerator=len(measured),
        denominator=len(clauses),
        target=aim,
        verdict="met" if len(measured) >= aim * len(clauses) else "missed",
        why=MEASURES["measured-clauses"].about,
    )
