"""Signed-in people as actors, whichever door they came through: their roles, their units, what they may read."""

from collections.abc import Iterable, Sequence
from typing import cast

from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership, Role, User

# Whoever works on cases reads them; a site officer keeps the site and sees of a case its frame only.
READERS = frozenset({Role.EXPERT, Role.HEAD, Role.DIRECTOR})


def staff_of(user: User, held: Sequence[Membership]) -> Staff:
    """The person as the holder of these memberships, all at one agency: the own, and those of colleagues away."""
    others = {each.user_id: each.user.full_name for each in held if each.user_id != user.pk}
    mine = [each for each in held if each.user_id == user.pk]
    return Staff(
        user_id=user.pk,
        name=user.full_name,
        agency_id=held[0].agency_id,
        roles=frozenset(membership.role for membership in held),
        unit_ids=_units(held),
        alone=staff_of(user, mine) if others and mine else None,
        stands_in_for=tuple(others.items()),
    )


def may_read(actor: Staff) -> bool:
    """Whether names, answers and files are for this person's eyes."""
    return actor.inspects or not actor.roles.isdisjoint(READERS)


def _units(held: Iterable[Membership]) -> frozenset[int]:
    """The units of those who read cases in units only; empty where one of their roles holds for the whole agency."""
    held = list(held)
    reading = [membership for membership in held if membership.role in READERS] or held
    units = frozenset(membership.unit_id for membership in reading)
    return frozenset() if None in units else cast("frozenset[int]", units)
