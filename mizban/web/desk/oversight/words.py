"""Lateness and danger in words and drawings."""

from collections.abc import Sequence
from dataclasses import dataclass

from mizban.kit.charts import rows, shares
from mizban.kit.filters import fa, grouped, month, percent
from mizban.kit.page import State
from mizban.office.compliance.figures import Figure
from mizban.office.compliance.months import name_of
from mizban.office.oversight.dangers import Danger
from mizban.office.oversight.lateness import Place
from mizban.web.compliance import WORDS, evidence, share

from ..panels import Card, Panel

ANSWERS = "answered-in-time"
# What a drawing has room for; the table beside it has all of them.
MOST_BARS, LONGEST_NAME = 6, 15


@dataclass(frozen=True, slots=True)
class Places:
    """Units or services: a drawing of what is late, and the table beside it."""

    panel: Panel
    places: tuple[tuple[Place, str], ...]


def cards(everything: int, late: int, *, broken: int, in_danger: int) -> list[Card]:
    """The numbers on top."""
    return [
        Card(grouped(late), "گذشته از مهلت", "اکنون", state="late" if late else "kept", tab="late"),
        Card(grouped(everything), "در انتظار پاسخ", "اکنون", tab="all"),
        Card(
            grouped(broken), "بند شکسته", "این ماه شکست، پیش‌تر رعایت می‌شد", state="late" if broken else "kept"
        ),
        Card(
            grouped(in_danger), "بند در خطر", "هنوز می‌توان نگهش داشت", state="soon" if in_danger else "kept"
        ),
    ]


def places(found: Sequence[Place], nameless: str) -> Places:
    """Where cases are late, in bars and rows."""
    named = tuple((each, each.name or nameless) for each in found)
    late = [(name, each.late) for each, name in named if each.late]
    state: State = "late"
    title = (
        f"بیشترین دیرکرد در «{late[0][0]}» است: {grouped(late[0][1])} پرونده"
        if late
        else "هیچ پرونده‌ای دیر نیست"
    )
    bars = [(_cut(name), count, state) for name, count in late[:MOST_BARS]]
    return Places(Panel("", rows(title, bars), (), []), named)


def told(danger: Danger) -> tuple[str, str]:
    """Why a clause is in danger: the finding, and what can be done with it."""
    figure, target = danger.figure, percent(danger.figure.target or 0)
    now = _now(figure)
    was = f"ماه پیش {share(danger.before)} بود. " if danger.before is not None else ""
    if danger.kind == "broken":
        return now, f"{was or 'پیش‌تر رعایت می‌شد. '}اکنون از هدف {target} پایین‌تر است."
    if danger.kind == "near":
        edge = "یک مورد دیگر آن را به زیر هدف می‌برد" if _is_one_away(figure) else "تا مرز راهی نمانده است"
        return now, f"{was}هدف {target} است؛ {edge}."
    room = (
        f"تنها {grouped(danger.room)} پروندهٔ دیگر جای دیرشدن دارد"
        if danger.room
        else "هیچ‌کدام جای دیرشدن ندارد"
    )
    return now, (
        f"تا پایان ماه موعد {grouped(danger.open)} پرونده می‌رسد. با روند سه ماه گذشته رقم به "
        f"{share(danger.expected or 0)} می‌رسد و هدف {target} است؛ {room}."
    )


def trend(title: str, figures: Sequence[Figure]) -> Panel | None:
    """Answers in time over a year; None where fewer than two months had any."""
    figure = next((each for each in figures if each.measure == ANSWERS), None)
    points = [point for point in figure.trend if point.share is not None] if figure else []
    if figure is None or len(points) < 2:
        return None
    first, last = points[0], points[-1]
    was, now = percent(first.share or 0), percent(last.share or 0)
    return Panel(
        heading=title,
        chart=shares(
            f"سهم پاسخ در مهلت از {was} در {month(first.month)} به {now} در {month(last.month)} رسید",
            [(name_of(point.month), point.share) for point in figure.trend],
            aim=figure.target,
            aim_label=f"هدف {percent(figure.target or 0)}",
            state=WORDS[figure.verdict][0],
        ),
        heads=("ماه", "در مهلت", "دیر", "سهم"),
        rows=[
            (
                name_of(point.month),
                fa(point.numerator),
                fa(point.denominator - point.numerator),
                percent(point.share or 0),
            )
            for point in reversed(points)
        ],
    )


def _now(figure: Figure) -> str:
    """«۴ از ۱۰ (۴۰٪)»; the target stands beside it, in the sentence that says why."""
    if figure.share is None:
        return evidence(figure) or "هنوز بی‌عدد"
    return f"{grouped(figure.numerator or 0)} از {grouped(figure.denominator or 0)} ({share(figure.share)})"


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 2].rstrip() + "…"


def _is_one_away(figure: Figure) -> bool:
    kept, counted = figure.numerator or 0, figure.denominator or 0
    return kept < (figure.target or 0) * (counted + 1)
