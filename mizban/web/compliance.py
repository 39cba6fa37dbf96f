"""Figures of agreements as everybody reads them: found, and in words. For portal, API and open data."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch

from mizban.core.agencies.models import Agency
from mizban.kit.filters import grouped, percent
from mizban.kit.page import State
from mizban.kit.sparks import Spark, spark
from mizban.office.agreements.models import Agreement, AgreementVersion, Clause
from mizban.office.agreements.models.agreement import AgreementQuerySet
from mizban.office.compliance.figures import Figure, Verdict, figures
from mizban.office.compliance.months import name_of

# What a page asks for unless told otherwise: a season; and how far back trends go.
SEASON, YEAR = 3, 12
PERIODS = {1: "این ماه", SEASON: "سه ماه", YEAR: "یک سال"}
WORDS: dict[Verdict, tuple[State, str]] = {
    "met": ("kept", "رعایت شد"),
    "missed": ("late", "رعایت نشد"),
    "observed": ("open", "دیده می‌شود"),
    "no_data": ("none", "داده‌ای نیست"),
    "not_measurable": ("none", "سنجش‌پذیر نیست"),
}


def with_everything() -> "AgreementQuerySet":
    """Public agreements with their offices and versions, the long texts left out. Two queries."""
    versions = AgreementVersion.objects.public().defer("text")
    return (
        Agreement.objects.public()
        .select_related("agency")
        .prefetch_related(Prefetch("versions", versions))
        .order_by("agency_id", "number")
    )


def public_figures(version: AgreementVersion, *, at: datetime, months: int = SEASON) -> list[Figure]:
    """The figures of a version, the same for everybody: an office's counts of its own work."""
    return figures(version, at=at, months=months, trend=max(months, YEAR))


def evidence(figure: Figure) -> str:
    """«۳۹ از ۴۱ (۹۵٪)؛ هدف ۹۰٪»; empty where there is no number to tell."""
    if figure.share is None or figure.numerator is None or figure.denominator is None:
        return ""
    said = f"{grouped(figure.numerator)} از {grouped(figure.denominator)} ({share(figure.share)})"
    if figure.target and figure.verdict in ("met", "missed") and figure.target < 1:
        said += f"؛ هدف {percent(figure.target)}"
    return said


def share(part: float) -> str:
    """«۹۵٪», «۹۹٫۸۱٪»: two places only where they tell something."""
    return percent(part, 2 if part > 0.99 and part < 1 else 0)


def trend(figure: Figure) -> Spark | None:
    """Its line, and in words from where to where it went."""
    points = [point for point in figure.trend if point.share is not None]
    if len(points) < 2:
        return None
    first, last = points[0], points[-1]
    said = (
        f"روند «{figure.title}»: از {share(first.share or 0)} در {name_of(first.month)} "
        f"به {share(last.share or 0)} در {name_of(last.month)}"
    )
    return spark(said, [point.share for point in figure.trend], state=WORDS[figure.verdict][0])


def positions(clauses: Sequence[Clause]) -> dict[str, int]:
    """The place of a clause in its text, by its reference: what people call it by."""
    return {clause.ref: clause.position for clause in clauses}


def period_of(typed: str) -> int:
    """How many months an address asks for; anything else is the usual season."""
    return int(typed) if typed in {str(each) for each in PERIODS} else SEASON


def offices_of(agreements: Sequence[Agreement]) -> dict[Agency, list[Agreement]]:
    """The agreements by their offices, in order."""
    found: dict[Agency, list[Agreement]] = {}
    for each in agreements:
        found.setdefault(each.agency, []).append(each)
    return found
