"""Where everybody begins: the offices, and the services of an office."""

from collections import defaultdict

from django.http import HttpResponse

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.declarations.grammar import Declaration
from mizban.core.kept import kept
from mizban.kit.environment import url
from mizban.kit.requests import AgencyRequest, Request
from mizban.web.announcing import announcements
from mizban.web.pages import page

from .finding import methods, of_agency
from .menu import Menu, menu_of


@methods("GET")
def show(request: Request) -> HttpResponse:
    """The offices with a portal, each with what it offers; with `?q=`, the services of all of them that fit."""
    offices, offerings = _everything()
    offered: defaultdict[int, list[Declaration]] = defaultdict(list)
    for offering in offerings:
        offered[offering.agency_id].append(offering.declaration)
    menu = menu_of(request, offerings if request.GET else ())
    return page(
        request,
        "portal/home.html",
        title=_title(menu) or "خدمات دستگاه‌های اجرایی",
        here="services",
        offices=[(office, offered[office.pk]) for office in offices],
        menu_now=menu,
        search_url=url("portal:home"),
        ask_url=url("portal:speak"),
    )


@kept
def _everything() -> tuple[list[Agency], list[Offering]]:
    """Every office with a portal, and all they offer."""
    offerings = Offering.objects.standing().filter(agency__has_portal=True).with_versions()
    return list(Agency.objects.filter(has_portal=True)), list(offerings)


@methods("GET")
@of_agency
def office(request: AgencyRequest) -> HttpResponse:
    """The services of an office, as the contents of a book; with `?q=` and `?for=`, those that fit."""
    offerings = list(Offering.objects.of(request.agency).standing().with_versions())
    menu = menu_of(request, offerings)
    return page(
        request,
        "portal/office.html",
        title=_title(menu) or "خدمات الکترونیکی",
        agency=request.agency,
        here="services",
        banner="",  # what is announced stands on this page, in full
        notices=announcements(request.agency, at=request.now),
        has_services=bool(offerings),
        menu_now=menu,
        search_url=url("portal:office", request.agency.slug),
        ask_url=url("portal:question", request.agency.slug),
    )


def _title(menu: Menu) -> str:
    return f"جست‌وجوی «{menu.q}»" if menu.q else ""
