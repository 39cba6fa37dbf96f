"""Was the word kept? The figures of an agreement clause by clause, of an office, of all offices."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpResponse
from django.views.decorators.gzip import gzip_page

from mizban.core.agencies.models import Agency
from mizban.core.kept import kept
from mizban.core.refusals import NotFound
from mizban.kit.charts import Chart, shares
from mizban.kit.filters import fa, month, percent
from mizban.kit.requests import AgencyRequest, Request
from mizban.kit.sparks import Spark
from mizban.lib.jalali import TEHRAN, local
from mizban.office.agreements.models import Agreement, AgreementVersion
from mizban.office.agreements.words import OBLIGORS, SECTIONS, STATES
from mizban.office.compliance.figures import TITLE, VERDICTS, Figure, Verdict, counts
from mizban.office.compliance.months import name_of
from mizban.web.compliance import (
    PERIODS,
    WORDS,
    YEAR,
    evidence,
    period_of,
    public_figures,
    trend,
    with_everything,
)
from mizban.web.pages import page

from .finding import methods, of_agency

# A moment of a day, where only the day counts.
NOON = time(12)
ANSWERS = "answered-in-time"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as a row of the page; `number` is the clause's place in the text, empty for the title."""

    figure: Figure
    number: str
    evidence: str
    spark: Spark | None
    chip: tuple[str, str]
    obligor: str


@dataclass(frozen=True, slots=True)
class Part:
    """The rows under one heading of the text."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An agreement in short: its state, how many clauses have which verdict, and which were missed."""

    agreement: Agreement
    state: tuple[str, str]
    counts: dict[Verdict, int]
    missed: tuple[Figure, ...]


@gzip_page  # rows of rows; nothing on the page is a secret
@methods("GET")
@of_agency
def show(request: AgencyRequest, number: int) -> HttpResponse:
    """One agreement, clause by clause."""
    agreement = with_everything().filter(agency=request.agency, number=number).first()
    if agreement is None:
        raise NotFound
    version, months = agreement.current, period_of(request.GET.get("months", ""))
    found = public_figures(version, at=request.now, months=months)
    today = local(request.now).date()
    return page(
        request,
        "portal/compliance.html",
        title=f"کارنامهٔ {agreement.title}",
        agency=request.agency,
        here="agreements",
        agreement=agreement,
        version=version,
        state=_state(version, today),
        summary=[(count, *WORDS[verdict]) for verdict, count in counts(found).items()],
        parts=_parts(version, found),
        answers=_answers(found),
        **_frame(found, months),
    )


@gzip_page
@methods("GET")
@of_agency
def of_office(request: AgencyRequest) -> HttpResponse:
    """Every agreement of an office in short."""
    today = local(request.now).date()
    return page(
        request,
        "portal/compliance_of_office.html",
        title="کارنامهٔ توافق‌نامه‌ها",
        agency=request.agency,
        here="agreements",
        cards=cards(request.agency.pk, today),
        words=WORDS,
    )


@gzip_page
@methods("GET")
def of_site(request: Request) -> HttpResponse:
    """Every office with a portal in short."""
    today = local(request.now).date()
    offices = [(office, cards(office.pk, today)) for office in Agency.objects.filter(has_portal=True)]
    return page(
        request,
        "portal/compliance_of_all.html",
        title="کارنامهٔ دستگاه‌ها",
        here="agreements",
        offices=[(office, _summary(found), found) for office, found in offices if found],
        words=WORDS,
    )


@kept
def cards(agency_id: int, today: date) -> tuple[Card, ...]:
    """The public agreements of an office in short, over the usual season; looked up once in a while."""
    at = datetime.combine(today, NOON, TEHRAN)
    found = []
    for agreement in with_everything().filter(agency=agency_id):
        made = public_figures(agreement.current, at=at)
        missed = tuple(each for each in made if each.verdict == "missed")
        found.append(Card(agreement, _state(agreement.current, today), counts(made), missed))
    return tuple(found)


def _summary(found: Sequence[Card]) -> list[tuple[int, str, str]]:
    total: Counter[Verdict] = Counter()
    for card in found:
        total.update(card.counts)
    return [(total[verdict], *WORDS[verdict]) for verdict in VERDICTS]


def _state(version: AgreementVersion, today: date) -> tuple[str, str]:
    word, mark = STATES[version.state(today=today)]
    return mark, word


def _parts(version: AgreementVersion, found: Sequence[Figure]) -> list[Part]:
    """The figures under the headings of the text, the title's first."""
    places = {clause.ref: clause for clause in version.clauses.all()}
    titles = tuple(_line(figure, "") for figure in found if figure.ref == TITLE)
    parts = [Part("عنوان توافق‌نامه", titles)]
    for section in version.reading["sections"]:
        first, last = section["lines"]
        lines = tuple(
            _line(figure, fa(places[figure.ref].position))
            for figure in found
            if figure.ref in places and first <= places[figure.ref].first_line <= last
        )
        if lines:
            parts.append(Part(section["heading"] or SECTIONS[section["kind"]], lines))
    return parts


def _line(figure: Figure, number: str) -> Line:
    return Line(
        figure,
        number,
        evidence(figure),
        trend(figure),
        WORDS[figure.verdict],
        OBLIGORS.get(figure.obligor, ""),
    )


def _answers(found: Sequence[Figure]) -> dict[str, Any] | None:
    """The chart of answers in time and the table beside it; None where none were counted."""
    figure = next((each for each in found if each.measure == ANSWERS), None)
    points = [point for point in figure.trend if point.share is not None] if figure else []
    if figure is None or len(points) < 2:
        return None
    first, last = points[0], points[-1]
    was, now = percent(first.share or 0), percent(last.share or 0)
    said = f"سهم پاسخ در مهلت از {was} در {month(first.month)} به {now} در {month(last.month)} رسید"
    made: Chart = shares(
        said,
        [(name_of(point.month), point.share) for point in figure.trend],
        aim=figure.target,
        aim_label=f"هدف {percent(figure.target or 0)}",
        state=WORDS[figure.verdict][0],
    )
    rows = [
        (
            month(point.month),
            fa(point.numerator),
            fa(point.denominator - point.numerator),
            percent(point.share or 0),
        )
        for point in reversed(points)
    ]
    return {"chart": made, "rows": rows}


def _frame(found: Sequence[Figure], months: int) -> dict[str, Any]:
    """The period and until when it counts."""
    folded = [figure.counted_until for figure in found if figure.counted_until]
    return {
        "first_on": found[0].first_on,
        "months": months,
        "periods": PERIODS,
        "year": YEAR,
        "counted_until": max(folded) if folded else None,
    }
