"""On whose behalf something is read or done. Every read and every change names its actor."""

from dataclasses import dataclass, field


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
    """A signed-in person at one agency. `unit_ids` are the units of unit-bound roles; empty means the whole agency."""

    user_id: int
    name: str
    agency_id: int
    roles: frozenset[str]
    unit_ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def kind(self) -> str:
        return "staff"

    @property
    def id(self) -> int | None:
        return self.user_id

    @property
    def spoken_name(self) -> str:
        return self.name


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
