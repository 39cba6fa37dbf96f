"""Exports at the desk: asking for the present list, watching it being made, taking it away."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.refusals import NotFound, Refusal
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.page import State
from mizban.kit.requests import DeskRequest
from mizban.office.exports import making
from mizban.office.exports.models import Export, ExportQuerySet, signature

from .exporting import make_export
from .finding import member
from .frame import desk_page
from .listing import QUERY
from .tabs import TABS

MOST_AT_ONCE = 3
SHOWN = 20
LARGEST_ID = 2**63
REFRESH = "3"
CHIPS: dict[str, State] = {"waiting": "none", "running": "open", "done": "kept", "failed": "late"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TooManyExports(Refusal):
    """Somebody asks for more lists than are being made."""

    code = "too-many-exports"
    status = 429
    message = "چند خروجی شما هنوز در حال ساختن است. کمی بعد دوباره بخواهید."


class ExportOutdated(Refusal):
    """The export was made for other roles or units than its asker has now."""

    code = "export-outdated"
    status = 409
    message = making.REASONS["changed"]


@member(inspected=True)
def index(request: DeskRequest) -> HttpResponse:
    """GET: what this person asked for lately. POST: ask for the list whose filter stands in the form."""
    if request.method == "POST":
        return _ask(request)
    mine = [making.settle(each, at=request.now) for each in _mine(request)[:SHOWN]]
    response = desk_page(
        request, "desk/exports.html", title="خروجی‌ها", exports=mine, words=_words, chips=CHIPS
    )
    return _again(response, mine)


@member(inspected=True)
def show(request: DeskRequest, export_id: int) -> HttpResponse:
    """How far it is; the page comes again by itself until the file is there."""
    export = making.settle(_found(request, export_id), at=request.now)
    response = desk_page(
        request,
        "desk/export.html",
        title="خروجی فهرست",
        export=export,
        words=_words(export),
        chips=CHIPS,
        reason=making.REASONS.get(export.why, making.REASONS["failed"]),
    )
    return _again(response, [export])


@member(inspected=True)
def file(request: DeskRequest, export_id: int) -> HttpResponse:
    """The sheet, for whoever asked for it and still may see all that is in it."""
    export = _found(request, export_id)
    if export.state != Export.State.DONE or export.until <= request.now:
        raise NotFound
    if export.seen_as != signature(request.actor):
        raise ExportOutdated
    try:
        content = making.content_of(export)
    except (BrokenSeal, OSError) as fault:
        raise NotFound from fault
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="mizban-{request.agency.slug}-{export.pk}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _ask(request: DeskRequest) -> HttpResponse:
    """One job for one list: who presses twice is shown the one that is being made."""
    query = {name: value for name in QUERY if (value := request.POST.get(name, "")[:100].replace("\0", ""))}
    making_now = list(_mine(request).unfinished()[: MOST_AT_ONCE + 1])
    export = next((each for each in making_now if each.query == query), None)
    if export is None:
        if len(making_now) >= MOST_AT_ONCE:
            raise TooManyExports
        with transaction.atomic():
            export = making.ask(request.actor, query, at=request.now)
            export.job_id = UUID(make_export.enqueue(export.pk).id)
            export.save(update_fields=["job_id"])
    return redirect("desk:export", request.agency.slug, export.pk)


def _mine(request: DeskRequest) -> ExportQuerySet:
    return Export.objects.asked_by(request.actor).kept(at=request.now)


def _found(request: DeskRequest, export_id: int) -> Export:
    """This person's export of this number; anybody else's is not there. Raises NotFound."""
    found = _mine(request).filter(pk=export_id).first() if export_id < LARGEST_ID else None
    if found is None:
        raise NotFound
    return found


def _words(export: Export) -> str:
    """Which list it is, as its tab is called."""
    return TABS.get(export.query.get("tab", ""), TABS["all"]).label


def _again(response: HttpResponse, exports: Iterable[Export]) -> HttpResponse:
    """While something is being made the browser asks again, script or not.

    The header does what a `meta` element would, and readers of the page find no timed element in it.
    """
    if any(not export.is_over for export in exports):
        response["Refresh"] = REFRESH
    return response
