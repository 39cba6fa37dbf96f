"""Notices as RSS 2.0, for who wants to hear of outages and maintenance without coming to look."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed

from mizban.core.agencies.models import Agency
from mizban.kit.filters import fa
from mizban.kit.requests import AgencyRequest, Request
from mizban.office.notices.models import Notice, NoticeQuerySet
from mizban.web.announcing import when

from .finding import methods, of_agency

MOST = 50


@methods("GET")
@of_agency
def of_office(request: AgencyRequest) -> HttpResponse:
    """The notices of an office, with those of the whole site."""
    return _feed(request, Notice.objects.for_office(request.agency), request.agency)


@methods("GET")
def of_site(request: Request) -> HttpResponse:
    """The notices of the whole site."""
    return _feed(request, Notice.objects.for_all(), None)


def _feed(request: Request, notices: NoticeQuerySet, agency: Agency | None) -> HttpResponse:
    page = reverse("portal:notices", args=[agency.slug]) if agency else reverse("portal:site-notices")
    feed = Rss201rev2Feed(
        title=f"اطلاعیه‌های {agency.name if agency else 'درگاه'}",
        link=request.build_absolute_uri(page),
        description="نگهداری، قطعی و هرچه باید بدانید",
        language="fa",
        feed_url=request.build_absolute_uri(),
    )
    for notice in notices.visible(at=request.now).newest_first()[:MOST]:
        said = (f"{notice.get_kind_display()}: {when(notice, at=request.now)}".rstrip(": "), notice.text)
        feed.add_item(
            title=fa(notice.heading),
            link=request.build_absolute_uri(f"{page}#notice-{notice.pk}"),
            description=fa("\n".join(part for part in said if part)),
            pubdate=notice.published_at,
            # One notice is one entry, whatever address the site is reached by.
            unique_id=f"mizban:notice:{notice.pk}",
            unique_id_is_permalink=False,
        )
    response = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
