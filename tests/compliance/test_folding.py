"""Folding reads each event once, whoever reads it and in whatever order ids become visible."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mizban.core.cases.models import Case
from mizban.core.events.models import Event
from mizban.office.compliance import folding
from mizban.office.compliance.deltas import Deltas
from mizban.office.compliance.gaps import PATIENCE, Gap, Reach
from mizban.office.compliance.models import Cursor, Shortfall, Tally
from mizban.office.compliance.recompute import differences
from tests.conftest import SATURDAY

DAY = timedelta(days=1)


def test_ids_that_were_not_there_are_read_when_they_come() -> None:
    reach = Reach(10).after([11, 14, 15], at=SATURDAY)
    assert reach == Reach(15, (Gap(12, 13, SATURDAY),))
    assert [reach.has_read(number) for number in (11, 12, 13, 15, 16)] == [True, False, False, True, False]
    later = reach.after([13, 16], at=SATURDAY + timedelta(minutes=1))
    assert later == Reach(16, (Gap(12, 12, SATURDAY),))


def test_what_was_rolled_back_is_not_waited_for_for_ever() -> None:
    reach = Reach(10, (Gap(3, 4, SATURDAY),))
    assert reach.after([], at=SATURDAY + PATIENCE) == Reach(10)


def sums() -> dict[tuple[str, str, str], tuple[int, int]]:
    return {
        (row.measure, row.topic, str(row.on)): (row.numerator, row.denominator)
        for row in Tally.objects.filter(denominator__gt=0)
    }


@pytest.mark.django_db
class TestWithEvents:
    def test_an_event_that_appears_late_is_counted_once(
        self, filed: Callable[..., Case], replied: Callable[..., None]
    ) -> None:
        """On PostgreSQL a transaction that began earlier may end later: its lower id is seen after higher ones."""
        case = filed()
        replied(case)
        folding.fold(at=SATURDAY + DAY)
        wanted = sums()
        folding.forget_all()
        answer = case.events.last()
        assert answer is not None
        # As if the answer had not been there: a gap where it stands.
        Cursor.objects.create(name="events", last=0)
        filed_too = Event.objects.exclude(pk=answer.pk)
        source = folding.Source("events", lambda: filed_too, folding._of_events)  # noqa: SLF001  # what is left out is the test
        later = filed()
        folding.fold_batch(source, at=SATURDAY + DAY)
        assert Cursor.objects.get().gaps
        folding.fold(at=SATURDAY + DAY)
        assert differences(case.agency) == []
        answered = {key: pair for key, pair in sums().items() if key[0] == "answered-in-time"}
        assert answered == {key: pair for key, pair in wanted.items() if key[0] == "answered-in-time"}
        assert later.pk

    def test_of_two_workers_one_folds(self, filed: Callable[..., Case]) -> None:
        filed()
        source = folding.SOURCES[0]

        def slow(fresh: list[int], reach: Reach) -> Deltas:
            made = source.deltas(fresh, reach)
            Cursor.objects.filter(name=source.name).update(revision=99)
            return made

        assert folding.fold_batch(folding.Source(source.name, source.rows, slow), at=SATURDAY) == 0
        assert not Tally.objects.exists()

    def test_what_fell_short_is_known_by_its_case_and_forgotten_when_it_no_longer_does(
        self, filed: Callable[..., Case], as_babak: object
    ) -> None:
        case = filed()
        folding.fold(at=SATURDAY)
        assert not Shortfall.objects.exists()
        case.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر پشت سند"})  # type: ignore[arg-type]
        folding.fold(at=SATURDAY)
        assert {(row.measure, row.subject_id) for row in Shortfall.objects.all()} == {
            ("forms-complete", case.pk)
        }

    def test_who_changes_a_number_is_found(self, filed: Callable[..., Case]) -> None:
        case = filed()
        folding.fold(at=SATURDAY)
        Tally.objects.filter(measure="codes-issued").update(numerator=7)
        assert [each.key.measure for each in differences(case.agency)] == ["codes-issued"]

    def test_folding_asks_as_much_for_ten_new_cases_as_for_one(
        self, filed: Callable[..., Case], django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        filed()
        folding.fold(at=SATURDAY)
        for _ in range(10):
            filed()
        with django_assert_max_num_queries(25):  # type: ignore[attr-defined]  # a context manager
            folding.fold(at=SATURDAY)
