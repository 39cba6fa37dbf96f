"""«نشانه‌های بازی با ساعت»: what the detector noted, for the director and inspectors; a sign, no accusation."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils.http import urlencode

from mizban.core.cases.models import Case
from mizban.kit.environment import url
from mizban.kit.filters import fa, moment
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.breaches import games
from mizban.office.breaches.models import Policy, Sign
from mizban.office.breaches.models.signs import SignQuerySet

from ..finding import member
from .frame import JUDGES, Row, breach_page, row

PERIODS = {"30": "سی روز گذشته", "90": "نود روز گذشته", "365": "یک سال گذشته"}
USUAL = "30"
MASS = "mass"
MOST, MOST_READ = 100, 2000
# What each sign is, and what else it may mean: nobody is accused by a figure.
KINDS = {
    games.UNNAMED: ("توقف بی‌نام", "ساعت ایستاد و چیزی نام برده نشد.", "شاید در متن گام گفته شده باشد."),
    games.NEAR: (
        "توقف نزدیک موعد",
        "ساعت در آخرین {near} دقیقهٔ کاری پیش از موعد ایستاد.",
        "شاید کمبود همان هنگام دیده شده باشد.",
    ),
    games.REOPENED: (
        "بستن و باز کردن دوباره",
        "پروندهٔ بسته در {days} روز دوباره باز شد؛ ساعت میان این دو ایستاده بود.",
        "شاید اعتراض متقاضی پذیرفته شده باشد.",
    ),
    games.SUPPLIED: (
        "خواستن دوبارهٔ آنچه رسیده بود",
        "آنچه متقاضی پیش‌تر فرستاده بود دوباره خواسته شد.",
        "شاید بار نخست ناخوانا بوده باشد.",
    ),
    games.BRIEF: (
        "توقف کوتاه به دست یک نفر",
        "یک همکار ساعت را نگه داشت و خودش به راه انداخت، در کمتر از یک روز کاری.",
        "شاید متقاضی حضوری پاسخ داده باشد.",
    ),
    MASS: (
        "توقف‌های پیاپی پیش از پایان وقت",
        "یک همکار در یک روز، در {closing} دقیقهٔ پایانی، دست‌کم {mass} ساعت را نگه داشت.",
        "شاید کار روز در پایان وقت ثبت شده باشد.",
    ),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of sign: how many, what it is, what else it may be, and the address of its cases."""

    label: str
    what: str
    perhaps: str
    count: int
    address: str
    is_chosen: bool


@member(*sorted(JUDGES), inspected=True)
def show(request: DeskRequest) -> HttpResponse:
    """How many of each, and the cases behind the one the address names."""
    period = request.GET.get("days", "")
    period = period if period in PERIODS else USUAL
    kind, policy = request.GET.get("kind", ""), Policy.of(request.agency.pk)
    since = request.now - timedelta(days=int(period))
    found = Sign.objects.visible_to(request.actor).filter(at__gte=since)
    mass = _mass(found, policy)
    counts = dict(_counted(found, policy).order_by().values_list("kind").annotate(Count("pk"))) | {
        MASS: len(mass)
    }
    address = url("desk:signs", request.agency.slug)
    shown = _behind(found, policy, kind, mass)
    return breach_page(
        request,
        "signs.html",
        title="نشانه‌های بازی با ساعت",
        part="signs",
        cards=[
            Card(
                label,
                _with_thresholds(what, policy),
                perhaps,
                counts.get(each, 0),
                f"{address}?{urlencode({'days': period, 'kind': each})}#list",
                each == kind,
            )
            for each, (label, what, perhaps) in KINDS.items()
        ],
        periods=list(PERIODS.items()),
        period=period,
        kind=kind,
        chosen=KINDS[kind][0] if kind in KINDS else "",
        rows=_rows(request, shown),
        most=MOST,
    )


def _counted(found: SignQuerySet, policy: Policy) -> SignQuerySet:
    """The signs that reach the office's thresholds."""
    near = Q(kind=games.NEAR, measure__lte=policy.near_minutes)
    reopened = Q(kind=games.REOPENED, measure__lte=policy.reopened_days)
    brief = Q(kind=games.BRIEF, measure__lt=450)
    return found.filter(Q(kind__in=(games.UNNAMED, games.SUPPLIED)) | near | reopened | brief)


def _mass(found: SignQuerySet, policy: Policy) -> list[int]:
    """Pauses before closing of people who had many on one day, by id."""
    closing = found.filter(kind=games.CLOSING, measure__lte=policy.closing_minutes).order_by("-at")
    days: defaultdict[tuple[int | None, object], list[int]] = defaultdict(list)
    for pk, actor_id, at in closing.values_list("pk", "actor_id", "at")[:MOST_READ]:
        days[actor_id, local(at).date()].append(pk)
    return [pk for pks in days.values() if len(pks) >= policy.mass for pk in pks]


def _behind(found: SignQuerySet, policy: Policy, kind: str, mass: list[int]) -> list[Sign]:
    if kind not in KINDS:
        return []
    chosen = (
        found.filter(pk__in=mass[:MOST_READ]) if kind == MASS else _counted(found, policy).filter(kind=kind)
    )
    return list(chosen.order_by("-at", "-pk")[:MOST])


def _rows(request: DeskRequest, shown: list[Sign]) -> list[Row]:
    cases = Case.objects.for_lists().in_bulk({sign.case_id for sign in shown})
    today = local(request.now).date()
    return [
        row(
            request,
            cases[sign.case_id],
            chip=("none", KINDS[sign.kind if sign.kind in KINDS else MASS][0]),
            due=moment(sign.at, today),
            note=_note(sign),
        )
        for sign in shown
    ]


def _note(sign: Sign) -> str:
    """Who did it, and the measure."""
    measure = {
        games.NEAR: f"{sign.measure} دقیقه پیش از موعد",
        games.CLOSING: f"{sign.measure} دقیقه پیش از پایان وقت",
        games.REOPENED: f"پس از {sign.measure} روز",
        games.BRIEF: f"پس از {sign.measure} دقیقه",
        games.SUPPLIED: f"{sign.measure} مورد",
    }.get(sign.kind, "")
    return fa(f"{sign.actor_name}{'، ' if measure else ''}{measure}")


def _with_thresholds(what: str, policy: Policy) -> str:
    return fa(
        what.format(
            near=policy.near_minutes,
            days=policy.reopened_days,
            closing=policy.closing_minutes,
            mass=policy.mass,
        )
    )
