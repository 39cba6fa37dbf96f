"""«هشدارها»: every deadline that is near or broken and not over yet, unit by unit."""

from collections.abc import Sequence

from django.db.models import Count
from django.http import HttpResponse
from django.utils.http import urlencode

from mizban.core.cases.models import Case
from mizban.kit.environment import url
from mizban.kit.filters import fa, spoken
from mizban.kit.page import NavItem, State
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.breaches.alerts import running
from mizban.office.breaches.models import Alert
from mizban.office.breaches.models.alerts import AlertQuerySet

from ..finding import member
from .frame import Row, breach_page, row

# The most urgent; a list that is longer is worked off from its beginning.
MOST = 100
EVERY, NO_UNIT = "", "none"
CHIPS: dict[int, tuple[State, str]] = {
    50: ("open", "نیمی از زمان گذشته"),
    80: ("soon", "۸۰٪ از زمان گذشته"),
    100: ("late", "موعد گذشته"),
}


@member(inspected=True)
def show(request: DeskRequest) -> HttpResponse:
    """The list, of one unit where the address names one."""
    alerts = Alert.objects.visible_to(request.actor).standing()
    units = _units(alerts)
    chosen = request.GET.get("unit", "")
    chosen = chosen if any(slug == chosen for slug, *_ in units) else EVERY
    found = _of_unit(alerts, chosen).order_by("due_at", "pk")[:MOST]
    return breach_page(
        request,
        "warnings.html",
        title="هشدارها",
        part="warnings",
        rows=_rows(request, list(found)),
        most=MOST,
        units=_tabs(request, units),
        unit=chosen,
    )


def _units(alerts: AlertQuerySet) -> list[tuple[str, str, int]]:
    """The units that have warnings, by slug and name, with how many."""
    counted = alerts.order_by().values_list("case__unit__slug", "case__unit__name").annotate(Count("pk"))
    return sorted((slug or NO_UNIT, name or "بی‌واحد", count) for slug, name, count in counted)


def _of_unit(alerts: AlertQuerySet, unit: str) -> AlertQuerySet:
    if unit == EVERY:
        return alerts
    return alerts.filter(case__unit=None) if unit == NO_UNIT else alerts.filter(case__unit__slug=unit)


def _tabs(request: DeskRequest, units: Sequence[tuple[str, str, int]]) -> list[NavItem]:
    address = url("desk:breaches", request.agency.slug)
    every = NavItem(EVERY, fa(f"همه {sum(count for *_, count in units)}"), address)
    return [
        every,
        *(
            NavItem(slug, fa(f"{name} {n}"), f"{address}?{urlencode({'unit': slug})}")
            for slug, name, n in units
        ),
    ]


def _rows(request: DeskRequest, alerts: Sequence[Alert]) -> list[Row]:
    """As they stand now: what went on since the worker looked is looked at here."""
    cases = Case.objects.for_lists().in_bulk({alert.case_id for alert in alerts})
    today = local(request.now).date()
    return [
        row(
            request,
            cases[alert.case_id],
            chip=CHIPS[alert.share],
            due=spoken(alert.due_at, today),
            note=alert.label or "پاسخ",
        )
        for alert in running(alerts, cases)
    ]
