"""The letters of telecom, for everybody of the office and its inspectors."""

from django.http import HttpResponse

from mizban.core.refusals import NotFound
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.requests import DeskRequest
from mizban.office.availability import letters
from mizban.office.availability.models import EvidenceLetter
from mizban.web.downloads import disposition
from mizban.web.outages import heading_of
from mizban.web.uptimes import duration

from ..finding import member
from ..frame import desk_page

LARGEST_ID = 2**63
MOST = 100


@member(inspected=True)
def index(request: DeskRequest) -> HttpResponse:
    """Each letter with its outage, the newest first. One query."""
    found = EvidenceLetter.objects.visible_to(request.actor).select_related("outage").order_by("-id")[:MOST]
    rows = [
        (
            each,
            letters.name_of(each),
            heading_of(each.outage.targets),
            duration(each.outage.minutes(at=request.now)),
        )
        for each in found
    ]
    return desk_page(
        request, "desk/evidence.html", title="نامه‌های قطعی مخابرات", here="dashboard", letters=rows
    )


@member(inspected=True)
def show(request: DeskRequest, letter_id: int) -> HttpResponse:
    """The file, always saved. Raises NotFound."""
    visible = EvidenceLetter.objects.visible_to(request.actor).select_related("outage")
    found = visible.filter(pk=letter_id).first() if letter_id < LARGEST_ID else None
    if found is None:
        raise NotFound
    try:
        name, content = letters.name_of(found), letters.content_of(found)
    except (BrokenSeal, OSError) as fault:
        raise NotFound from fault
    headers = {
        "Content-Disposition": disposition(name, found.media_type),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=found.media_type, headers=headers)
