"""The queue of an office, ordered by what is due, and the search in it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mizban.core.cases.models import Case, CaseQuerySet
from mizban.core.cases.models.shelves import shelves
from mizban.kit.filters import fa
from mizban.kit.page import NavItem, Paging
from mizban.kit.requests import DeskRequest
from mizban.lib.text import ascii_digits
from mizban.office.calendar.current import calendar_of

from .finding import may_read, member
from .frame import desk_page
from .rows import row_of
from .searching import found

PAGE = 25
MOST_FOUND = 100
# Each shelf: its word, and what is said when it is empty.
TABS = {
    "all": ("همه", "امروز کاری در صف شما نیست", "درخواست تازه که برسد، همین‌جا می‌آید."),
    "late": ("گذشته از مهلت", "هیچ پرونده‌ای از مهلت نگذشته است", "به موعدهای امروز برسید."),
    "today": ("امروز", "امروز موعد پرونده‌ای نمی‌رسد", "به موعدهای فردا برسید."),
    "office": ("نوبت اداره", "پرونده‌ای نوبت اداره نیست", "همه نزد متقاضی‌اند یا پاسخ گرفته‌اند."),
    "applicant": ("نزد متقاضی", "پرونده‌ای نزد متقاضی نیست", "هیچ ساعتی برای تکمیل نایستاده است."),
    "mine": ("پرونده‌های من", "هنوز پرونده‌ای با شما نیست", "با «آغاز بررسی» پرونده‌ای را بردارید."),
    "answered": ("پاسخ‌داده", "پرونده‌ای در انتظار بستن نیست", "پرونده پس از پاسخ اینجا می‌ماند تا بسته شود."),
}
NOT_FOUND = (
    "پرونده‌ای با این کد یا شناسه پیدا نشد",
    "کد رهگیری یا شناسه را کامل بنویسید. با نام و شمارهٔ همراه نمی‌توان جست.",
)


@member()
def show(request: DeskRequest) -> HttpResponse:
    """Identifiers are personal and stay out of addresses and logs, so a search is posted."""
    visible = request.agency.cases.visible_to(request.actor)
    day_ends_at = _day_ends_at(request)
    shelf_of = shelves(user_id=request.actor.user_id, at=request.now, day_ends_at=day_ends_at)
    counts = visible.tally(shelf_of)
    if request.method == "POST":
        return _searched(request, visible, counts)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "all"
    paging = _paging(request, tab, counts[tab])
    cases = visible.on(shelf_of[tab]).most_urgent_first().for_lists()[max(paging.first - 1, 0) : paging.last]
    return _page(request, cases, counts, tab=tab, paging=paging, empty=TABS[tab][1:])


def _searched(request: DeskRequest, visible: CaseQuerySet, counts: Mapping[str, int]) -> HttpResponse:
    """A case found by its code is opened; what an applicant filed is listed."""
    typed = request.POST.get("q", "")[:100].strip()
    cases = list(found(visible, typed, with_identifiers=may_read(request.actor))[:MOST_FOUND])
    if len(cases) == 1:
        return redirect("desk:case", request.agency.slug, cases[0].code)
    return _page(request, cases, counts, typed=typed, empty=NOT_FOUND)


def _page(
    request: DeskRequest,
    cases: Iterable[Case],
    counts: Mapping[str, int],
    *,
    empty: tuple[str, ...],
    tab: str = "",
    typed: str = "",
    paging: Paging | None = None,
) -> HttpResponse:
    return desk_page(
        request,
        "desk/queue.html",
        title="صف" if tab else "نتیجهٔ جست‌وجو",
        here="queue",
        rows=[row_of(case, request.actor, request.now) for case in cases],
        names_shown=may_read(request.actor),
        tabs=_tabs(request.agency.slug, counts),
        tab=tab,
        typed=typed,
        paging=paging,
        empty=empty,
        hours_left=_hours_left(request),
    )


def _tabs(agency: str, counts: Mapping[str, int]) -> list[NavItem]:
    queue = reverse("desk:queue", args=[agency])
    return [
        NavItem(tab, fa(f"{label} {counts[tab]}"), queue if tab == "all" else f"{queue}?tab={tab}")
        for tab, (label, *_) in TABS.items()
    ]


def _paging(request: DeskRequest, tab: str, total: int) -> Paging:
    """Which rows are shown; a page that is not there is the nearest one that is."""
    typed = ascii_digits(request.GET.get("page", "")[:6])
    last_page = max(1, -(-total // PAGE))
    number = min(max(int(typed), 1), last_page) if typed.isascii() and typed.isdigit() else 1
    address = f"{reverse('desk:queue', args=[request.agency.slug])}?tab={tab}&page="
    return Paging(
        first=min((number - 1) * PAGE + 1, total),
        last=min(number * PAGE, total),
        total=total,
        previous_url=f"{address}{number - 1}" if number > 1 else "",
        next_url=f"{address}{number + 1}" if number < last_page else "",
    )


def _day_ends_at(request: DeskRequest) -> datetime:
    calendar = calendar_of(request.agency.pk)
    return datetime.combine(calendar.day_of(request.now) + timedelta(days=1), time.min, calendar.zone)


def _hours_left(request: DeskRequest) -> str:
    """How much of today's office time is left, in words."""
    minutes = calendar_of(request.agency.pk).working_minutes_between(request.now, _day_ends_at(request))
    if minutes < 1:
        return "بیرون از ساعت اداری"
    hours = int(minutes // 60)
    return fa(f"تا پایان وقت اداری {hours} ساعت" if hours else f"تا پایان وقت اداری {int(minutes)} دقیقه")
