"""From asking for a report to its paper: every change of an unsigned one, conditional on the attempt that makes it."""

from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction

from mizban.core.agencies.models import Agency
from mizban.core.jobs.running import has_failed
from mizban.core.people.actors import Staff
from mizban.office.agreements.models import Agreement
from mizban.office.compliance import folding
from mizban.office.compliance.months import day_of, end_of, month_of

from .facts import canonical, facts_of, versions_in
from .models import Report, new
from .printing import printed
from .refusals import AlreadySigned, MonthNotOver, NothingPromised
from .signing import hash_of


class Superseded(Exception):
    """Another worker makes this report now, or it was signed meanwhile."""


def ask(agency: Agency, agreement: Agreement | None, month: date, *, by: Staff, at: datetime) -> Report:
    """The report of this month, to be made; one that is there and unsigned is made anew. `month` is any day of it.

    The caller enqueues its job in the same transaction (`enqueued`).
    Raises MonthNotOver, NothingPromised, AlreadySigned.
    """
    month = month_of(month)
    if end_of(month) > day_of(at):
        raise MonthNotOver
    if not versions_in(agency, agreement, month):
        raise NothingPromised
    columns = new(agency, agreement, month, by=by, at=at)
    report, made = Report.objects.get_or_create(
        agency=agency, agreement=agreement, month=month, defaults=columns
    )
    if not made:
        again = Report.objects.filter(pk=report.pk, signed_at=None)
        if not again.update(state=Report.State.WAITING, asked_by_id=by.user_id, asked_at=at):
            raise AlreadySigned
        report.refresh_from_db()
    return report


def enqueued(report: Report, job_id: UUID, *, address: str) -> None:
    """Remember the job, and where the public will find the report."""
    Report.objects.filter(pk=report.pk, signed_at=None).update(job_id=job_id, address=address)


def make(report_id: int, *, at: datetime) -> bool:
    """Make a report that waits: fold what is new, count, print. False where it is no longer wanted."""
    try:
        report = _begin(report_id)
        folding.fold(at=at)
        document = canonical(facts_of(report.agency, report.agreement, report.month, at=at))
        report.document, report.hash, report.made_at = document, hash_of(document), at
        _finish(report, printed(report))
    except Superseded:
        return False
    return True


def settle(report: Report) -> Report:
    """The report as it really stands: one whose job has failed is not being made."""
    if not report.is_over and report.job_id and has_failed(report.job_id):
        Report.objects.unmade().filter(pk=report.pk).update(state=Report.State.FAILED)
        report.refresh_from_db(fields=["state"])
    return report


def _begin(report_id: int) -> Report:
    waiting = Report.objects.unmade().filter(pk=report_id, signed_at=None)
    if not waiting.update(state=Report.State.RUNNING, attempt=models.F("attempt") + 1):
        raise Superseded
    return Report.objects.select_related("agency", "agreement").get(pk=report_id)


def _finish(report: Report, paper: bytes) -> None:
    with transaction.atomic():
        mine = Report.objects.unmade().filter(pk=report.pk, attempt=report.attempt, signed_at=None)
        made = mine.update(
            state=Report.State.DONE,
            made_at=report.made_at,
            document=report.document,
            hash=report.hash,
            paper=paper,
        )
        if not made:
            raise Superseded
