"""A queue read off its parts, for whoever sits alike, is the queue the rule of sight gives: no case more or less."""

from collections.abc import Callable
from datetime import timedelta
from itertools import chain, combinations, product
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Party
from mizban.core.cases.models.shelves import OPEN
from mizban.core.cases.sight.seats import case_of, codes_of_most_urgent, most_urgent
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role, User
from tests.conftest import SATURDAY, make_member

Rows = Callable[..., list[Case]]


@pytest.fixture
def rows(case: Case) -> Rows:
    """More cases like this one: every combination of what is given by column."""
    columns = [field.attname for field in Case._meta.concrete_fields if not field.generated]  # noqa: SLF001  # Django's documented API

    def make(**given: list[Any]) -> list[Case]:
        same = {name: getattr(case, name) for name in columns if name not in ("id", "token_hash")}
        first = 100_000_000_000 + Case.objects.count()
        every = product(*given.values())
        return Case.objects.bulk_create(
            [
                Case(**same | dict(zip(given, values, strict=True)) | {"code": str(first + number)})
                for number, values in enumerate(every)
            ]
        )

    return make


def subsets(things: list[int]) -> list[tuple[int, ...]]:
    return list(chain.from_iterable(combinations(things, count) for count in range(len(things) + 1)))


@pytest.fixture
def people(agency: Agency, babak: User) -> list[int]:
    others = [make_member(agency, name, name, Role.EXPERT, "roads") for name in ("ناهید", "کاوه")]
    return [babak.pk, *(other.pk for other in others)]


@pytest.fixture
def staff(agency: Agency, people: list[int]) -> list[Staff]:
    """Everybody who may sit there: in no unit, one or two, with the desks of none, one or two colleagues."""
    units = list(agency.units.values_list("pk", flat=True))
    roles = [frozenset([Role.EXPERT]), frozenset([Role.INSPECTOR]), frozenset([Role.HEAD, Role.EXPERT])]
    return [
        Staff(people[0], "", agency.pk, held, frozenset(mine), stands_in_for=tuple((pk, "") for pk in away))
        for held, mine, away in product(roles, subsets(units), subsets(people[1:]))
    ]


@pytest.fixture
def cases(rows: Rows, agency: Agency, other_agency: Agency, people: list[int]) -> list[Case]:
    units, theirs = ([None, *each.units.values_list("pk", flat=True)] for each in (agency, other_agency))
    due = [None, SATURDAY + timedelta(days=1), SATURDAY + timedelta(days=2)]
    made = rows(
        agency_id=[agency.pk], unit_id=units, assignee_id=[None, *people], is_open=[True, False], due_at=due
    )
    # Another office's, one of them on the desk of a person of ours, some with a part of ours.
    elsewhere = rows(agency_id=[other_agency.pk], unit_id=theirs, assignee_id=[None, people[0]])
    for case, unit in zip(elsewhere, units, strict=False):
        Party.objects.create(case=case, role="other", kind="agency", agency=agency, unit_id=unit)
    return made + elsewhere


@pytest.mark.parametrize("most", [1, 5, 1000])
def test_the_first_of_a_queue_are_the_first_of_all_one_sees(
    cases: list[Case], staff: list[Staff], most: int
) -> None:
    assert len(staff) == 48
    for actor in staff:
        queue = Case.objects.in_house_for(actor).on(OPEN).most_urgent_first()
        expected = list(queue.values_list("pk", "code")[:most])
        assert [(case.pk, case.code) for case in most_urgent(actor, most)] == expected
        assert codes_of_most_urgent(actor, most) == [code for _, code in expected]


def test_a_case_is_found_by_its_code_by_those_who_see_it_and_by_no_one_else(
    cases: list[Case], staff: list[Staff]
) -> None:
    looked_for = cases[::7] + cases[-6:]
    for actor in staff[::3]:
        seen = set(Case.objects.visible_to(actor).values_list("pk", flat=True))
        assert [case_of(actor, case.code) is not None for case in looked_for] == [
            case.pk in seen for case in looked_for
        ]
