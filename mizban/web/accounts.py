"""«چرا این موعد؟» in full: the account of every clock of a case as lines people can add up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from mizban.core.cases.models import Case
from mizban.core.events.models import Event
from mizban.kit.filters import moment, percent, spoken
from mizban.kit.page import State
from mizban.lib.jalali import local, spoken_time
from mizban.office.calendar.deadlines import Step
from mizban.office.calendar.splitting import Side

from .clocks import Clock, clocks, shares_of
from .reasons import amount, day_range

ANOTHER = "این موعد با تقویمی حساب شده است که در آن هنگام برقرار بود؛ حساب زیر با تقویم امروز است."
STATES: dict[State, str] = {
    "open": "در جریان",
    "hold": "ساعت ایستاده",
    "late": "گذشته از موعد",
    "kept": "در مهلت",
    "none": "پایان‌یافته",
}
SIDES: dict[Side, State] = {"office": "open", "party": "hold", "applicant": "turn"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account: when, what, how much of the promise it took, what was left. `is_ahead`: still to come."""

    day: str
    hours: str
    what: str
    taken: str = ""
    left: str = ""
    state: State = "none"
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One clock: what it is for, how it stands, its lines, and the sum."""

    label: str
    within: str
    verdict: str
    state: State
    lines: tuple[Line, ...]
    total: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One side's share of the time."""

    name: str
    worked: str
    percent: str
    fraction: float
    state: State


def accounts(case: Case, events: Sequence[Event], *, now: datetime, with_texts: bool) -> list[Account]:
    """Every clock of the case, the promise first; `events` are all of them, oldest first."""
    return [_account(case, clock, now) for clock in clocks(case, events, with_texts=with_texts)]


def parts(case: Case, events: Sequence[Event], *, now: datetime) -> list[Part]:
    """With whom the case was, and for how much of the office's working time."""
    found = shares_of(case, events, now=now)
    whole = sum((share.worked for share in found), timedelta())
    if whole < timedelta(minutes=1):
        return []  # a case of this minute: parts of nothing would be noise
    fractions = [share.worked / whole for share in found]
    return [
        Part(share.name, amount(share.worked), percent(shown / 100), fraction, SIDES[share.side])
        for share, fraction, shown in zip(found, fractions, _hundredths(fractions), strict=True)
    ]


def _hundredths(fractions: Sequence[float]) -> list[int]:
    """Whole percents that add up to 100: what is cut off goes to whoever lost most by it."""
    shown = [int(fraction * 100) for fraction in fractions]
    losers = sorted(range(len(shown)), key=lambda each: shown[each] - fractions[each] * 100)
    for each in losers[: 100 - sum(shown)]:
        shown[each] += 1
    return shown


def _account(case: Case, clock: Clock, now: datetime) -> Account:
    target, today = clock.deadline.target, local(now).date()
    is_promise = target.name == case.target.name
    verdict, state = _verdict(clock, now, today)
    return Account(
        label=target.label or ("موعد پاسخ" if is_promise else target.name),
        within=amount(clock.within),
        verdict=verdict,
        state=state,
        lines=tuple(_lines(clock, now, today)),
        total=_total(clock, now),
        note="" if clock.is_exact else ANOTHER,
    )


def _verdict(clock: Clock, now: datetime, today: date) -> tuple[str, State]:
    deadline = clock.deadline
    if deadline.due_at is None:
        return "ساعت ایستاده است؛ موعد پس از پاسخ روشن می‌شود.", "hold"
    due = moment(deadline.due_at, today)
    if deadline.ended_at is None:
        late = deadline.kept is False or now > deadline.due_at
        return (f"موعد {due} بود و گذشت.", "late") if late else (f"موعد {due} است.", "open")
    if not deadline.is_answered:
        return f"پرونده بسته شد. موعد {due} بود.", "late" if deadline.kept is False else "none"
    return (
        (f"در مهلت انجام شد. موعد {due} بود.", "kept")
        if deadline.kept
        else (f"دیر انجام شد. موعد {due} بود.", "late")
    )


