"""The texts an office keeps ready: whoever works here reads them, heads and the site officer keep them."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.agencies.models import Unit
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.refusals import NotFound, NotYours
from mizban.kit.forms import Value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.office.replies.models import KEEPERS, QUESTIONS, CannedReply, may_keep
from mizban.web.posted import bounds, read

from .finding import member
from .frame import above, desk_page

LARGEST_ID = 2**63
EVERY_UNIT = "همهٔ واحدها"
TITLE = "پاسخ‌های آماده"


@member()
def index(request: DeskRequest) -> HttpResponse:
    replies = CannedReply.objects.visible_to(request.actor).select_related("unit", "changed_by")
    rows = [(reply, may_keep(request.actor, reply.unit_id)) for reply in replies]
    return desk_page(
        request,
        "desk/replies.html",
        title=TITLE,
        here="replies",
        rows=rows,
        is_keeper=not request.actor.roles.isdisjoint(KEEPERS),
        every_unit=EVERY_UNIT,
    )


@member(*sorted(KEEPERS))
def new(request: DeskRequest) -> HttpResponse:
    return _kept(request, CannedReply())


@member(*sorted(KEEPERS))
def edit(request: DeskRequest, reply_id: int) -> HttpResponse:
    """Change a text, or (`delete`) drop it. What was sent with it before stays as it was sent."""
    visible = CannedReply.objects.visible_to(request.actor).select_related("unit")
    reply = visible.filter(pk=reply_id).first() if reply_id < LARGEST_ID else None
    if reply is None:
        raise NotFound
    if not may_keep(request.actor, reply.unit_id):
        raise NotYours
    if request.method == "POST" and "delete" in request.POST:
        reply.delete()
        return redirect("desk:replies", request.agency.slug)
    return _kept(request, reply)


def _kept(request: DeskRequest, reply: CannedReply) -> HttpResponse:
    units = _units(request)
    fields = (*_for_whom(request, units), *QUESTIONS)
    if request.method != "POST":
        unit = reply.unit.slug if reply.unit else ""
        return _form(request, reply, fields, {"unit": unit, "title": reply.title, "text": reply.text})
    typed = read(request, fields, agency_id=request.agency.pk, token="").raw
    filled = fill(fields, typed)
    if filled.errors:
        return _form(request, reply, fields, typed, filled.errors)
    chosen = next((unit for unit in units if unit.slug == filled.answers.get("unit")), None)
    reply.keep(by=request.actor, unit=chosen, answers=typed, at=request.now)
    return redirect("desk:replies", request.agency.slug)


def _units(request: DeskRequest) -> list[Unit]:
    units = Unit.objects.filter(agency=request.agency)
    return [unit for unit in units if may_keep(request.actor, unit.pk)]


def _for_whom(request: DeskRequest, units: list[Unit]) -> tuple[Field, ...]:
    """For which unit; who keeps those of one unit only is asked nothing wider."""
    options = tuple(Option(unit.slug, unit.name) for unit in units)
    everybody = may_keep(request.actor, None)
    help_line = "خالی بماند، برای همهٔ واحدهاست." if everybody else ""
    return (
        Field("unit", "unit", "برای کدام واحد؟", help=help_line, options=options, required=not everybody),
    )


def _form(
    request: DeskRequest,
    reply: CannedReply,
    fields: tuple[Field, ...],
    raw: Mapping[str, Value],
    errors: Mapping[str, Malformed] | None = None,
) -> HttpResponse:
    shown = bounds(fields, raw, errors)
    return desk_page(
        request,
        "desk/reply.html",
        title="ویرایش پاسخ آماده" if reply.pk else "پاسخ آمادهٔ تازه",
        here="replies",
        crumbs=(above(request, TITLE, "replies"),),
        status=422 if errors else 200,
        bounds=shown,
        errors=with_errors(shown),
        reply=reply,
    )
