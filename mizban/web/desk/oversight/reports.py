"""The reports of months at the desk: asked for, made in the background, read, signed by the director, published."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.people.models import Role
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.environment import url
from mizban.kit.filters import month as month_name
from mizban.kit.page import State
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import add_months
from mizban.lib.text import ascii_digits
from mizban.office.agreements.models import Agreement
from mizban.office.compliance.months import day_of, month_of
from mizban.office.reports import making, signing
from mizban.office.reports.jobs import make_report
from mizban.office.reports.models import Report, ReportQuerySet
from mizban.office.reports.refusals import MonthNotOver, OnlyTheDirectorSigns
from mizban.web.official.saying import site
from mizban.web.reports import answered

from ..agreements.finding import LARGEST_ID, post_only
from ..finding import member
from ..frame import desk_page

REFRESH = "2"
SHOWN = 60
# Which months can be asked for: those of the last two years.
MONTHS = 24
CHIPS: dict[str, State] = {"waiting": "none", "running": "open", "done": "turn", "failed": "late"}
SIGNED: tuple[State, str] = ("open", "امضاشده، منتشرنشده")
PUBLISHED: tuple[State, str] = ("kept", "منتشرشده")
keeper = member(Role.DIRECTOR, Role.SITE_OFFICER)


@keeper
def index(request: DeskRequest) -> HttpResponse:
    """GET: the reports of this office. POST: have one made, of a month that is over."""
    if request.method == "POST":
        return _ask(request)
    return _index(request)


@keeper
def show(request: DeskRequest, report_id: int) -> HttpResponse:
    """How far it is, what it says, and for the director the place to sign."""
    report = making.settle(_found(request, report_id))
    response = desk_page(
        request,
        "desk/oversight/report.html",
        title=f"گزارش {month_name(report.month)}",
        here="oversight",
        report=report,
        chip=chip_of(report),
        of=report.agreement.title if report.agreement else "همهٔ توافق‌نامه‌ها",
        is_whole=signing.is_whole(report),
        may_sign=Role.DIRECTOR in request.actor.roles,
    )
    if not report.is_over:
        response["Refresh"] = REFRESH
    return response


@keeper
def file(request: DeskRequest, report_id: int, format: str) -> HttpResponse:  # noqa: A002  # its name in the address
    """The paper, or the data it was made of. Raises NotFound while there is none."""
    return answered(_found(request, report_id), format)


@keeper
@post_only
def sign(request: DeskRequest, report_id: int) -> HttpResponse:
    """The director signs what stood on the page."""
    signing.sign(
        _found(request, report_id), by=request.actor, at=request.now, seen_hash=request.POST.get("hash", "")
    )
    return redirect("desk:report", request.agency.slug, report_id)


@keeper
@post_only
def publish(request: DeskRequest, report_id: int) -> HttpResponse:
    """Let everybody read it, once it is signed. The director says so. Raises OnlyTheDirectorSigns."""
    report = _found(request, report_id)
    if Role.DIRECTOR not in request.actor.roles:
        raise OnlyTheDirectorSigns
    signing.publish(report, by=request.actor, at=request.now)
    return redirect("desk:report", request.agency.slug, report_id)


def chip_of(report: Report) -> tuple[State, str]:
    """How far a report is, in a word."""
    if report.published_at:
        return PUBLISHED
    if report.signed_at:
        return SIGNED
    if report.state == Report.State.DONE:
        return CHIPS["done"], "در انتظار امضا"
    return CHIPS[report.state], str(report.get_state_display())


def _index(request: DeskRequest, refusal: Refusal | None = None) -> HttpResponse:
    found = list(_mine(request)[:SHOWN])
    return desk_page(
        request,
        "desk/oversight/reports.html",
        title="گزارش‌های ماهانه",
        here="oversight",
        status=refusal.status if refusal else 200,
        reports=[(each, chip_of(each)) for each in found],
        months=[(each.isoformat(), month_name(each)) for each in _months(day_of(request.now))],
        agreements=_agreements(request),
        refusal=refusal.message if refusal else "",
    )


def _ask(request: DeskRequest) -> HttpResponse:
    """One report for each month: who asks twice is shown the one that is there."""
    try:
        month = _month(request.POST.get("month", ""), today=day_of(request.now))
        with transaction.atomic():
            report = making.ask(request.agency, _agreement(request), month, by=request.actor, at=request.now)
            public = url("portal:report", request.agency.slug, report.pk)
            job = UUID(make_report.enqueue(report.pk).id)
            making.enqueued(report, job, address=site(public))
    except Refusal as refusal:
        return _index(request, refusal)
    return redirect("desk:report", request.agency.slug, report.pk)


def _month(typed: str, *, today: date) -> date:
    """The month that was chosen, by a day of it (Gregorian ISO). Raises MonthNotOver for anything else."""
    months = _months(today)
    try:
        chosen = month_of(date.fromisoformat(ascii_digits(typed.strip()[:10])))
    except ValueError as fault:
        raise MonthNotOver from fault
    if chosen < months[-1]:
        raise NotFound
    if chosen not in months:
        raise MonthNotOver
    return chosen


def _months(today: date) -> list[date]:
    """The months that can be asked for, the latest first."""
    return [add_months(month_of(today), -back) for back in range(1, MONTHS + 1)]


def _agreement(request: DeskRequest) -> Agreement | None:
    """The agreement that was chosen; nothing is all of them. Raises NotFound for one that is not the office's."""
    chosen = request.POST.get("agreement", "")
    if not chosen:
        return None
    found = next((each for each in _agreements(request) if str(each.number) == chosen), None)
    if found is None:
        raise NotFound
    return found


def _agreements(request: DeskRequest) -> Sequence[Agreement]:
    return list(Agreement.objects.of(request.agency))


def _mine(request: DeskRequest) -> ReportQuerySet:
    return Report.objects.visible_to(request.actor).of(request.agency).without_papers()


def _found(request: DeskRequest, report_id: int) -> Report:
    """A report of this office. Raises NotFound."""
    mine = Report.objects.visible_to(request.actor).of(request.agency).select_related("agency", "agreement")
    found = mine.filter(pk=report_id).first() if report_id < LARGEST_ID else None
    if found is None:
        raise NotFound
    return found
