"""«مدیریت سامانه»: every part the site officer keeps, with what waits in it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.people.models import Role, in_force
from mizban.kit.filters import fa
from mizban.kit.requests import DeskRequest
from mizban.office.calendar.models import Calendar, ClosureProposal
from mizban.office.staffing.people import people_of

from ..frame import desk_page
from .officers import TITLE, officer


@dataclass(frozen=True, slots=True)
class Card:
    """A part: its name, its page, what is done there, and a line on how it stands."""

    label: str
    url: str
    does: str
    stands: str = ""


@officer
def show(request: DeskRequest) -> HttpResponse:
    groups = [("اداره", _office(request)), ("همکاران", _people(request)), ("زمان", _time(request))]
    return desk_page(request, "desk/admin/landing.html", title=TITLE, here="admin", groups=groups)


def _office(request: DeskRequest) -> list[Card]:
    units = request.agency.units.filter(is_active=True).count()
    return [
        _card(request, "شناسنامهٔ اداره", "admin-office", "نام، نشانی، تلفن و ساعت پاسخ‌گویی در صفحه‌های مردم"),
        _card(
            request, "دستگاه‌های همکار", "admin-counterparts", "دستگاه بالادست، خزانه و دیگر طرف‌های پرونده‌ها"
        ),
        _card(request, "واحدها", "admin-units", "افزودن، تغییر نام و بستن واحد", fa(f"{units} واحد در کار")),
        _card(
            request, "پیامد دیرکرد", "breach-settings", "موعد تازه پس از دیرکرد، مقام بالاتر هر واحد، نشانه‌ها"
        ),
        _card(request, "پاسخ‌های آماده", "replies", "متن‌هایی که کارشناسان بارها می‌نویسند"),
    ]


def _people(request: DeskRequest) -> list[Card]:
    now = request.agency.memberships.filter(in_force(request.now), user__is_active=True)
    count = now.values("user").distinct().count()
    every = people_of(request.agency).count()
    return [
        _card(
            request,
            "همکاران",
            "admin-people",
            "سمت‌ها، مرخصی، جانشین، گذرواژه و ترک خدمت",
            fa(f"{count} نفر در کار، {every} نفر در همهٔ زمان‌ها"),
        ),
        _card(request, "بازرسی‌ها", "admin-inspections", "کدام بازرس، چه زمانی، کدام پرونده را دید"),
        _card(request, "رمز و کد متقاضی", "reset", "کد یک‌بارمصرف برای کسی که رمز یا کدش را گم کرده است"),
    ]


def _time(request: DeskRequest) -> list[Card]:
    calendar = Calendar.objects.main_of(request.agency.pk).first()
    waiting = ClosureProposal.objects.waiting().filter(agency=request.agency).count()
    estimated = (
        calendar.holidays.active().estimated().filter(on__gte=request.now.date()) if calendar else None
    )
    count = estimated.count() if estimated is not None else 0
    cards = [
        _card(request, "تقویم کاری", "admin-calendar", "سال در یک نگاه: روز کاری، تعطیل و نیمه‌وقت"),
        _card(request, "هفتهٔ کاری", "admin-week", "نوبت‌های هر روز، پنجشنبه و ساعت ماه رمضان"),
        _card(
            request,
            "تعطیلات رسمی",
            "admin-holidays",
            "افزودن، جابه‌جایی و تأیید روزهای قمری",
            fa(f"{count} روز تخمینی") if count else "",
        ),
        _card(
            request,
            "تعطیلی اداره",
            "admin-closures",
            "تعطیلی یک روز یا چند ساعت، با شمارهٔ نامه",
            fa(f"{waiting} پیشنهاد در انتظار تأیید") if waiting else "",
        ),
    ]
    if Role.PROVINCE_OFFICER in request.actor.roles:
        cards.append(_card(request, "تعطیلی استان", "admin-province", "یک اعلام برای همهٔ دستگاه‌های استان"))
    return cards


def _card(request: DeskRequest, label: str, name: str, does: str, stands: str = "") -> Card:
    return Card(label, reverse(f"desk:{name}", args=[request.agency.slug]), does, stands)
