"""The log of what inspectors read, whichever door they came through."""

from datetime import datetime

from mizban.core.people.actors import Staff
from mizban.core.people.models import Inspection

# The names of what can be read, as the site officer sees them; the pages of the desk by the names of their addresses.
PAGES = {
    "queue": "فهرست پرونده‌ها",
    "case": "پرونده",
    "file": "فایل پرونده",
    "dashboard": "داشبورد",
    "breaches": "هشدارها",
    "escalations": "ارجاع به مقام بالاتر",
    "forecast": "پیش‌بینی دیرکرد",
    "signs": "نشانه‌های بازی با ساعت",
    "oversight": "نمای مدیرکل",
    "evidence-letters": "نامه‌های قطعی مخابرات",
    "evidence-letter": "نامهٔ قطعی مخابرات",
    "exports": "خروجی‌ها",
    "export": "خروجی",
    "export-file": "فایل خروجی",
    "api-cases": "فهرست، با برنامه",
    "api-case": "پرونده، با برنامه",
}


def write_down(actor: Staff, page: str, *, code: str = "", at: datetime) -> None:
    """One read of an inspector; of anybody else nothing."""
    if actor.inspects:
        Inspection.objects.create(
            agency_id=actor.agency_id, user_id=actor.user_id, at=at, page=page[:40], case_code=code[:12]
        )
