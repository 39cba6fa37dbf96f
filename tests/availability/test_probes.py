"""Probes in the books: taken once, refused with a wrong clock, folded into days, vouched for by a hash."""

from datetime import timedelta

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.office.availability import history
from mizban.office.availability.folding import digest_of, hash_days
from mizban.office.availability.instants import day_of
from mizban.office.availability.models import ALL, ProbeDay, ProbeMinute
from mizban.office.availability.recording import Probe, take
from mizban.office.availability.refusals import ProbeInFuture, ProbeLongPast
from tests.conftest import SATURDAY

from .conftest import MINUTE, Bring

DAY = timedelta(days=1)


def test_a_minute_is_kept_once_as_it_first_was(agency: Agency, bring: Bring) -> None:
    assert bring("+") == 1
    assert bring("-") == 0
    assert ProbeMinute.objects.get().ok
    assert bring("-", source="elsewhere") == 1


@pytest.mark.parametrize(
    ("ahead", "refusal"),
    [
        (3 * MINUTE, ProbeInFuture),
        (365 * DAY, ProbeInFuture),
        (-DAY - MINUTE, ProbeLongPast),
    ],
)
def test_a_wrong_clock_is_refused_by_name(agency: Agency, ahead: timedelta, refusal: type[Exception]) -> None:
    right = Probe(agency.pk, "home", SATURDAY, ok=True, ms=1)
    with pytest.raises(refusal):
        take([right, Probe(agency.pk, "home", SATURDAY + ahead, ok=True, ms=1)], source="x", at=SATURDAY)
    assert not ProbeMinute.objects.exists()
    take([Probe(agency.pk, "home", SATURDAY + 2 * MINUTE, ok=True, ms=1)], source="x", at=SATURDAY)


def test_a_day_is_a_row_a_target_and_one_for_all(agency: Agency, bring: Bring) -> None:
    bring("++-+..")
    bring("+-++", target="form")
    days = {row.target: row.counts for row in ProbeDay.objects.all()}
    assert {target: (each.up, each.down) for target, each in days.items()} == {
        "home": (3, 1),
        "form": (3, 1),
        ALL: (2, 2),
    }


def test_another_source_that_saw_it_up_makes_it_up(agency: Agency, bring: Bring) -> None:
    bring("--")
    bring("+", source="elsewhere")
    assert (row := ProbeDay.objects.get(target=ALL)).counts.up == 1
    assert row.counts.down == 1


def test_ninety_days_are_at_most_ninety_rows_a_target(
    agency: Agency, bring: Bring, django_assert_num_queries: "object"
) -> None:
    bring("+++")
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
        stood = history.histories(agency, at=SATURDAY + 10 * MINUTE)
    whole = stood[ALL]
    assert len(whole.days) == history.DAYS
    assert [day.state for day in whole.days[-2:]] == ["unmeasured", "up"]
    today = whole.days[-1]
    # 10:00 in Tehran is 600 minutes into the day.
    assert (today.counts.up, today.unmeasured) == (3, 607)
    assert whole.gross == 1.0


def test_a_day_that_is_over_is_hashed_once_into_the_chain(agency: Agency, bring: Bring) -> None:
    bring("+-+")
    on = day_of(SATURDAY)
    assert hash_days(at=SATURDAY + DAY) == 0  # late probes of it may still come
    assert hash_days(at=SATURDAY + 2 * DAY) == 1
    assert hash_days(at=SATURDAY + 2 * DAY) == 0
    event = Event.objects.about("probes", agency.pk).get()
    assert event.facts["minutes"] == 3
    assert event.facts["sha256"] == digest_of(agency.pk, on)[1]
    ProbeMinute.objects.filter(ok=False).update(ok=True)
    assert event.facts["sha256"] != digest_of(agency.pk, on)[1]


def test_an_empty_office_has_no_figure(agency: Agency) -> None:
    whole = history.histories(agency, at=SATURDAY)[ALL]
    assert whole.gross is None
    assert whole.net is None
    assert history.present([agency], at=SATURDAY)[agency.pk].state == "unmeasured"
