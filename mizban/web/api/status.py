"""Whether the API is up, what offices announce, and where all of this is described."""

from django.http import HttpRequest
from ninja import Router

from mizban.office.notices.models import Notice

from .finding import answers, arrived
from .public_shapes import VERSION, NoticeItem, Notices, Status
from .shapes import AgencyName

router = Router(tags=["status"])
MOST_NOTICES = 100


@router.get("/status", response=answers(200, Status), url_name="status")
def status(request: HttpRequest) -> Status:
    """Up, if it answers at all; with the server's clock and the version of the API."""
    return Status(status="up", time=arrived(request).now, version=VERSION)


@router.get("/notices", response=answers(200, Notices), url_name="notices")
def notices(request: HttpRequest) -> Notices:
    """What offices and the whole site announced, newest first; the last hundred."""
    visible = Notice.objects.visible(at=arrived(request).now).newest_first().select_related("agency")
    return Notices(items=[_item(notice) for notice in visible[:MOST_NOTICES]])


def _item(notice: Notice) -> NoticeItem:
    agency = notice.agency
    return NoticeItem(
        id=notice.pk,
        agency=AgencyName(slug=agency.slug, name=agency.name) if agency else None,
        kind=notice.kind,
        title=notice.heading,
        text=notice.text,
        from_at=notice.from_at,
        until_at=notice.until_at,
        published_at=notice.published_at,
    )
