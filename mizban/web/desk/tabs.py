"""The tabs of the queue: what each is called, how it is ordered, and what is said when it is empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mizban.core.cases.models.shelves import MOST_COUNTED
from mizban.core.cases.sight import keyset
from mizban.kit.filters import fa
from mizban.kit.page import NavItem

ALL, ALERTS, OUR_STEP, ELSEWHERE = "all", "alerts", "our-step", "elsewhere"


@dataclass(frozen=True, slots=True)
class Tab:
    """One list; `is_elsewhere` where it holds cases of other agencies."""

    label: str
    empty: str
    then: str
    order: keyset.Order = keyset.URGENT
    is_counted: bool = True
    is_elsewhere: bool = False


TABS = {
    ALL: Tab("همه", "امروز کاری در صف شما نیست", "درخواست تازه که برسد، همین‌جا می‌آید."),
    "waiting": Tab("منتظر من", "پرونده‌ای منتظر گام شما نیست", "آنچه نوبت شما شود، همین‌جا می‌آید."),
    "asked": Tab(
        "منتظر تأیید من",
        "تأیید یا نظری از شما خواسته نشده است",
        "آنچه باید بپذیرید یا دربارهٔ آن نظر دهید، همین‌جا می‌آید.",
    ),
    "mine": Tab("پرونده‌های من", "هنوز پرونده‌ای با شما نیست", "با «برداشتن پرونده» یکی را بردارید."),
    "unit": Tab("واحد من", "واحد شما پروندهٔ بازی ندارد", "درخواست تازه که برسد، همین‌جا می‌آید."),
    "late": Tab("گذشته از مهلت", "هیچ پرونده‌ای از مهلت نگذشته است", "به آن‌ها که مهلتشان نزدیک است برسید."),
    "soon": Tab("مهلت نزدیک", "مهلت پرونده‌ای نزدیک نیست", "آنچه تا یک روز کاری دیگر موعد دارد اینجا می‌آید."),
    ALERTS: Tab("هشدارها", "هشداری نیست", "وقتی نیمی از زمان یک مهلت بگذرد، پرونده همین‌جا می‌آید."),
    "applicant": Tab("نزد متقاضی", "پرونده‌ای نزد متقاضی نیست", "هیچ ساعتی برای تکمیل نایستاده است."),
    "answered": Tab(
        "پاسخ‌داده",
        "پرونده‌ای در انتظار بستن نیست",
        "پرونده پس از پاسخ اینجا می‌ماند تا بسته شود.",
        order=keyset.LATEST_DUE,
    ),
    "closed": Tab(
        "بسته",
        "هنوز پرونده‌ای بسته نشده است",
        "پرونده‌های بسته اینجا می‌ماند.",
        order=keyset.LATEST_DUE,
        is_counted=False,
    ),
    OUR_STEP: Tab(
        "منتظر گام ما",
        "پرونده‌ای نزد دستگاه‌های دیگر منتظر شما نیست",
        "آنچه نظر یا تکمیل شما را بخواهد، همین‌جا می‌آید.",
        is_elsewhere=True,
    ),
    ELSEWHERE: Tab(
        "نزد دستگاه‌های دیگر",
        "پرونده‌ای نزد دستگاه دیگر ندارید",
        "آنچه از دستگاه دیگری بخواهید، یا نظر شما را بخواهد، اینجا می‌ماند.",
        order=keyset.NEWEST,
        is_elsewhere=True,
    ),
}


def tab_items(address: str, counts: Mapping[str, int], *, query: str) -> list[NavItem]:
    """The tabs with their counts; the first stands at the bare address. `query` are the filters in force."""
    return [
        NavItem(key, _labelled(key, count), _address(address, key, query)) for key, count in counts.items()
    ]


@cache
def _labelled(key: str, count: int) -> str:
    tab = TABS[key]
    if not tab.is_counted:
        return tab.label
    return fa(f"{tab.label} {MOST_COUNTED - 1}+" if count >= MOST_COUNTED else f"{tab.label} {count}")


def _address(address: str, key: str, query: str) -> str:
    kept = "" if TABS[key].is_elsewhere else query
    return f"{address}?tab={key}{'&' if kept else ''}{kept}"
