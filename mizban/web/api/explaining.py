"""Why a case is due when it is: every clock with all that was counted, for programs that check the sum."""

from datetime import timedelta
from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from mizban.lib.jalali import iso
from mizban.office.calendar.deadlines import Amount, Step
from mizban.web.clocks import Clock, clocks, shares_of

from .finding import answers, arrived
from .following import case_of
from .shapes import Code, Jalali, Moment, TrackSent
from .telling import jalali

router = Router(tags=["cases"])


class Counted(Schema):
    """An amount of a promise: whole `days` of one in working days, `minutes` of one in working minutes."""

    days: int | None
    minutes: float | None


class AccountLine(Schema):
    """One line of an account. `kind`: `filed`, `starts`, `counted`, `off`, `paused`, `resumed`, `due`, `late`, `ended`.

    `counted` has its `amount` and what was `left` after it; `off` and `paused` have their `reason`.
    """

    kind: str
    on: Jalali
    from_at: Moment | None
    until_at: Moment | None
    amount: Counted | None
    left: Counted | None
    reason: str


class ClockTold(Schema):
    """One clock; the amounts of its `counted` lines and `left` add up to `within`.

    `kept` is null while it runs in time. `is_exact` is false where the calendar it was counted with has changed since.
    """

    target: str
    label: str
    within: int
    unit: Literal["working_days", "working_minutes"]
    owed_by: str
    started_at: Moment
    due_at: Moment | None
    due_on: Jalali | None
    ended_at: Moment | None
    kept: bool | None
    is_exact: bool
    left: Counted
    lines: list[AccountLine]


class ShareTold(Schema):
    """With whom the case was, and for how many of the office's working minutes."""

    side: Literal["office", "party", "applicant"]
    name: str
    minutes: float


class CaseExplained(Schema):
    tracking_code: Code
    clocks: list[ClockTold]
    shares: list[ShareTold]


@router.post("/cases/explain", response=answers(200, CaseExplained, 404, 429), url_name="explain")
def explain(request: HttpRequest, body: TrackSent) -> CaseExplained:
    """Every interval that was counted, every pause with its reason, every day off, and the sum, for each clock."""
    case = case_of(request, body)
    events = case.history()
    return CaseExplained(
        tracking_code=case.code,
        clocks=[_clock(each) for each in clocks(case, events, with_texts=True)],
        shares=[
            ShareTold(side=share.side, name=share.name, minutes=share.worked / timedelta(minutes=1))
            for share in shares_of(case, events, now=arrived(request).now)
        ],
    )


def _clock(clock: Clock) -> ClockTold:
    deadline, target = clock.deadline, clock.deadline.target
    return ClockTold(
        target=target.name,
        label=target.label,
        within=target.within,
        unit=target.unit,
        owed_by=target.owed_by,
        started_at=deadline.started_at,
        due_at=deadline.due_at,
        due_on=jalali(deadline.due_at),
        ended_at=deadline.ended_at,
        kept=deadline.kept,
        is_exact=clock.is_exact,
        left=_counted(clock.left),
        lines=[_line(step) for step in clock.steps],
    )


def _line(step: Step) -> AccountLine:
    return AccountLine(
        kind=step.kind,
        on=iso(step.on),
        from_at=step.from_at,
        until_at=step.until_at,
        amount=_counted(step.amount) if step.amount is not None else None,
        left=_counted(step.left) if step.left is not None else None,
        reason=step.off.name if step.off else "، ".join(step.notes),
    )


def _counted(amount: Amount) -> Counted:
    if isinstance(amount, int):
        return Counted(days=amount, minutes=None)
    return Counted(days=None, minutes=amount / timedelta(minutes=1))
