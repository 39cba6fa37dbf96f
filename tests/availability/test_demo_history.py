"""The demo's ninety days: believable, with something of everything, and loaded once."""

from datetime import timedelta

from mizban.config.demo.availability import load_availability
from mizban.core.agencies.models import Agency
from mizban.core.people.models import User
from mizban.office.availability import history
from mizban.office.availability.models import ALL, Maintenance, Outage, ProbeMinute
from mizban.office.notices.models import Notice
from tests.conftest import SATURDAY


def test_it_has_something_of_everything_and_is_loaded_once(agency: Agency, sara: User) -> None:
    load_availability(at=SATURDAY)
    whole = history.histories(agency, at=SATURDAY)[ALL]
    assert {day.state for day in whole.days} == {"up", "down", "maintenance", "unmeasured"}
    assert 0.99 < (whole.gross or 0) < (whole.net or 0) < 1
    assert set(Outage.objects.values_list("kind", flat=True)) == {"fault", "telecom"}
    assert [each.is_late for each in Maintenance.objects.order_by("from_at")] == [False, True, False]
    assert Notice.objects.not_over(at=SATURDAY).count() == 1
    assert history.present([agency], at=SATURDAY + timedelta(seconds=5))[agency.pk].state == "up"
    minutes = ProbeMinute.objects.count()
    load_availability(at=SATURDAY)
    assert ProbeMinute.objects.count() == minutes
