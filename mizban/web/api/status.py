"""Whether the API is up, how each office's portal stands and stood, and what offices announce."""

from django.http import HttpRequest
from ninja import Router

from mizban.core.agencies.models import Agency
from mizban.office.availability import history
from mizban.office.availability.history import History
from mizban.office.availability.models import Maintenance, Outage
from mizban.office.notices.models import Notice
from mizban.web.uptimes import net_by_agency

from .finding import answers, arrived
from .public_shapes import (
    VERSION,
    MaintenanceItem,
    NoticeItem,
    Notices,
    OfficeStatus,
    OutageItem,
    Status,
    Uptime,
)
from .shapes import AgencyName

router = Router(tags=["status"])
MOST_NOTICES = 100


@router.get("/status", response=answers(200, Status), url_name="status")
def status(request: HttpRequest) -> Status:
    """Up, if it answers at all; each office as it was measured over 90 days, its outage and its maintenance."""
    now = arrived(request).now
    offices = list(Agency.objects.filter(has_portal=True))
    stand = history.present(offices, at=now)
    stood = history.of_offices(offices, at=now)
    net = net_by_agency(offices)
    windows = list(Maintenance.objects.filter(agency__in=offices).not_over(at=now))
    return Status(
        status="up",
        time=now,
        version=VERSION,
        offices=[
            OfficeStatus(
                agency=AgencyName(slug=office.slug, name=office.name),
                state=stand[office.pk].state,
                uptime=_uptime(stood[office.pk], with_net=net.get(office.pk, False)),
                outage=_outage(stand[office.pk].outage),
                maintenance=[_window(each) for each in windows if each.agency_id == office.pk],
            )
            for office in offices
        ],
    )


def _uptime(stood: History, *, with_net: bool) -> Uptime:
    counts = stood.counts
    return Uptime(
        up=counts.up,
        down=counts.down,
        maintenance=counts.maintenance,
        telecom=counts.telecom,
        unmeasured=stood.unmeasured,
        gross=stood.gross,
        net=stood.net if with_net else None,
    )


def _outage(outage: Outage | None) -> OutageItem | None:
    if outage is None:
        return None
    return OutageItem(
        id=outage.pk,
        kind=outage.kind,
        targets=outage.targets,
        from_at=outage.from_at,
        until_at=outage.until_at,
        detected_at=outage.detected_at,
        told_at=outage.told_at,
        minutes_to_tell=outage.minutes_to_tell,
    )


def _window(window: Maintenance) -> MaintenanceItem:
    return MaintenanceItem(
        id=window.pk,
        from_at=window.from_at,
        until_at=window.span[1],
        what=window.what,
        services=window.services,
        announced_at=window.announced_at,
        is_late=window.is_late,
    )


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
