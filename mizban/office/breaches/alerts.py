"""The list of warnings is kept true: what was answered, or ended its stage, goes off it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mizban.core.cases.clocks.clock import AgencyClock, clock_of
from mizban.core.cases.clocks.deadlines import deadlines
from mizban.core.cases.models import Case
from mizban.core.cases.writing import SUBJECT
from mizban.core.events.models import Event

from .models import Alert

BATCH = 200


def running(alerts: Sequence[Alert], cases: Mapping[int, Case]) -> list[Alert]:
    """Those whose deadline is not over by now, whatever the worker has seen. One query, none where it has seen all."""
    behind = {alert.case_id for alert in alerts if alert.seen != cases[alert.case_id].number_of_events}
    histories: defaultdict[int, list[Event]] = defaultdict(list)
    if behind:
        events = Event.objects.filter(subject_kind=SUBJECT, subject_id__in=behind).defer("sealed")
        for event in events.order_by("subject_id", "number"):
            histories[event.subject_id].append(event)
    clocks = {agency_id: clock_of(agency_id) for agency_id in {each.agency_id for each in alerts}}

    def goes_on(alert: Alert) -> bool:
        case, clock = cases[alert.case_id], clocks[alert.agency_id]
        return alert.case_id not in behind or not is_over(alert, case, histories[alert.case_id], clock)

    return [alert for alert in alerts if goes_on(alert)]


def settle(*, most: int = BATCH) -> int:
    """Look again at warnings whose case went on; how many. Costs in proportion to what changed."""
    behind = list(Alert.objects.behind().order_by("case_id", "pk")[:most])
    joined = Case.objects.select_related("version").defer("version__source")
    cases = joined.in_bulk({alert.case_id for alert in behind})
    for alert in behind:
        case = cases[alert.case_id]
        over = is_over(alert, case, case.history(), clock_of(case.agency_id))
        Alert.objects.filter(pk=alert.pk).update(seen=case.number_of_events, is_over=over)
    return len(behind)


def is_over(alert: Alert, case: Case, events: Sequence[Event], clock: AgencyClock) -> bool:
    """Whether the deadline of a warning has ended, by the case as it stands now."""
    if not case.is_open or (alert.is_promise and case.answered_at is not None):
        return True
    found = deadlines(case.declaration, case.plain, events, clock)
    same = [each for each in found if (each.target.name, each.number) == (alert.target, alert.since)]
    return not same or same[0].ended_at is not None
