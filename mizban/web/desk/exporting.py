"""Making an export, in the worker: the list as its asker may see it now, row by row into a sheet."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from mizban.core.cases.models import Case, CaseQuerySet
from mizban.core.cases.sight.seeing import sight_of
from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership
from mizban.kit.sheets import Cell, sheet
from mizban.lib.jalali import local, numeric
from mizban.lib.text import persian_digits
from mizban.office.exports import making
from mizban.office.exports.models import Export
from mizban.web.staff import may_read, staff_of

from .listing import listing
from .rows import ERASED, applicant_of, row_of

CHUNK = 500
MOST_ROWS = 1_000_000  # a sheet holds 1,048,576
FOLDER = "exporting"
HEADINGS = (
    *("کد رهگیری", "درخواست", "دستگاه", "واحد", "وضعیت", "نوبت", "مهلت"),
    *("ثبت", "ثبت (میلادی)", "موعد", "موعد (میلادی)", "پاسخ", "پاسخ (میلادی)", "در مهلت"),
)
# Only for those who read cases; an identifier is masked as in every list.
PERSONAL = ("متقاضی", "شناسه")
IN_TIME = {True: "بله", False: "خیر", None: "سنجیده نشده"}


@task()
def make_export(export_id: int) -> int:
    """Make the export if it is still wanted; how many rows. A second run of a finished one does nothing."""
    try:
        export = making.begin(export_id)
        return _make(export, at=timezone.now())
    except making.Superseded:
        return 0


def _make(export: Export, *, at: datetime) -> int:
    actor = _actor_of(export, at)
    if actor is None:
        making.fail(export, "no-access", at=at)
        return 0
    visible = Case.objects.visible_to(actor)
    lists = listing(export.agency, actor, export.query, at=at)
    order = list(lists.cases.values_list("pk", flat=True)[:MOST_ROWS])
    making.advance(export, done=0, total=len(order))
    headings = HEADINGS[:2] + PERSONAL + HEADINGS[2:] if may_read(actor) else HEADINGS
    rows = _rows(export, visible, order, actor, at)
    content = sheet("پرونده‌ها", headings, rows, folder=passing_folder())
    making.finish(export, content, by=actor, rows=len(order), at=timezone.now())
    return len(order)


def _actor_of(export: Export, at: datetime) -> Staff | None:
    """The asker as they are now; None for one who left the office since."""
    held = list(Membership.objects.of(export.user, at=at).filter(agency_id=export.agency_id))
    return staff_of(export.user, held) if held and export.user.is_active else None


def _rows(
    export: Export, visible: CaseQuerySet, order: list[int], actor: Staff, at: datetime
) -> Iterator[list[Cell]]:
    """The rows in order, a bounded number of cases in memory; what became invisible meanwhile is left out."""
    for start in range(0, len(order), CHUNK):
        chunk = order[start : start + CHUNK]
        cases = visible.for_lists().in_bulk(chunk)
        yield from (cells(cases[pk], actor, at) for pk in chunk if pk in cases)
        making.advance(export, done=min(start + CHUNK, len(order)), total=len(order))


def cells(case: Case, actor: Staff, at: datetime) -> list[Cell]:
    """One case as the list shows it, then its dates: Jalali for people, ISO for programs."""
    row = row_of(case, actor, at)
    personal = _personal(case, actor) if may_read(actor) else []
    unit = case.unit.name if case.unit else ""
    return [
        *(case.code, case.title, *personal, case.agency.short_name, unit),
        *(case.state_now.label, row.turn, row.chip[1]),
        *(*_both(case.filed_at), *_both(case.due_at), *_both(case.answered_at)),
        IN_TIME[case.was_in_time] if case.answered_at else "",
    ]


def _personal(case: Case, actor: Staff) -> list[Cell]:
    if not sight_of(case, actor).knows_applicant:
        return ["", ""]
    applicant = applicant_of(case)
    return [applicant.name, applicant.masked_identifier] if applicant else [ERASED, ERASED]


def _both(at: datetime | None) -> tuple[str, str]:
    """A moment by Tehran's clock: «۱۴۰۵/۰۸/۳۰ ۱۰:۰۰» and 2026-11-21T10:00+03:30."""
    if at is None:
        return "", ""
    there = local(at)
    return persian_digits(f"{numeric(there.date())} {there:%H:%M}"), there.isoformat(timespec="minutes")


def passing_folder() -> Path:
    """Where a sheet lies in the open while it is written; the worker sweeps what a crash left there."""
    folder = Path(settings.DATA) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
