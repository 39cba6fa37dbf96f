"""The door and the frame of the site officer's pages."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.people.models import Role
from mizban.core.refusals import NotFound
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import TEHRAN

from ..finding import as_site_officer, member
from ..forms import Form, form_page
from ..frame import desk_page

LARGEST_ID = 2**63
DAY = timedelta(days=1)
TITLE = "مدیریت سامانه"

officer = member(Role.SITE_OFFICER)

# What the page after an act says, by the word in its address; anything else in the address says nothing.
SAID = {
    "done": "انجام شد.",
    "kept": "نگه داشته شد.",
    "added": "افزوده شد.",
    "closed": "واحد بسته شد. ارجاع پرونده‌های باز در هر پرونده ثبت می‌شود.",
    "given": "سمت داده شد.",
    "ended": "پایان یافت.",
    "left": "ترک خدمت ثبت شد: سمت‌ها، نشست‌ها و کلیدهای برنامه بسته شد و پرونده‌های باز سپرده شد.",
    "announced": "تعطیلی اعلام شد و موعدها از نو حساب می‌شود.",
    "merged": "تعطیلی اعلام شد. با تعطیلی دیگری هم‌پوشانی دارد؛ زمان مشترک یک بار شمرده می‌شود.",
    "proposed": "پیشنهاد ثبت شد. تا مسئول دیگری تأیید نکند، هیچ موعدی جابه‌جا نمی‌شود.",
    "rejected": "پیشنهاد رد شد و چیزی تغییر نکرد.",
}


def page_of(
    request: DeskRequest, template: str, *, title: str, above: Sequence[tuple[str, str]] = (), **context: Any
) -> HttpResponse:
    """A page of the site officer; `above` are the pages between it and the landing page."""
    return desk_page(
        request, f"desk/admin/{template}", title=title, here="admin", **_frame(request, above), **context
    )


def sheet_of(
    request: DeskRequest,
    template: str,
    form: Form,
    *,
    title: str,
    above: Sequence[tuple[str, str]] = (),
    **context: Any,
) -> HttpResponse:
    """A page with a form."""
    template = f"desk/admin/{template}"
    return form_page(request, template, form, title=title, here="admin", **_frame(request, above), **context)


def step(request: DeskRequest, label: str, name: str, *args: object) -> tuple[str, str]:
    """A page above another one."""
    return label, reverse(f"desk:{name}", args=[request.agency.slug, *args])


def as_officer(request: DeskRequest) -> Any:
    """The actor as the officer only: what a deputy does here is done as the deputy."""
    return as_site_officer(request.actor)


def known_id(number: int) -> int:
    """A number of an address that a column can hold. Raises NotFound."""
    if number >= LARGEST_ID:
        raise NotFound
    return number


def begins(day: date) -> datetime:
    """The first moment of a day in Tehran."""
    return datetime.combine(day, time.min, TEHRAN)


def ends(day: date) -> datetime:
    """The first moment after a day in Tehran."""
    return begins(day + DAY)


def day_typed(answers: dict[str, Any], name: str) -> date | None:
    """The day of a date question; None where it was left empty."""
    return date.fromisoformat(answers[name]) if answers.get(name) else None


def _frame(request: DeskRequest, above: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way here is the site officer's: who sees one page of these only is led nowhere else."""
    is_officer = Role.SITE_OFFICER in request.actor.roles
    return {
        "crumbs": (step(request, TITLE, "admin"), *above) if is_officer else (),
        "said": SAID.get(request.GET.get("done", ""), ""),
    }
