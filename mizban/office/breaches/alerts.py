"""The list of warnings is kept true: what was answered, or ended its stage, goes off it."""

from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.clocks.deadlines import deadlines
from mizban.core.cases.models import Case

from .models import Alert

BATCH = 200


def settle(*, most: int = BATCH) -> int:
    """Look again at warnings whose case went on; how many. Costs in proportion to what changed."""
    behind = list(Alert.objects.behind().order_by("pk")[:most])
    joined = Case.objects.select_related("version").defer("version__source")
    cases = joined.in_bulk({alert.case_id for alert in behind})
    for alert in behind:
        case = cases[alert.case_id]
        Alert.objects.filter(pk=alert.pk).update(seen=case.number_of_events, is_over=is_over(alert, case))
    return len(behind)


def is_over(alert: Alert, case: Case) -> bool:
    """Whether the deadline of a warning has ended, by the case as it stands now."""
    if not case.is_open or (alert.is_promise and case.answered_at is not None):
        return True
    found = deadlines(case.declaration, case.plain, case.history(), clock_of(case.agency_id))
    same = [each for each in found if (each.target.name, each.number) == (alert.target, alert.since)]
    return not same or same[0].ended_at is not None
