"""The queue of an office, ordered by what is due, and the search in it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from mizban.core.cases.inhouse.assigning import away
from mizban.core.cases.models import Case, Party
from mizban.core.cases.models.around import furnish
from mizban.core.cases.sight import keyset, seats
from mizban.kit.environment import url
from mizban.kit.filters import fa
from mizban.kit.requests import DeskRequest
from mizban.web.staff import may_read

from .finding import member
from .frame import desk_page
from .listing import QUERY, Listing, calendar_or_none, day_ends_at, listing
from .rows import row_of
from .searching import found
from .tabs import ALL, TABS, Tab, tab_items

PAGE = 25
# Stands for a code in the address of a case: addresses of rows are written by putting theirs in its place.
ANY = "0" * 12
MOST_FOUND = 100
LEFT = "پرونده به واحد دیگر رفت و دیگر در صف شما نیست."
NOT_FOUND = Tab(
    "", "پرونده‌ای پیدا نشد", "کد رهگیری یا شناسه را کامل بنویسید؛ از نام و متن، چند واژهٔ کامل بس است."
)


@member(inspected=True)
def show(request: DeskRequest) -> HttpResponse:
    """Identifiers and names are personal and stay out of addresses and logs, so a search is posted."""
    query = {name: request.GET.get(name, "") for name in QUERY}
    lists = listing(request.agency, request.actor, query, at=request.now)
    if request.method == "POST":
        return _searched(request, lists)
    tab = TABS[lists.tab]
    shown = _read(request, lists)
    if tab.is_elsewhere:
        prefetch_related_objects(shown.cases, "parties")
    return _page(request, lists, shown.cases, tab=lists.tab, empty=tab, **_turned(request, lists, shown))


def _read(request: DeskRequest, lists: Listing) -> keyset.Page:
    """The page that was asked for. What everybody opens first, the beginning of all, is a query written already."""
    order, after, before = TABS[lists.tab].order, request.GET.get("after", ""), request.GET.get("before", "")
    if lists.tab == ALL and not (lists.filters.chosen or after or before):
        return keyset.cut(seats.most_urgent(request.actor, PAGE + 1), order, size=PAGE)
    found = keyset.page(lists.cases, order, size=PAGE, after=after, before=before)
    furnish(found.cases)
    return found


def _searched(request: DeskRequest, lists: Listing) -> HttpResponse:
    """A case found by its code is opened, as is the only one found; else what was found is listed."""
    typed = request.POST.get("q", "")[:100].strip()
    visible = Case.objects.visible_to(request.actor)
    cases = found(visible, typed, actor=request.actor, most=MOST_FOUND)
    if len(cases) == 1:
        return redirect("desk:case", request.agency.slug, cases[0].code)
    return _page(request, lists, cases, typed=typed, empty=NOT_FOUND)


def _page(
    request: DeskRequest,
    lists: Listing,
    cases: Sequence[Case],
    *,
    empty: Tab,
    tab: str = "",
    typed: str = "",
    **around: Any,
) -> HttpResponse:
    """`around` are the addresses of the pages before and after."""
    address = url("desk:queue", request.agency.slug)
    chosen = lists.filters.chosen
    applied = Party.applicants_of(cases) if may_read(request.actor) else {}
    return desk_page(
        request,
        "desk/queue.html",
        title="صف" if tab else "نتیجهٔ جست‌وجو",
        here="queue",
        rows=[row_of(case, request.actor, request.now, applied=applied.get(case.pk)) for case in cases],
        address=url("desk:case", request.agency.slug, ANY),
        any=ANY,
        names_shown=may_read(request.actor),
        tabs=tab_items(address, lists.counts(), query=urlencode(chosen)),
        tab=tab,
        typed=typed,
        choices=lists.filters.shown if tab and not TABS[tab].is_elsewhere else [],
        chosen=chosen,
        empty=empty,
        hours_left=_hours_left(request),
        away=away(request.agency.pk, at=request.now),
        said=LEFT if "left" in request.GET else "",
        **({"before": "", "after": ""} | around),
    )


def _turned(request: DeskRequest, lists: Listing, shown: keyset.Page) -> dict[str, str]:
    """The addresses of the pages around this one, with the filters in force."""
    address = url("desk:queue", request.agency.slug)
    query = {"tab": lists.tab} | lists.filters.chosen
    cursors = {"before": shown.before, "after": shown.after}
    return {
        way: f"{address}?{urlencode(query | {way: cursor})}" if cursor else ""
        for way, cursor in cursors.items()
    }


def _hours_left(request: DeskRequest) -> str:
    """How much of today's office time is left, in words; nothing for an agency without hours here."""
    calendar = calendar_or_none(request.agency.pk)
    if calendar is None:
        return ""
    minutes = calendar.working_minutes_between(request.now, day_ends_at(calendar, request.now))
    if minutes < 1:
        return "بیرون از ساعت اداری"
    hours = int(minutes // 60)
    return fa(f"تا پایان وقت اداری {hours} ساعت" if hours else f"تا پایان وقت اداری {int(minutes)} دقیقه")
