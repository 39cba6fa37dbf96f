"""The figures of the dashboard in words and drawings: each chart tells its finding, each has its table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mizban.kit.charts import Chart, columns, rows, shares
from mizban.kit.filters import fa, grouped, percent
from mizban.kit.page import State
from mizban.office.figures.counting import Answers, Totals, UnitRow, Week
from mizban.office.figures.waiting import Waiting

UNMEASURED = "سنجیده نشده"
NONE = "–"
WAITS: tuple[tuple[str, str, State], ...] = (
    ("in_review", "در دست بررسی", "open"),
    ("unassigned", "هنوز با کسی نیست", "soon"),
    ("with_applicant", "نزد متقاضی", "hold"),
    ("with_agency", "نزد دستگاه دیگر", "hold"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: the number, what it counts (as a chip where it has a state), and a line under it."""

    number: str
    label: str
    under: str
    state: State | None = None
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with its table; both say the same."""

    heading: str
    chart: Chart
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    legend: tuple[tuple[State, str], ...] = field(default=())


def cards(whole: Totals, before: Totals, days: float | None, days_before: float | None) -> list[Card]:
    answers = whole.answers
    return [
        Card(grouped(whole.arrived), "رسیده", _before(grouped(before.arrived))),
        Card(grouped(answers.answered), "پاسخ‌گرفته", _before(grouped(before.answers.answered))),
        Card(
            share_of(answers) if answers.share is not None else NONE,
            "پاسخ در مهلت" if answers.share is not None else UNMEASURED,
            _parts(answers),
            # The promise is for all: a share is no success as long as one answer was late.
            state=_promise(answers),
        ),
        Card(days_of(days), "روز کاری، میانهٔ پاسخ", _before(days_of(days_before))),
        Card(grouped(whole.waiting), "در انتظار پاسخ", "اکنون"),
        Card(grouped(whole.late_now), "گذشته از مهلت", "اکنون", state=_late(whole.late_now), tab="late"),
    ]


def in_time(weeks: Sequence[Week]) -> Panel:
    """The share of answers in time, piece by piece; a piece without measured answers is a gap."""
    points = [(week.piece.label, week.answers.share) for week in weeks]
    known = [share for _, share in points if share is not None]
    return Panel(
        heading="پاسخ در مهلت",
        chart=shares(_told(known), points, aim=1.0, aim_label="تعهد: همه"),
        heads=(_head(weeks), "سهم", "دیر"),
        rows=[
            (week.piece.label, share_of(week.answers), grouped(week.answers.late)) for week in reversed(weeks)
        ],
    )


def flow(weeks: Sequence[Week]) -> Panel:
    """What arrived and what was answered, side by side."""
    arrived, answered = [week.arrived for week in weeks], [week.answers.answered for week in weeks]
    title = f"در این دوره {grouped(sum(arrived))} پرونده رسید و {grouped(sum(answered))} پرونده پاسخ گرفت"
    return Panel(
        heading="رسیده و پاسخ‌گرفته",
        chart=columns(title, [week.piece.label for week in weeks], (("open", arrived), ("kept", answered))),
        heads=(_head(weeks), "رسیده", "پاسخ‌گرفته"),
        rows=[
            (week.piece.label, grouped(week.arrived), grouped(week.answers.answered))
            for week in reversed(weeks)
        ],
        legend=(("open", "رسیده"), ("kept", "پاسخ‌گرفته")),
    )


def waits(waiting: Waiting, late: Waiting) -> Panel:
    """Why cases wait, and how many of each are past their date."""
    counted = [(label, getattr(waiting, name), state) for name, label, state in WAITS]
    most = max(counted, key=lambda each: each[1])
    title = (
        f"از {grouped(waiting.total)} پروندهٔ در انتظار، {grouped(most[1])} پرونده {most[0]} است"
        if waiting.total
        else "پرونده‌ای در انتظار پاسخ نیست"
    )
    return Panel(
        heading="چرا می‌مانند",
        chart=rows(title, counted),
        heads=("چشم به راه", "پرونده", "گذشته"),
        rows=[
            (label, grouped(getattr(waiting, name)), grouped(getattr(late, name))) for name, label, _ in WAITS
        ],
    )


def units(found: Sequence[UnitRow]) -> list[tuple[UnitRow, str, str, State]]:
    """The units with their share in words and the state of their late cases."""
    return [(row, row.name or "بی‌واحد", share_of(row.answers), _late(row.late_now)) for row in found]


def share_of(answers: Answers) -> str:
    """In time among the measured answers; what was not measured is neither kept nor missed."""
    return UNMEASURED if answers.share is None else percent(answers.share)


def days_of(days: float | None) -> str:
    return NONE if days is None else fa(f"{days:.1f}".removesuffix(".0").replace(".", "٫"))


def _head(weeks: Sequence[Week]) -> str:
    return "هفته از" if weeks[0].piece.is_week else "ماه"


def _before(number: str) -> str:
    return f"دورهٔ پیش {number}"


def _parts(answers: Answers) -> str:
    said = f"{grouped(answers.in_time)} در مهلت، {grouped(answers.late)} دیر"
    return f"{said}، {grouped(answers.unmeasured)} سنجیده‌نشده" if answers.unmeasured else said


def _promise(answers: Answers) -> State | None:
    if answers.share is None:
        return "none"
    return "kept" if answers.share >= 1 else None


def _late(count: int) -> State:
    return "late" if count else "kept"


def _told(known: Sequence[float]) -> str:
    """What the line shows, in a sentence."""
    if not known:
        return "در این دوره پاسخی سنجیده نشده است"
    first, last = percent(known[0]), percent(known[-1])
    if first == last:
        return f"سهم پاسخ در مهلت {last} است"
    return f"سهم پاسخ در مهلت از {first} به {last} رسید"
