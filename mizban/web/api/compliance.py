"""Whether the word was kept: the figures of an agreement, clause by clause, as the public reads them."""

from datetime import date, datetime, timedelta

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from mizban.core.refusals import Refusal
from mizban.lib.jalali import from_jalali, iso, to_jalali
from mizban.office.compliance.figures import Figure, Point, Verdict
from mizban.office.compliance.months import end_of
from mizban.office.figures.spans import midnight
from mizban.web.compliance import SEASON, public_figures, with_everything

from .finding import answers, arrived, today_of
from .problems import NothingHere
from .public_shapes import ClauseFigure, Compliance, FigureStatus, MonthItem
from .sending import refuse_unknown
from .shapes import LARGEST_ID

router = Router(tags=["agreements"])
MONTH = r"^1[34][0-9]{2}-(0[1-9]|1[0-2])$"
MOST = 24
STATUSES: dict[Verdict, FigureStatus] = {
    "met": "met",
    "missed": "missed",
    "not_measurable": "not-measurable",
    "no_data": "no-data",
    "observed": "observed",
}
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


class PeriodTooLong(Refusal):
    """Backwards, still to come, or longer than two years."""

    code = "period-wrong"
    status = 422
    message = "دوره باید از ماهی تا همان ماه یا ماهی پس از آن باشد، نه پس از امروز و نه بیش از ۲۴ ماه."


class Period(Schema):
    """From the first of a Jalali month to the last of another; without them, the last three months."""

    from_: str | None = Field(None, alias="from", pattern=MONTH, description="ماه نخست، مانند 1405-06")
    to: str | None = Field(None, pattern=MONTH, description="ماه پایان، مانند 1405-08")


@router.get(
    "/agreements/{int:agreement_id}/compliance",
    response=answers(200, Compliance, 404, 422),
    url_name="agreement-compliance",
    by_alias=True,
)
def compliance(request: HttpRequest, agreement_id: int, asked: Query[Period]) -> Compliance:
    """The figures of the version that binds now, over whole Jalali months, with the trend of a year."""
    refuse_unknown(request, Period)
    found = with_everything().filter(pk=agreement_id).first() if agreement_id <= LARGEST_ID else None
    if found is None:
        raise NothingHere
    at, months = _period(asked, today_of(request), arrived(request).now)
    version = found.current
    made = public_figures(version, at=at, months=months)
    folded = [figure.counted_until for figure in made if figure.counted_until]
    return Compliance(
        agreement=found.pk,
        version=version.number,
        **{"from": iso(made[0].first_on)},
        until=iso(made[0].end_on - DAY),
        counted_until=max(folded) if folded else None,
        clauses=[_clause(figure) for figure in made],
    )


def _period(asked: Period, today: date, now: datetime) -> tuple[datetime, int]:
    """The last moment of it that has come, and how many months it has. Raises PeriodTooLong."""
    last = _first_of(asked.to) if asked.to else today
    first = _first_of(asked.from_) if asked.from_ else None
    months = _between(first, last) if first else SEASON
    if not 1 <= months <= MOST or last > today:
        raise PeriodTooLong
    return min(now, midnight(end_of(last)) - MOMENT), months


def _first_of(month: str) -> date:
    year, number = month.split("-")
    return from_jalali(int(year), int(number), 1)


def _between(first: date, last: date) -> int:
    (year, month, _), (last_year, last_month, _) = to_jalali(first), to_jalali(last)
    return (last_year - year) * 12 + last_month - month + 1


def _clause(figure: Figure) -> ClauseFigure:
    return ClauseFigure(
        id=figure.ref,
        kind=figure.kind,
        text=figure.text,
        obligor=figure.obligor or None,
        measure=figure.measure or None,
        status=STATUSES[figure.verdict],
        numerator=figure.numerator,
        denominator=figure.denominator,
        share=figure.share,
        target=figure.target,
        note=" ".join(part for part in (figure.detail, figure.why) if part),
        trend=[_month(point) for point in figure.trend],
    )


def _month(point: Point) -> MonthItem:
    return MonthItem(
        month=iso(point.month)[:7],
        numerator=point.numerator,
        denominator=point.denominator,
    )
