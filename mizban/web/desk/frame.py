"""The frame of a desk page: who sits here, the menu, and the way out."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from mizban.core.people.models import Role, User
from mizban.core.refusals import Refusal
from mizban.kit.environment import url
from mizban.kit.page import Desk, NavItem
from mizban.kit.requests import DeskRequest
from mizban.web.failures import heading_of
from mizban.web.pages import page
from mizban.web.staff import may_read


def desk_page(
    request: DeskRequest, template: str, *, title: str, here: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """A rendered page of the desk. `here` is the key of the menu entry it belongs to."""
    context |= {
        "desk": desk_of(request),
        "agency_slug": request.agency.slug,
        "office_name": request.agency.short_name,
    }
    return page(request, template, title=title, here=here, status=status, **context)


def above(request: DeskRequest, label: str, name: str, *args: object) -> tuple[str, str]:
    """A page above another one, for `crumbs`."""
    return label, url(f"desk:{name}", request.agency.slug, *args)


def desk_of(request: DeskRequest) -> Desk:
    return Desk(
        name=cast("User", request.user).full_name,
        role=_roles(request),
        nav=_menu(request),
        home_url=url("desk:home"),
        sign_out_url=url("desk:sign-out"),
        account_url=url("desk:password"),
    )


def lobby(request: HttpRequest) -> Desk:
    """The frame of a signed-in person who has not chosen an office yet."""
    name = cast("User", request.user).full_name
    return Desk(name=name, role="", home_url=url("desk:home"), sign_out_url=url("desk:sign-out"))


def _roles(request: DeskRequest) -> str:
    """«کارشناس ادارهٔ مسکن»; several roles one after the other, then whom the person stands in for."""
    own = [held.spoken for held in request.memberships if held.user_id == request.actor.user_id]
    others = [f"جانشین {name}" for _, name in request.actor.stands_in_for]
    return "، ".join([*own, *others])


def _menu(request: DeskRequest) -> tuple[NavItem, ...]:
    agency = request.agency.slug
    if request.actor.inspects:
        return (
            NavItem("queue", "پرونده‌ها", url("desk:queue", agency)),
            NavItem("breaches", "هشدارها", url("desk:breaches", agency)),
            NavItem("dashboard", "داشبورد", url("desk:dashboard", agency)),
            NavItem("oversight", "نمای مدیرکل", url("desk:oversight", agency)),
        )
    items = [NavItem("queue", "صف", url("desk:queue", agency))]
    if may_read(request.actor):
        items.append(NavItem("breaches", "هشدارها", url("desk:breaches", agency)))
    # An agency that only takes part in the cases of others has no service to file for and nothing to count.
    if request.agency.has_portal:
        items.append(NavItem("new", "ثبت به جای متقاضی", url("desk:new", agency)))
    if may_read(request.actor):
        items.append(NavItem("requests", "درخواست از دستگاه دیگر", url("desk:requests", agency)))
    if request.agency.has_portal:
        items.append(NavItem("dashboard", "داشبورد", url("desk:dashboard", agency)))
    if not request.actor.roles.isdisjoint({Role.DIRECTOR, Role.HEAD}):
        items.append(NavItem("oversight", "نمای مدیرکل", url("desk:oversight", agency)))
    items.append(NavItem("replies", "پاسخ‌های آماده", url("desk:replies", agency)))
    if not request.actor.roles.isdisjoint({Role.DIRECTOR, Role.SITE_OFFICER}):
        items.append(NavItem("agreements", "توافق‌نامه‌ها", url("desk:agreements", agency)))
    if Role.SITE_OFFICER in request.actor.roles:
        items.append(NavItem("availability", "وضعیت درگاه", url("desk:availability", agency)))
        items.append(NavItem("services", "خدمت‌ها", url("desk:services", agency)))
        items.append(NavItem("reset", "بازیابی رمز و کد", url("desk:reset", agency)))
        items.append(NavItem("admin", "مدیریت سامانه", url("desk:admin", agency)))
    elif Role.DIRECTOR in request.actor.roles:
        items.append(NavItem("admin", "تعطیلی‌ها", url("desk:admin-closures", agency)))
    elif Role.PROVINCE_OFFICER in request.actor.roles:
        items.append(NavItem("admin", "تعطیلی استان", url("desk:admin-province", agency)))
    return tuple(items)


def refused_at_desk(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal said to somebody who sits at a desk, with the way back to the queue."""
    return desk_page(
        cast("DeskRequest", request),
        "desk/refused.html",
        title=heading_of(refusal),
        status=refusal.status,
        sentence=refusal.message,
    )