def _total(clock: Clock, now: datetime) -> str:
    """What was counted, and what was left where it ended or stands: together the promise."""
    if clock.left:
        counted, left = amount(clock.used), amount(clock.left)
        return f"{counted} شمرده شد و {left} ماند؛ روی هم {amount(clock.within)}."
    due_at, is_over = clock.deadline.due_at, clock.deadline.ended_at is not None
    if due_at and due_at > now and not is_over:
        return f"روی هم {amount(clock.used)} تا موعد شمرده می‌شود، برابر مهلت."
    return f"روی هم {amount(clock.used)} شمرده شد، برابر مهلت."


def _lines(clock: Clock, now: datetime, today: date) -> Iterator[Line]:
    """The steps as lines, days off for one reason made one, referrals where they happened."""
    referrals, before = list(clock.referrals), None
    for _, group in groupby(clock.steps, _same):
        steps = list(group)
        if steps[0].kind == "starts" and steps[0].from_at == before:
            continue
        before = steps[0].from_at
        while referrals and before is not None and referrals[0].at < before:
            yield _referral(referrals.pop(0), today)
        yield _line(clock, steps, now, today)
    yield from (_referral(event, today) for event in referrals)


def _same(step: Step) -> tuple[object, ...]:
    if step.kind == "off" and step.off:
        return "off", step.off.kind, "" if step.off.kind == "weekly" else step.off.name
    return step.kind, id(step)


def _referral(event: Event, today: date) -> Line:
    what = f"به «{event.facts['unit']}» ارجاع شد؛ ساعت نایستاد."
    return Line(spoken(local(event.at).date(), today), spoken_time(event.at), what)


def _line(clock: Clock, steps: Sequence[Step], now: datetime, today: date) -> Line:
    step = steps[0]
    what, state = _what(clock, step, today)
    return Line(
        day=day_range([each.on for each in steps], today),
        hours=_hours(step),
        what=what,
        taken=amount(step.amount) if step.amount is not None and step.kind in ("counted", "late") else "",
        left=amount(step.left) if step.left is not None else "",
        state=state,
        is_ahead=(step.from_at > now if step.from_at else step.on > today),
    )


def _what(clock: Clock, step: Step, today: date) -> tuple[str, State]:
    notes = "، ".join(step.notes)
    match step.kind:
        case "filed":
            return _began(clock), "open"
        case "starts":
            return "شمارش از این‌جا آغاز می‌شود.", "none"
        case "counted":
            return (f"روز کاری؛ بخشی از آن تعطیل بود ({notes})." if notes else "روز کاری"), "open"
        case "off":
            return _off(step), "none"
        case "paused":
            ended = f" تا {moment(step.until_at, today)}" if step.until_at else " و هنوز ایستاده است"
            return f"ساعت ایستاد{ended}: {notes}" if notes else f"ساعت ایستاد{ended}.", "hold"
        case "resumed":
            return "ساعت دوباره به راه افتاد.", "open"
        case "due":
            return "موعد", "late" if clock.deadline.kept is False else "kept"
        case "late":
            return "دیر شد", "late"
        case _:
            return _ended(clock), "kept"


def _began(clock: Clock) -> str:
    if clock.deadline.number == 1:
        return "درخواست ثبت شد."
    return f"ساعت «{clock.deadline.target.label}» به راه افتاد."


def _ended(clock: Clock) -> str:
    if not clock.deadline.is_answered:
        return "پرونده بسته شد."
    return "پاسخ داده شد." if clock.deadline.target.is_promise else "انجام شد."


def _off(step: Step) -> str:
    assert step.off is not None  # noqa: S101  # a step of kind `off` has its day off
    if step.off.kind == "weekly":
        return "تعطیل هفته"
    return (
        f"تعطیل رسمی: {step.off.name}" if step.off.kind == "holiday" else f"اداره تعطیل بود: {step.off.name}"
    )


def _hours(step: Step) -> str:
    if step.kind == "counted" and step.from_at and step.until_at:
        return f"{spoken_time(step.from_at)} تا {spoken_time(step.until_at)}"
    if step.kind in ("off", "late") or step.from_at is None:
        return ""
    return spoken_time(step.from_at)
