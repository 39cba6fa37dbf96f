"""What the demo announces: maintenance to come, for all; an outage that is over, at one office."""

from datetime import datetime, time, timedelta

from mizban.core.agencies.models import Agency
from mizban.lib.jalali import TEHRAN, local
from mizban.office.notices.models import Kind, Notice

THURSDAY = 3
DAY = timedelta(days=1)


def load_notices(*, at: datetime) -> None:
    """Two notices, unless there are some already. `at` is aware."""
    if Notice.objects.exists():
        return
    today = local(at).date()
    thursday = today + DAY * (2 + (THURSDAY - today.weekday() - 2) % 7)
    begins = datetime.combine(thursday, time(22), TEHRAN)
    Notice.objects.create(
        kind=Kind.MAINTENANCE,
        heading="نگهداری درگاه",
        text="در این دو ساعت ثبت درخواست ممکن نیست. آنچه ثبت کرده‌اید سر جای خود است و مهلت‌ها تغییری نمی‌کند.",
        from_at=begins,
        until_at=begins + timedelta(hours=2),
        published_at=at - DAY,
    )
    broke = datetime.combine(today - 20 * DAY, time(9, 10), TEHRAN)
    Notice.objects.create(
        agency=Agency.objects.get(slug="eaz-economy"),
        kind=Kind.OUTAGE,
        heading="درگاه یک ساعت و نیم در دسترس نبود",
        text="شبکهٔ ساختمان قطع شد و دوباره برقرار شد. هیچ درخواستی از دست نرفت.",
        from_at=broke,
        until_at=broke + timedelta(minutes=90),
        published_at=broke + timedelta(minutes=12),
    )
