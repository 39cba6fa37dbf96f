"""What is written once for all who sit alike is for each what the rule of sight gives: no case more or less."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import chain, combinations, product
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Party
from mizban.core.cases.models.approvals import Approval
from mizban.core.cases.models.known import Known
from mizban.core.cases.models.shelves import MOST_COUNTED, OPEN
from mizban.core.cases.sight.seats import case_of, codes_of_most_urgent, most_urgent
from mizban.core.declarations.reading import read
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role, User
from mizban.web.desk import listing
from mizban.web.desk.tabs import TABS
from tests.conftest import SATURDAY, SERVICE_DESK, make_member

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


@pytest.mark.usefixtures("cases")
def test_the_tabs_of_everybody_count_what_their_lists_have(
    rows: Rows, case: Case, agency: Agency, other_agency: Agency, people: list[int], staff: list[Staff]
) -> None:
    units = [None, *agency.units.values_list("pk", flat=True)]
    turns, due = ["office", "applicant"], [None, SATURDAY - timedelta(days=9), SATURDAY + timedelta(hours=1)]
    states = list(case.declaration.states)
    made = rows(state=states, turn=turns, assignee_id=[None, *people[:2]], unit_id=units, due_at=due)
    for number, one in enumerate(made[::9]):
        who = (Role.HEAD, Role.EXPERT, "unit:roads")[number % 3]
        Approval.objects.create(
            case=one, agency=agency, unit_id=units[number % 3], who=who, round=1, place=1, asked_at=SATURDAY
        )
        Party.objects.create(case=one, role="applicant", kind="agency", agency=other_agency)
    # Another agency offers nothing and has a part in what was filed here.
    theirs = [replace(actor, agency_id=other_agency.pk, unit_ids=frozenset()) for actor in staff[::12]]
    told = set()
    for office, actor in [*((agency, each) for each in staff), *((other_agency, each) for each in theirs)]:
        found = listing.listing(office, actor, {}, at=SATURDAY)
        lists = {tab: make() for tab, make in found.parts.items() if TABS[tab].is_counted}
        expected = {tab: min(cases.count(), MOST_COUNTED) for tab, cases in lists.items()}
        assert found.counts() == dict.fromkeys(found.parts, 0) | expected
        told.add(tuple(expected.items()))
    assert len(told) > 10


def test_what_counts_is_written_anew_where_a_number_stands_for_another_text(
    case: Case, as_babak: Staff
) -> None:
    # A rehearsal is rolled back, and SQLite gives its number to the next version.
    text = SERVICE_DESK.read_text("utf-8")
    rehearsed, published = (
        Known({1: read(source)}, {"service-desk": read(source)}, is_party=False)
        for source in (text, text.replace("by: [expert", "by: [head"))
    )
    tally_for = partial(listing._tally_for, as_babak)  # noqa: SLF001  # what is kept is not seen from outside
    assert tally_for(rehearsed) is tally_for(rehearsed)
    assert tally_for(rehearsed) is not tally_for(published)
