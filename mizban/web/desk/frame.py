"""The frame of a desk page: who sits here, the menu, and the way out."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from mizban.core.people.actors import Staff
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
        nav=_menu(request.agency.slug, request.agency.has_portal, request.actor),
        home_url=url("desk:home"),
        sign_out_url=url("desk:sign-out"),
        account_url=url("desk:password"),
    )


def lobby(request: HttpRequest) -> Desk:
    """The frame of a signed-in person who has not chosen an office yet."""
    name = cast("User", request.user).full_name
    return Desk(name=name, role="", home_url=url("desk:home"), sign_out_url=url("desk:sign-out"))


@dataclass(frozen=True, slots=True)
class _Room:
    """A way in the menu; without roles it is everybody's."""

    here: str
    label: str
    route: str
    roles: frozenset[str] = frozenset()


OFFICER, DIRECTOR, HEAD = Role.SITE_OFFICER, Role.DIRECTOR, Role.HEAD
ROOMS = (
    _Room("queue", "صف", "desk:queue"),
    _Room("breaches", "هشدارها", "desk:breaches"),
    _Room("new", "ثبت به جای متقاضی", "desk:new"),
    _Room("requests", "درخواست از دستگاه دیگر", "desk:requests"),
    _Room("dashboard", "داشبورد", "desk:dashboard"),
    _Room("oversight", "نمای مدیرکل", "desk:oversight", frozenset({DIRECTOR, HEAD})),
    _Room("replies", "پاسخ‌های آماده", "desk:replies"),
    _Room("agreements", "توافق‌نامه‌ها", "desk:agreements", frozenset({DIRECTOR, OFFICER})),
    _Room("availability", "وضعیت درگاه", "desk:availability", frozenset({OFFICER})),
    _Room("services", "خدمت‌ها", "desk:services", frozenset({OFFICER})),
    _Room("reset", "بازیابی رمز و کد", "desk:reset", frozenset({OFFICER})),
    _Room("admin", "مدیریت سامانه", "desk:admin", frozenset({OFFICER})),
    _Room("admin", "تعطیلی‌ها", "desk:admin-closures", frozenset({DIRECTOR})),
    _Room("admin", "تعطیلی استان", "desk:admin-province", frozenset({Role.PROVINCE_OFFICER})),
)
READING = (
    _Room("queue", "پرونده‌ها", "desk:queue"),
    _Room("breaches", "هشدارها", "desk:breaches"),
    _Room("dashboard", "داشبورد", "desk:dashboard"),
    _Room("oversight", "نمای مدیرکل", "desk:oversight"),
)

# What only an agency with services of its own has.
HOSTS = ("breaches", "new", "dashboard", "oversight")


def _roles(request: DeskRequest) -> str:
    """«کارشناس ادارهٔ مسکن»; several roles one after the other, then whom the person stands in for."""
    own = [held.spoken for held in request.memberships if held.user_id == request.actor.user_id]
    others = [f"جانشین {name}" for _, name in request.actor.stands_in_for]
    return "، ".join([*own, *others])


@lru_cache(maxsize=1000)
def _menu(agency: str, has_portal: bool, actor: Staff) -> tuple[NavItem, ...]:  # noqa: FBT001  # as a key of the cache
    rooms: tuple[_Room, ...] = READING if actor.inspects else ROOMS
    if not has_portal:
        # An agency that only takes part in the cases of others has no service to file for and nothing to count.
        rooms = tuple(room for room in rooms if room.here not in HOSTS)
    if not may_read(actor):
        rooms = tuple(room for room in rooms if room.here not in ("breaches", "requests"))
    mine = [room for room in rooms if not room.roles or not actor.roles.isdisjoint(room.roles)]
    # «تعطیلی‌ها» is a part of «مدیریت سامانه»: whoever has the whole needs no way to the part.
    first: dict[str, _Room] = {}
    for room in mine:
        first.setdefault(room.here, room)
    return tuple(NavItem(room.here, room.label, url(room.route, agency)) for room in first.values())


def refused_at_desk(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal said to somebody who sits at a desk, with the way back to the queue."""
    return desk_page(
        cast("DeskRequest", request),
        "desk/refused.html",
        title=heading_of(refusal),
        status=refusal.status,
        sentence=refusal.message,
    )
