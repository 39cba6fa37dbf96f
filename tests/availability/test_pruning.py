"""The single minutes of probes go once their day is counted, vouched for and long past; the day stays."""

from datetime import timedelta
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.office.availability.folding import fold, hash_days
from mizban.office.availability.instants import day_of
from mizban.office.availability.models import ALL, ProbeDay, ProbeMinute
from mizban.office.availability.pruning import prune
from tests.conftest import SATURDAY

from .conftest import MINUTE, Bring

DAY = timedelta(days=1)
LONG_AFTER = SATURDAY + 401 * DAY


@pytest.fixture
def measured(agency: Agency, bring: Bring) -> ProbeDay:
    """Ten minutes of a Saturday, and one of the day after."""
    bring("+++++---++")
    bring("+", start=24 * 60)
    return ProbeDay.objects.get(agency=agency, on=day_of(SATURDAY), target=ALL)


def test_minutes_go_after_400_days_and_their_day_stays(measured: ProbeDay, agency: Agency) -> None:
    assert hash_days(at=SATURDAY + 2 * DAY) == 1
    assert prune(at=SATURDAY + 400 * DAY) == 0
    assert prune(at=LONG_AFTER) == 1
    assert ProbeMinute.objects.get().minute == SATURDAY + DAY, "the day after was not hashed"
    fold(agency.pk, measured.on)  # somebody records something about it later
    kept = ProbeDay.objects.get(pk=measured.pk)
    assert (kept.up, kept.down, kept.pruned_at) == (measured.up, measured.down, LONG_AFTER)
    assert prune(at=LONG_AFTER) == 0


def test_what_no_event_vouches_for_is_kept(measured: ProbeDay) -> None:
    assert prune(at=LONG_AFTER) == 0
    assert ProbeMinute.objects.count() == 11


def test_a_round_takes_a_few_days_and_each_takes_two_queries(
    measured: ProbeDay, settings: Any, django_assert_max_num_queries: Any
) -> None:
    hash_days(at=SATURDAY + 3 * DAY)
    settings.AVAILABILITY = {**settings.AVAILABILITY, "kept_days": 100}
    with django_assert_max_num_queries(5):  # to find it, and a transaction with its two
        assert prune(at=LONG_AFTER + MINUTE, most=1) == 1
    assert prune(at=LONG_AFTER, most=1) == 1
    assert not ProbeMinute.objects.exists()
