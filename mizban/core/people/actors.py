"""On whose behalf something is read or done. Every read and every change names its actor."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

# What an event has room for.
LONGEST_NAME = 100
INSPECTING = frozenset({"inspector"})
IN_PLACE_OF = " به جانشینی از "


@dataclass(frozen=True, slots=True)
class Actor:
    """Anybody: what is public, and nothing else."""

    @property
    def kind(self) -> str:
        """The word events keep for this kind of actor."""
        return "public"

    @property
    def id(self) -> int | None:
        """The row behind the actor, where there is one."""
        return None

    @property
    def spoken_name(self) -> str:
        """The name sentences use."""
        return "متقاضی"


@dataclass(frozen=True, slots=True)
class Guest(Actor):
    """Whoever showed the code and the password of one case."""

    case_id: int

    @property
    def kind(self) -> str:
        return "guest"

    @property
    def id(self) -> int | None:
        return self.case_id


@dataclass(frozen=True, slots=True)
class Staff(Actor):
    """A signed-in person at one agency. `unit_ids` are the units of unit-bound roles; empty means the whole agency.

    While a person stands in for colleagues, roles and units are those of all of them: `alone` is the same person by the
    own roles only, `stands_in_for` has the colleagues' names by id.
    """

    user_id: int
    name: str
    agency_id: int
    roles: frozenset[str]
    unit_ids: frozenset[int] = field(default_factory=frozenset)
    alone: "Staff | None" = None
    stands_in_for: tuple[tuple[int, str], ...] = ()

    @property
    def kind(self) -> str:
        return "staff"

    @property
    def id(self) -> int | None:
        return self.user_id

    @property
    def spoken_name(self) -> str:
        return self.name

    @property
    def desks(self) -> frozenset[int]:
        """Whose cases are this person's: the own, and those of the colleagues stood in for."""
        return frozenset({self.user_id, *(user_id for user_id, _ in self.stands_in_for)})

    @property
    def as_deputy(self) -> "Staff":
        """The same person, named as who stands in, once: «نیما رستگار به جانشینی از پروین صفایی»."""
        if IN_PLACE_OF in self.name:
            return self
        others = " و ".join(name for _, name in self.stands_in_for)
        return replace(self, name=f"{self.name}{IN_PLACE_OF}{others}"[:LONGEST_NAME])

    def by_right_of(self, roles: Collection[str]) -> "Staff":
        """The person as named in what only holders of these roles do: a deputy who holds none of them says so."""
        own = self.alone is not None and not self.alone.roles.isdisjoint(roles)
        return self if own or not self.stands_in_for else self.as_deputy

    @property
    def inspects(self) -> bool:
        """Whether this person only reads, and every read is written down."""
        return self.roles == INSPECTING


@dataclass(frozen=True, slots=True)
class System(Actor):
    """Mizban itself: the worker, a loader, a command."""

    name: str = "میزبان"

    @property
    def kind(self) -> str:
        return "system"

    @property
    def spoken_name(self) -> str:
        return self.name


PUBLIC = Actor()
SYSTEM = System()
