"""Ninety days of a portal that was mostly up: an outage, telecom's, maintenance in time and late, a day unmeasured.

The days are written as they would have been folded; only yesterday and today have their minutes, or the demo would
take a minute to load.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership, Role
from mizban.lib.jalali import TEHRAN, local
from mizban.office.availability import outages
from mizban.office.availability.folding import day, fold
from mizban.office.availability.history import DAYS
from mizban.office.availability.instants import DAY, MINUTE, Span, clipped, length_of, minutes_in, span_of
from mizban.office.availability.maintenance import Plan
from mizban.office.availability.models import ALL, ProbeDay, ProbeMinute, Target
from mizban.office.availability.uptime import Counts
from mizban.web.outages import PROBER, announce, close, open_by_hand, tell
from mizban.web.staff import staff_of

SOURCE = "local:demo"
THURSDAY = 3
UNMEASURED = (61,)
HALF_MEASURED = (60,)
# Once in so many days a minute or two fail and nobody notices: too short for an outage.
BLIP = 0.05


@dataclass(frozen=True, slots=True)
class _Past:
    """What happened to an office, as spans."""

    faults: list[Span]
    telecom: list[Span]
    maintenance: list[Span]


def load_availability(*, at: datetime) -> None:
    """The history of both offices up to the aware moment `at`, unless there is one already."""
    if ProbeDay.objects.exists():
        return
    for agency in Agency.objects.filter(has_portal=True):
        officer = Membership.objects.holding(Role.SITE_OFFICER, at=at).filter(agency=agency).first()
        if officer is not None:
            _load(agency, staff_of(officer.user, [officer]), at=at)


@transaction.atomic
def _load(agency: Agency, officer: Staff, *, at: datetime) -> None:
    today = local(at).date()
    past = _Past(
        faults=[_fault(agency, officer, today - 20 * DAY)],
        telecom=[_telecom(agency, officer, today - 47 * DAY)],
        maintenance=[
            _maintained(agency, officer, _thursday(today - 40 * DAY), ahead=timedelta(days=6)),
            _maintained(agency, officer, today - 12 * DAY, ahead=timedelta(hours=5)),
        ],
    )
    _announced(agency, officer, _thursday(today + 5 * DAY), at=at)
    dice = Random(agency.slug)  # noqa: S311  # a history, not a secret
    for ago in range(DAYS - 1, 0, -1):
        _day(agency, today - ago * DAY, ago, past, dice)
    _minutes(agency, today, dice, at=at)


def _fault(agency: Agency, officer: Staff, on: date) -> Span:
    """Something nobody was quick to see."""
    begins, ends = _at(on, 9, 10), _at(on, 10, 40)
    what = "شبکهٔ ساختمان قطع شد. هیچ درخواستی از دست نرفت."
    outage = open_by_hand(agency, from_at=begins, what=what, by=officer, at=begins + 12 * MINUTE)
    close(outage, until_at=ends, by=officer, at=ends)
    return begins, ends


def _telecom(agency: Agency, officer: Staff, on: date) -> Span:
    begins, ends = _at(on, 14, 5), _at(on, 16, 50)
    seen = begins + 3 * MINUTE
    outage = outages.open_outage(
        agency, from_at=begins, targets=list(Target.values), detected_at=seen, by=PROBER, at=seen
    )
    tell(outage, by=PROBER, at=seen)
    close(outage, until_at=ends, by=PROBER, at=ends + 3 * MINUTE)
    letter = outages.Evidence("م/۱۴۰۵/۸۸۱۲", f"شرکت مخابرات استان {agency.province}", on + DAY)
    outages.prove_telecom(outage, letter, by=officer, at=_at(on + 2 * DAY, 10, 0))
    return begins, ends


def _maintained(agency: Agency, officer: Staff, on: date, *, ahead: timedelta) -> Span:
    begins, ends = _at(on, 22, 0), _at(on, 23, 30)
    late = "رخنه‌ای امنیتی در کتابخانه‌ای پیدا شد که نمی‌شد برای آن ماند."
    plan = Plan(begins, ends, "به‌روزرسانی پایگاه داده", late_reason=late)
    announce(agency, plan, by=officer, at=begins - ahead)
    return begins, ends


def _announced(agency: Agency, officer: Staff, on: date, *, at: datetime) -> None:
    begins = _at(on, 22, 0)
    what = "در این دو ساعت ثبت درخواست ممکن نیست؛ مهلت‌ها تغییری نمی‌کند."
    plan = Plan(begins, begins + timedelta(hours=2), what, late_reason="تعطیلی‌های پیاپی")
    announce(agency, plan, by=officer, at=at - DAY)


def _day(agency: Agency, on: date, ago: int, past: _Past, dice: Random) -> None:
    if ago in UNMEASURED:
        return
    span = span_of(on)
    measured = length_of(on) // (2 if ago in HALF_MEASURED else 1)
    telecom = minutes_in(clipped(past.telecom, *span))
    down = telecom + minutes_in(clipped(past.faults, *span))
    closed = minutes_in(clipped(past.maintenance, *span))
    blips = {target: dice.choice((1, 1, 2)) if dice.random() < BLIP / 3 else 0 for target in Target.values}
    rows = []
    for target, blip in {**blips, ALL: sum(blips.values())}.items():
        counts = Counts(measured - down - closed - blip, down + blip, closed, telecom)
        rows.append(day(agency.pk, target, on, counts))
        # The minutes behind it are not kept, so no worker is to vouch for them.
        rows[-1].hashed_at = span[1] + DAY
    ProbeDay.objects.bulk_create(rows)


def _minutes(agency: Agency, today: date, dice: Random, *, at: datetime) -> None:
    """Yesterday's and today's, one by one; the prober goes on from there."""
    ProbeDay.objects.filter(agency=agency, on=today - DAY).delete()
    first = span_of(today - DAY)[0]
    ProbeMinute.objects.bulk_create(
        (
            ProbeMinute(
                agency=agency,
                target=target,
                source=SOURCE,
                minute=first + number * MINUTE,
                ok=True,
                ms=dice.randint(25, 90),
            )
            for number in range(int((at - first) / MINUTE))
            for target in Target.values
        ),
        batch_size=5000,
    )
    for on in (today - DAY, today):
        fold(agency.pk, on)


def _thursday(day_: date) -> date:
    """The first Thursday from this day on."""
    return day_ + DAY * ((THURSDAY - day_.weekday()) % 7)


def _at(on: date, hour: int, minute: int) -> datetime:
    return datetime.combine(on, time(hour, minute), TEHRAN)
