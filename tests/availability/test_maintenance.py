"""Maintenance is announced beforehand: in time, or marked as late with its reason; never twice at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.office.availability.maintenance import Plan
from mizban.office.availability.models import ALL, Maintenance, Outage, ProbeDay
from mizban.office.availability.refusals import (
    EndsBeforeItBegins,
    TooLate,
    WindowBegun,
    WindowOver,
    WindowOverlaps,
    WindowTooLong,
)
from mizban.office.notices.models import Notice
from mizban.web.outages import announce, end_maintenance
from tests.conftest import SATURDAY

from .conftest import MINUTE, Bring

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Wednesday night: Saturday to Wednesday are five working days of seven and a half hours.
NIGHT = Plan(SATURDAY + 4 * DAY + 11 * HOUR, SATURDAY + 4 * DAY + 13 * HOUR, "به‌روزرسانی پایگاه داده")
TOMORROW = Plan(SATURDAY + DAY, SATURDAY + DAY + HOUR, "تعویض دیسک")


def test_it_is_announced_with_its_notice_and_its_lead(agency: Agency, as_sara: Staff) -> None:
    window = announce(agency, NIGHT, by=as_sara, at=SATURDAY)
    assert not window.is_late
    assert (window.lead_minutes, window.lead_target, window.needed_minutes) == (5 * 450 - 150, 24 * 60, 0)
    notice = Notice.objects.get(pk=window.notice_id or 0)
    assert (notice.kind, notice.from_at, notice.published_at) == ("maintenance", NIGHT.from_at, SATURDAY)
    assert [each.kind for each in Event.objects.about("maintenance", window.pk)] == ["maintenance_planned"]


def test_too_late_is_refused_unless_it_says_so_and_why(agency: Agency, as_sara: Staff) -> None:
    with pytest.raises(TooLate) as refused:
        announce(agency, TOMORROW, by=as_sara, at=SATURDAY)
    assert "۲۴ ساعت کاری" in refused.value.message
    assert "۷ ساعت و ۳۰ دقیقهٔ" in refused.value.message
    assert not Notice.objects.exists()
    late = announce(agency, replace(TOMORROW, late_reason="دیسک خراب است"), by=as_sara, at=SATURDAY)
    assert late.is_late
    assert late.needed_minutes == 60


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (replace(NIGHT, until_at=NIGHT.from_at), EndsBeforeItBegins),
        (replace(NIGHT, until_at=NIGHT.from_at - HOUR), EndsBeforeItBegins),
        (replace(NIGHT, until_at=NIGHT.from_at + 8 * DAY), WindowTooLong),
        (replace(NIGHT, from_at=SATURDAY, late_reason="x"), WindowBegun),
        (replace(NIGHT, from_at=SATURDAY - DAY, late_reason="x"), WindowBegun),
        (replace(NIGHT, from_at=NIGHT.from_at + HOUR, until_at=NIGHT.until_at + HOUR), WindowOverlaps),
    ],
)
def test_what_cannot_be_a_window_is_refused_by_name(
    agency: Agency, as_sara: Staff, wanted: Plan, refusal: type[Exception]
) -> None:
    announce(agency, NIGHT, by=as_sara, at=SATURDAY)
    with pytest.raises(refusal):
        announce(agency, wanted, by=as_sara, at=SATURDAY)
    assert Maintenance.objects.count() == Notice.objects.count() == 1


def test_one_after_the_other_is_no_overlap(agency: Agency, as_sara: Staff) -> None:
    announce(agency, NIGHT, by=as_sara, at=SATURDAY)
    announce(
        agency,
        replace(NIGHT, from_at=NIGHT.until_at, until_at=NIGHT.until_at + HOUR),
        by=as_sara,
        at=SATURDAY,
    )
    assert Maintenance.objects.count() == 2


def test_called_off_it_is_nothing_and_ended_early_it_is_shorter(agency: Agency, as_sara: Staff) -> None:
    window = announce(agency, NIGHT, by=as_sara, at=SATURDAY)
    end_maintenance(window, by=as_sara, at=SATURDAY + HOUR)
    assert not Maintenance.objects.held().exists()
    assert not Notice.objects.visible(at=SATURDAY + HOUR).not_over(at=SATURDAY + HOUR).exists()
    with pytest.raises(WindowOver):
        end_maintenance(window, by=as_sara, at=SATURDAY + 2 * HOUR)
    again = announce(agency, NIGHT, by=as_sara, at=SATURDAY + HOUR)
    end_maintenance(again, by=as_sara, at=NIGHT.from_at + HOUR)
    again.refresh_from_db()
    assert again.span == (NIGHT.from_at, NIGHT.from_at + HOUR)
    assert Notice.objects.get(pk=again.notice_id or 0).until_at == NIGHT.from_at + HOUR


def test_what_is_down_in_a_window_is_maintenance_and_no_outage(
    agency: Agency, as_sara: Staff, bring: Bring
) -> None:
    plan = Plan(SATURDAY + MINUTE, SATURDAY + 6 * MINUTE, "کار کوتاه", late_reason="فوری")
    announce(agency, plan, by=as_sara, at=SATURDAY)
    bring("+-----++")
    assert not Outage.objects.exists()
    counts = ProbeDay.objects.get(target=ALL).counts
    assert (counts.up, counts.down, counts.maintenance) == (3, 0, 5)
    bring("--", start=8)
    assert not Outage.objects.exists()
