"""Until when the applicant can do what is asked, and what an outage gave back of it, in one sentence."""

from datetime import date

from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.clocks.own_time import OwnTime, own_time
from mizban.core.cases.models import Case
from mizban.core.cases.steps.permitting import came_at
from mizban.kit.filters import fa, spoken


def time_left(case: Case, *, today: date) -> str:
    """«تا شنبه ۲۸ آذر فرصت دارید…»; empty where nothing ends by itself. One query, for cases that wait for somebody."""
    found = _ends(case)
    if found is None:
        return ""
    said = f"تا {spoken(found.until, today)} فرصت دارید."
    if not found.given_back:
        return said
    days = " و ".join(spoken(day, today) for day in found.lost_on)
    unit = "روز کاری" if len(found.lost_on) == found.given_back else "دقیقهٔ کاری"
    return f"{said} چون درگاه در {days} قطع بود، این مهلت {fa(found.given_back)} {unit} بیشتر شده است."


def _ends(case: Case) -> OwnTime | None:
    """The time after which the case is closed for want of what was asked: the soonest where there are several."""
    declared = case.declaration
    limits = [
        step.after
        for step in declared.steps_open_in(case.state)
        if step.after and step.to and declared.states[step.to].closed and step.is_for(case.plain)
    ]
    if not limits:
        return None
    clock, since = clock_of(case.agency_id), came_at(case)
    return min((own_time(clock, limit, since=since) for limit in limits), key=lambda found: found.until)
