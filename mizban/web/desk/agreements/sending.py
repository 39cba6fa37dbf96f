"""A draft is sent for signature, in spite of some findings only with a reason each."""

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.kit.requests import DeskRequest
from mizban.lib.text import tidy
from mizban.office.agreements import renewal, sending
from mizban.office.agreements.models import Draft
from mizban.office.agreements.refusals import ChangedMeanwhile, Obstructed

from .drafts import draft_page
from .effects import begin
from .finding import draft_of, keeper, post_only, seen

LONGEST_REASON = 500
PREFIX = "reason-"


@keeper
@post_only
def send(request: DeskRequest, draft_id: int) -> HttpResponse:
    draft = draft_of(request, draft_id)
    if draft.revision != seen(request):
        raise ChangedMeanwhile
    reasons = {
        name.removeprefix(PREFIX): tidy(request.POST[name][:LONGEST_REASON])
        for name in request.POST
        if name.startswith(PREFIX)
    }
    try:
        version = sending.send(draft, reasons, by=request.actor, at=request.now)
    except Obstructed as refusal:
        return draft_page(request, draft, status=422, left=refusal.obstacles, reasons=reasons)
    _count(request, draft)
    return redirect("desk:agreement-version", request.agency.slug, version.pk)


def _count(request: DeskRequest, draft: Draft) -> None:
    """Whoever signs a renewal sees what it would have meant."""
    version = draft.version
    target = version.response_target if version else None
    if target and renewal.countable(target):
        begin(request, draft, target)
