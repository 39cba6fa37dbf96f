"""What a desk asks all day, written once for all who sit alike: with as many units and roles, whoever they are.

Each query is built from `visible_to` or `in_house_for` for somebody whose numbers are still to come.
"""

from functools import lru_cache

from mizban.core.people.actors import Staff
from mizban.core.prepared import Prepared, PreparedValues, blank, number

from ..models import Case, CaseQuerySet
from ..models.around import furnish
from ..models.shelves import OPEN
from .firsts import FirstOfEach

# What a list reads of a case; the rest of the row stays where it is.
LISTED = (
    *("agency_id", "version_id", "unit_id", "assignee_id", "code", "state", "turn", "is_open", "plain"),
    *("due_at", "answered_at", "queue_at", "wrapped_key"),
)
# How many are alike: roles, units, people sat for.
Seat = tuple[frozenset[str], int, int]


def case_of(actor: Staff, code: str) -> Case | None:
    """The case with this code if this person may see it, with what stands around it. One query."""
    found = furnish(_by_code(seat_of(actor)).all(code=code, **numbers_of(actor)))
    return found[0] if found else None


def most_urgent(actor: Staff, most: int) -> list[Case]:
    """The first open cases of the own agency, the most urgent first, with what stands around them. One query."""
    return furnish(_urgent(seat_of(actor), most).all(**numbers_of(actor)))


def codes_of_most_urgent(actor: Staff, most: int) -> list[str]:
    """Their codes. One query."""
    return [code for (code,) in _urgent_codes(seat_of(actor), most).all(**numbers_of(actor))]


@lru_cache(maxsize=64)
def _by_code(seat: Seat) -> Prepared[Case]:
    return Prepared(lambda: Case.objects.visible_to(somebody(seat)).filter(code=blank(Case, "code")))


@lru_cache(maxsize=64)
def _urgent(seat: Seat, most: int) -> Prepared[Case]:
    return Prepared(lambda: _first_open(somebody(seat), most).only(*LISTED))


@lru_cache(maxsize=64)
def _urgent_codes(seat: Seat, most: int) -> PreparedValues:
    return PreparedValues(lambda: _first_open(somebody(seat), most).values_list("code"))


def _first_open(actor: Staff, most: int) -> CaseQuerySet:
    """The beginning of the queue, which stands among the beginnings of its parts."""
    cases = Case.objects.most_urgent_first()
    parts = cases.on(OPEN).parts_for(actor)
    return (parts[0] if len(parts) == 1 else cases.filter(pk__in=FirstOfEach(parts, most)))[:most]


def seat_of(actor: Staff) -> Seat:
    """How this person sits."""
    return actor.roles, len(actor.unit_ids), len(actor.desks)


def somebody(seat: Seat) -> Staff:
    """Who sits so, with numbers to come."""
    roles, units, desks = seat
    return Staff(
        user_id=number("desk0"),
        name="",
        agency_id=number("agency"),
        roles=roles,
        unit_ids=frozenset(number(f"unit{place}") for place in range(units)),
        stands_in_for=tuple((number(f"desk{place}"), "") for place in range(1, desks)),
    )


def numbers_of(actor: Staff) -> dict[str, int]:
    """The numbers of this person, for what was built for `somebody`."""
    units = {f"unit{place}": pk for place, pk in enumerate(actor.unit_ids)}
    own_first = (actor.user_id, *actor.desks - {actor.user_id})
    desks = {f"desk{place}": pk for place, pk in enumerate(own_first)}
    return {"agency": actor.agency_id, **units, **desks}
