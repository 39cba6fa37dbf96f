"""The events of an agreement as Persian sentences."""

from datetime import date

from mizban.core.events.models import Event
from mizban.lib.jalali import spoken
from mizban.lib.text import persian_digits

SENTENCES = {
    "published-on-paper": "نسخهٔ {version} همان‌گونه که منتشر شده بود وارد شد؛ امضای آن دیده نشد.",
    "sent-for-signature": "{actor} نسخهٔ {version} را برای امضا فرستاد.",
    "sent-back": "{actor} نسخهٔ {version} را از امضا برگرداند.",
    "signed": "{actor}، مدیرکل {agency}، نسخهٔ {version} را امضا کرد (امضای ساده، نه گواهی مطمئن).",
    "came-into-force": "نسخهٔ {version} پابرجا شد.",
    "replaced": "نسخهٔ {version} با نسخهٔ {by_version} جایگزین شد.",
    "start-blocked": "نسخهٔ {version} در روز آغاز پابرجا نشد: خدمت آن توافق‌نامهٔ پابرجای دیگری دارد.",
    "end-near": "تا پایان اعتبار نسخهٔ {version} {days} روز مانده است.",
    "validity-over": "اعتبار نسخهٔ {version} در {until} پایان یافت.",
    "successor-drafted": "پیش‌نویس جانشین نسخهٔ {version} خودبه‌خود ساخته شد.",
    "notified": "{actor} ابلاغیهٔ {number} به تاریخ {dated} را وارد کرد که توافق‌نامه را {does}.",
    "ending-begun": "{actor} کار پایان را آغاز کرد: {manner}.",
    "backup-verified": "پشتیبان {cases} پروندهٔ کاربران ساخته، جداگانه بازگردانی و با اصل مقایسه شد.",
    "backup-failed": "پشتیبان با اصل نخواند و پذیرفته نشد.",
    "ended": "{actor} پایان توافق‌نامه را امضا کرد.",
    "data-erased": "پس از زمان نگهداری، کلید {cases} پرونده نابود شد و گواهی نابودسازی صادر شد.",
}
DAYS = ("until", "dated")


class _Words(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "–"


def sentence(event: Event) -> str:
    """One event as people read it; a kind unknown here is said by its name."""
    words = dict(event.facts)
    for name in DAYS:
        if name in words:
            words[name] = spoken(date.fromisoformat(words[name]), weekday=False)
    said = SENTENCES.get(event.kind, event.kind)
    return persian_digits(said.format_map(_Words(words, actor=event.actor_name)))
