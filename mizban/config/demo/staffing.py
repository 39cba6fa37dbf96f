"""What goes on among the demo's staff: who is away, who stands in, who inspects, when the office is closed."""

from datetime import datetime, time, timedelta

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Staff
from mizban.core.people.models import Absence, Membership, Role, User
from mizban.lib.jalali import TEHRAN, local
from mizban.office.calendar import announcing
from mizban.office.calendar.closures import Closure
from mizban.office.calendar.current import working
from mizban.office.calendar.models import Calendar
from mizban.office.staffing import absences

INSPECTOR, INSPECTOR_NAME = "javad", "جواد طاهری"
AWAY_FOR = timedelta(days=8)


@transaction.atomic
def load_staffing(offices: list[Agency], *, at: datetime, password: str) -> None:
    """An inspector over both offices; at the first one a head away with a deputy, and a closure to come."""
    inspector = User.objects.filter(username=INSPECTOR).first()
    if inspector is None:
        inspector = User.objects.create_user(INSPECTOR, password, full_name=INSPECTOR_NAME)
    for office in offices:
        Membership.objects.get_or_create(user=inspector, agency=office, role=Role.INSPECTOR, unit=None)
    if not Absence.objects.exists():
        economy, roads = offices
        officer = _officer(economy)
        begins = datetime.combine(local(at).date(), time.min, TEHRAN)
        ends = begins + AWAY_FOR
        parvin, nima, nasrin = (User.objects.get(username=name) for name in ("parvin", "nima", "nasrin"))
        absences.note(economy, parvin, from_at=begins, until_at=ends, by=officer, at=at)
        absences.name_deputy(economy, parvin, nima, from_at=begins, until_at=ends, by=officer, at=at)
        absences.note(roads, nasrin, from_at=begins, until_at=ends, by=_officer(roads), at=at)
        _close(economy, by=officer, at=at)


def _close(office: Agency, *, by: Staff, at: datetime) -> None:
    """Half a day to come, and one gone by that waits for a second officer."""
    row = Calendar.objects.main_of(office.pk).get()
    today, calendar = local(at).date(), working(row)
    ahead = calendar.nth_working_day_after(today, 7)
    gone = calendar.nth_working_day_after(today - timedelta(days=12), 1)
    coming = Closure(ahead, "تعمیر پست برق ساختمان", from_time=time(11), letter_number="1405/3312")
    announcing.announce([row], [coming], by=by, at=at)
    late = Closure(gone, "برف سنگین", until_time=time(10), letter_number="1405/3298")
    announcing.propose(office, [late], by=by, at=at)


def _officer(office: Agency) -> Staff:
    held = office.memberships.filter(role=Role.SITE_OFFICER).select_related("user").order_by("id")[0]
    return Staff(held.user_id, held.user.full_name, office.pk, frozenset({Role.SITE_OFFICER}))
