"""The site officer's maintenance: announced before it begins, ended early, called off."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.models import Offering
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.people.models import Role
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.filters import fa
from mizban.kit.forms import Value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.office.availability.chosen import lead_hours
from mizban.office.availability.maintenance import Plan
from mizban.office.availability.models import Maintenance
from mizban.web import outages
from mizban.web.posted import bounds, read

from ..finding import member
from ..frame import above, desk_page
from .moments import moment_fields, moment_of

LARGEST_ID = 2**63
WHY_LATE = "دلیل دیر اعلام شدن را بنویسید."


@member(Role.SITE_OFFICER)
def new(request: DeskRequest) -> HttpResponse:
    """Announce a window; its notice stands from that moment on."""
    fields = _questions(request)
    if request.method != "POST":
        return _form(request, fields, {})
    typed = read(request, fields, agency_id=request.agency.pk, token="").raw
    filled = fill(fields, typed, today=local(request.now).date())
    wanted = _plan(filled.answers, filled.errors)
    if filled.errors or wanted is None:
        return _form(request, fields, typed, filled.errors)
    try:
        outages.announce(request.agency, wanted, by=request.actor, at=request.now)
    except Refusal as refusal:
        return _form(request, fields, typed, {}, refusal.message)
    return redirect("desk:availability", request.agency.slug)


@member(Role.SITE_OFFICER)
def show(request: DeskRequest, window_id: int) -> HttpResponse:
    """A window; posted, it ends now, or is called off where it has not begun."""
    visible = Maintenance.objects.visible_to(request.actor)
    window = visible.filter(pk=window_id).first() if window_id < LARGEST_ID else None
    if window is None:
        raise NotFound
    if request.method == "POST":
        outages.end_maintenance(window, by=request.actor, at=request.now)
        return redirect("desk:availability", request.agency.slug)
    return desk_page(
        request,
        "desk/maintenance.html",
        title="نگهداری",
        here="availability",
        crumbs=(above(request, "وضعیت درگاه", "availability"),),
        window=window,
        is_over=window.is_over(at=request.now),
        has_begun=window.from_at <= request.now,
        services=[each.declaration.title for each in _offerings(request) if each.slug in window.services],
    )


def _questions(request: DeskRequest) -> tuple[Field, ...]:
    services = tuple(Option(each.slug, each.declaration.title) for each in _offerings(request))
    owed = fa(lead_hours())
    return (
        *moment_fields("from", "آغاز"),
        *moment_fields("until", "پایان"),
        Field(
            "what",
            "text",
            "چه می‌کنید و چه چیزی کار نمی‌کند؟",
            example="به‌روزرسانی پایگاه داده",
            max_length=300,
        ),
        Field(
            "services",
            "choices",
            "کدام خدمت‌ها در دسترس نیست؟",
            help="هیچ‌کدام را نزنید، همهٔ درگاه است.",
            required=False,
            options=services,
        ),
        Field(
            "late",
            "choices",
            "زمان اعلام",
            help=f"باید دست‌کم {owed} ساعت کاری پیش از آغاز اعلام شود.",
            required=False,
            options=(Option("late", "دیرهنگام است: ناچارم دیرتر از آن اعلام کنم"),),
        ),
        Field("late_reason", "text", "اگر دیرهنگام است، چرا؟", required=False, max_length=300),
    )


def _offerings(request: DeskRequest) -> list[Offering]:
    return list(Offering.objects.of(request.agency).with_versions())


def _plan(answers: Mapping[str, Any], errors: dict[str, Malformed]) -> Plan | None:
    begins, ends = moment_of("from", answers, errors), moment_of("until", answers, errors)
    reason = answers.get("late_reason", "") if answers.get("late") else ""
    if answers.get("late") and not reason:
        errors.setdefault("late_reason", Malformed("required", WHY_LATE))
    if errors or begins is None or ends is None:
        return None
    return Plan(begins, ends, answers["what"], tuple(answers.get("services", ())), reason)


def _form(
    request: DeskRequest,
    fields: tuple[Field, ...],
    typed: Mapping[str, Value],
    errors: Mapping[str, Malformed] | None = None,
    refused: str = "",
) -> HttpResponse:
    shown = bounds(fields, typed, errors)
    return desk_page(
        request,
        "desk/maintenance_new.html",
        title="اعلام نگهداری",
        here="availability",
        crumbs=(above(request, "وضعیت درگاه", "availability"),),
        status=422 if errors or refused else 200,
        bounds=shown,
        others=[refused] if refused else [],
        errors=with_errors(shown) or refused,
    )
