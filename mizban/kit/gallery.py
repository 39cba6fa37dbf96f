"""Every part in every state on one page: to look at, to test, and to copy from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mizban.core.declarations.fields import Field, Option
from mizban.lib.jalali import TEHRAN

from .charts import Chart, columns, rows, shares
from .forms import Attached, Bound, Value, with_errors
from .page import Desk, DueCard, NavItem, Office, Paging, SummaryRow, TimelineItem
from .widgets import WIDGETS

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=TEHRAN)
FEW = tuple(
    Option(value, label)
    for value, label in (("gov", "دولتی"), ("private", "شخصی (خدمات اختصاصی)"), ("protocol", "تشریفات"))
)
MANY = tuple(
    Option(f"unit-{n}", label)
    for n, label in enumerate(("دبیرخانه", "ادارهٔ اموال", "خزانهٔ معین", "حسابرسی", "بودجه", "ذی‌حسابی"))
)


def gallery(request: HttpRequest) -> HttpResponse:
    """The page of all parts, mounted at /kit/ in demo mode."""
    return render(request, "kit/gallery.html", gallery_context())


def gallery_context() -> dict[str, Any]:
    """What the gallery shows; nothing in it is a secret or comes from the database."""
    fields = tuple(_plain_fields())
    wrong = tuple(_wrong_fields())
    return {
        "page_title": "اجزای طراحی",
        "here": "services",
        "now": NOW,
        "today": TODAY,
        "office": OFFICE,
        "crumbs": (("خدمات", "#"), ("مجوزهای خودروهای دولتی", "#")),
        "chips": CHIPS,
        "dues": tuple(_dues()),
        "events": tuple(_events()),
        "fields": fields,
        "wrong": wrong,
        "errors": with_errors(wrong),
        "answers": ANSWERS,
        "rows": (
            SummaryRow("نام دستگاه", "ادارهٔ کل منابع طبیعی و آبخیزداری استان", "#"),
            SummaryRow("شمارهٔ نامه", "۴۰۵/۱۲۸۷", "#"),
        ),
        "paging": Paging(26, 50, 1312, "#", "#"),
        "attached": ATTACHED,
        "charts": tuple(_charts()),
    }


OFFICE = Office(
    slug="eaz-economy",
    name="اداره کل امور اقتصادی و دارایی آذربایجان شرقی",
    short_name="اقتصاد و دارایی آذربایجان شرقی",
    phone="041-33334444",
    address="تبریز، خیابان ارتش جنوبی",
    postal_code="5166616471",
    hours="شنبه تا چهارشنبه، 7:30 تا 15",
    officer_name="سمیه قنبری",
    officer_phone="041-33334444",
    complaints_url="#",
    agreements_url="#",
    home_url="#",
)
DESK = Desk(
    name="بابک امینی",
    role="کارشناس اموال",
    nav=(
        NavItem("queue", "صف من", "#"),
        NavItem("cases", "همهٔ پرونده‌ها", "#"),
        NavItem("dashboard", "داشبورد", "#"),
    ),
    sign_out_url="#",
)
CHIPS = (
    ("open", "در حال بررسی"),
    ("turn", "نوبت شماست"),
    ("soon", "۲ ساعت مانده"),
    ("late", "۱ روز گذشته"),
    ("hold", "ساعت ایستاده است"),
    ("kept", "در مهلت پاسخ داده شد"),
    ("none", "سنجش‌پذیر نیست"),
)
ATTACHED = (Attached("f1", "نامه-۱۲۸۷.pdf", 340 * 1024), Attached("f2", "پیوست <دو>.jpg", 1_300_000))
WHY = (
    "مهلت: ۵ روز کاری از شنبه ۲۳ آبان، ۱۰:۱۲",
    "توقف از دوشنبه ۲۵ آبان، ۱۱:۴۰ (نقص مدرک)",
    "پنجشنبه ۲۸ و جمعه ۲۹ آبان تعطیل است",
)
# kind → what was typed and what is wrong with it, where that is worth seeing.
TYPED: dict[str, tuple[Value, str]] = {
    "text": ("مریم رضایی", "نام را کامل بنویسید."),
    "long_text": ("خودرو <b>فرسوده</b> است.\nبرگهٔ فنی پیوست است.", "کوتاه‌تر بنویسید."),
    "number": ("۱۲", "یک عدد درست بنویسید؛ نمونه: ۱۲."),
    "rials": ("۱٬۰۰۰٬۰۰۰٬۰۰۰", "مبلغ را به ریال و با رقم بنویسید."),
    "date": ("۱۴۰۵/۰۹/۱۸", "این تاریخ پس از امروز است. تاریخ نامه باید ۲۷ آبان ۱۴۰۵ یا پیش از آن باشد."),
    "choice": ("gov", "یکی از گزینه‌های فهرست را برگزینید."),
    "choices": (["gov", "protocol"], "دست‌کم یکی را برگزینید."),
    "items": (
        [{"item": "gov", "remark": "خوانا نیست"}, {"item": "تصویر پشت کارت", "remark": ""}],
        "دست‌کم یک مورد را نام ببرید.",
    ),
    "yes_no": ("yes", "«بله» یا «خیر» را برگزینید."),
    "unit": ("unit-1", "واحد را برگزینید."),
    "agency": ("unit-1", "دستگاه را برگزینید."),
    "national_id": ("۰۵۲۹۱۸۲۷۳۵", "رقم آخر با بقیه جور نیست. کد را از روی کارت ملی دوباره بنویسید."),
    "mobile": ("۰۹۱۴۱۲۳۴۵۶", "شماره باید ۱۱ رقم باشد و با ۰۹ آغاز شود."),
    "iban": ("IR270170000000100324200001", "دو رقم آغاز با بقیه جور نیست."),
    "vin": ("NAAM01CA5DE123456", "شمارهٔ شاسی هفده نویسه است."),
    "plate": ({"two": "۱۲", "letter": "الف", "three": "۳۴۵", "region": "۱۵"}, "شمارهٔ ایران از ۱۰ تا ۹۹ است."),
    "plot": ({"main": "۷۲", "sub": "۱۶۱۷"}, "پلاک اصلی از ۱ آغاز می‌شود."),
    "period": (
        {"from": "۱۴۰۵/۰۱/۰۱", "until": "۱۴۰۴/۱۲/۲۹"},
        "پایان دوره پیش از آغاز آن است؛ دو تاریخ را ببینید.",
    ),
    "address": (
        {
            "province": "مرکزی",
            "city": "اراک",
            "street": "خیابان شریعتی، کوچهٔ بهار، پلاک ۱۲",
            "postal_code": "",
        },
        "این‌ها را هم بنویسید: کد پستی.",
    ),
    "case": ({"code": "417305826943"}, "با این کد و رمز پرونده‌ای پیدا نشد."),
    "rows": (
        [{"who": "شرکت راه‌گستر آذر", "amount": "۴۸۰٬۰۰۰٬۰۰۰"}, {"who": "مریم رضایی", "amount": "صد"}],
        "سطر ۲، مبلغ: مبلغ را به ریال و با رقم بنویسید.",
    ),
    "computed": ("۴۸۰٬۰۰۰٬۰۰۰ ریال", ""),
}
LABELS = {
    "text": "نام و نام خانوادگی",
    "long_text": "شرح درخواست",
    "number": "شمار سرنشین",
    "rials": "ارزش کارشناسی",
    "date": "تاریخ نامه",
    "choice": "پلاک تازه از چه نوعی باشد؟",
    "choices": "چه نوع‌هایی را می‌پذیرید؟",
    "items": "چه چیزی کم یا نادرست است؟",
    "yes_no": "آیا خودرو شماره‌گذاری می‌شود؟",
    "unit": "واحد گیرنده",
    "agency": "دستگاه طلبکار",
    "file": "تصویر سند مالکیت",
    "files": "نامه‌ها و پیوست‌ها",
    "national_id": "کد ملی نماینده",
    "legal_id": "شناسهٔ ملی دستگاه",
    "foreign_id": "کد فراگیر",
    "mobile": "تلفن همراه",
    "landline": "تلفن ثابت",
    "postal_code": "کد پستی",
    "iban": "شمارهٔ شبا",
    "vin": "شمارهٔ شاسی",
    "plate": "شمارهٔ پلاک کنونی",
    "plot": "پلاک ثبتی",
    "economic_code": "کد اقتصادی",
    "deposit_id": "شناسهٔ واریز",
    "bill": "قبض",
    "period": "دورهٔ قرارداد",
    "address": "نشانی ملک",
    "case": "درخواست پیشین شما",
    "rows": "اقلام سپرده",
    "computed": "جمع اقلام",
    "email": "رایانامه",
    "declaration": "درستی آنچه نوشته‌ام را می‌پذیرم و می‌دانم گزارش نادرست پیگرد دارد.",
    "tracking_code": "کد رهگیری",
    "tracking_password": "رمز پیگیری",
    "one_time_code": "رمز یک‌بارمصرف",
    "username": "نام کاربری",
    "password": "گذرواژه",
    "new_password": "گذرواژهٔ تازه",
}
COLUMNS = (Field("who", "text", "واریزکننده"), Field("amount", "rials", "مبلغ"))
ANSWERS = tuple(
    (
        Field(f"shown_{kind}", kind, LABELS[kind], options=FEW, columns=COLUMNS if kind == "rows" else ()),
        value,
    )
    for kind, value in (
        ("plate", "12الف345-15"),
        ("plot", "1617 فرعی از 72 اصلی"),
        ("iban", "IR270170000000100324200001"),
        ("vin", "NAS411100D1234567"),
        ("national_id", "0529182734"),
        ("mobile", "+989141234567"),
        ("rials", 480_000_000),
        ("date", "2026-11-25"),
        ("choice", "gov"),
        ("yes_no", True),
        ("long_text", "خط نخست\nخط دوم\n\nبند دوم"),
        ("files", (("#", "نامه-۱۲۸۷.pdf", 348_160),)),
        ("period", {"from": "2026-03-21", "until": "2027-03-20"}),
        ("rows", [{"who": "شرکت راه‌گستر آذر", "amount": 480_000_000}]),
    )
)


def declared(kind: str, prefix: str = "") -> Field:
    """A question of `kind`, as a service would declare it."""
    options = {"unit": MANY, "agency": MANY, "choice": FEW, "choices": FEW, "items": FEW}.get(kind, ())
    optional = kind in ("email", "landline", "files")
    return Field(
        f"{prefix}{kind}",
        kind,
        LABELS[kind],
        required=not optional,
        options=options,
        max_files=5 if kind == "files" else 1,
        example="1405/08/20" if kind == "date" else "",
        columns=COLUMNS if kind == "rows" else (),
    )


def _plain_fields() -> Iterator[Bound]:
    for kind in WIDGETS:
        yield Bound(declared(kind), TYPED.get(kind, ("", ""))[0])
    yield Bound(replace(declared("choice", "long_"), options=MANY, label="یکی از گزینه‌های بسیار"))
    yield Bound(declared("file", "kept_"), attached=ATTACHED[:1])
    yield Bound(declared("files", "kept_"), attached=ATTACHED)


def _wrong_fields() -> Iterator[Bound]:
    for kind in WIDGETS:
        value, error = TYPED.get(kind, ("", _missing(kind)))
        yield Bound(declared(kind), value, error=error, prefix="wrong_")


def _missing(kind: str) -> str:
    if kind in ("file", "files"):
        return "فایلی پیوست نشده است. فایل را برگزینید."
    if kind == "declaration":
        return f"برای ادامه لازم است این جمله را بپذیرید: «{LABELS[kind]}»"
    return f"«{LABELS[kind]}» را بنویسید."


def _dues() -> Iterator[DueCard]:
    day = timedelta(days=1)
    yield DueCard("open", TODAY + 7 * day, "موعد پاسخ", ("۴ روز کاری مانده",), 0.2, WHY, "#")
    yield DueCard("soon", TODAY, "موعد پاسخ", ("۲ ساعت مانده",), 0.94, why_url="#", today=TODAY, time="12:10")
    yield DueCard("late", TODAY - 2 * day, "از موعد گذشت", ("۲ روز کاری دیر شده",), 1.0)
    yield DueCard(
        "hold",
        TODAY + 5 * day,
        "موعد پاسخ",
        ("اگر امروز پاسخ دهید", "ساعت ایستاده است"),
        0.44,
        note="۱۶ ساعت و ۲۸ دقیقه از ۳۷ ساعت و ۳۰ دقیقهٔ کاری گذشته است. تا پاسخ شما نرسد، ساعت نمی‌گذرد.",
    )
    yield DueCard("kept", TODAY - day, "پاسخ داده شد", ("۲ روز زودتر از موعد",), 0.6)


def _charts() -> Iterator[Chart]:
    weeks = ("۲۵ مهر", "۲ آبان", "۹ آبان", "۱۶ آبان", "۲۳ آبان")
    known = zip(weeks, (0.9, 0.93, None, 0.91, 0.96), strict=True)
    yield shares("سهم پاسخ در مهلت از ۹۰٪ به ۹۶٪ رسید", tuple(known), aim=1.0, aim_label="تعهد: همه")
    yield columns("۱۲۰ پرونده رسید", weeks, (("open", (21, 28, 23, 27, 21)), ("kept", (25, 24, 26, 25, 20))))
    yield rows("از ۲۰ پرونده ۱۴ در بررسی است", (("در بررسی", 14, "open"), ("نزد متقاضی", 6, "hold")))


def _events() -> Iterator[TimelineItem]:
    yield TimelineItem(
        NOW - timedelta(days=2),
        "turn",
        "بابک امینی برای رفع نقص به شما برگرداند و ساعت ایستاد.",
        quote="تصویر سند خوانا نیست.\nشمارهٔ شاسی دیده نمی‌شود.",
    )
    yield TimelineItem(
        NOW - timedelta(days=3), "open", "دبیرخانه ثبت کرد.", files=(("#", "نامه-۱۲۸۷.pdf", 348_160),)
    )
    yield TimelineItem(NOW - timedelta(days=400), "kept", "درخواست شما ثبت شد.")
