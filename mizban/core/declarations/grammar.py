"""What a service declaration can say. Immutable: a running case keeps the version it was filed under."""

from dataclasses import dataclass
from typing import Literal

from .fields import Field

Turn = Literal["office", "applicant", "nobody"]
Unit = Literal["working_minutes", "working_days"]

APPLICANT_KINDS = {"natural": "شخص حقیقی", "legal": "شخص حقوقی", "foreign": "اتباع خارجی"}
WHO = ("applicant", "expert", "head", "director", "site_officer", "system")


@dataclass(frozen=True, slots=True)
class Identity:
    """The service's identity sheet (شناسنامه خدمت), as far as it is declared."""

    code: str = ""
    kinds: tuple[str, ...] = ()
    nature: str = ""
    level: str = ""
    laws: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    visits: str = ""
    minutes_to_fill: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand: whose turn it is, and whether the office's clock runs meanwhile."""

    name: str
    label: str
    turn: Turn = "office"
    clock_stopped: bool = False
    closed: bool = False
    says: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done to a case: by whom, from which states, to which (`to` None: it stays)."""

    name: str
    label: str
    by: tuple[str, ...]
    from_: tuple[str, ...]
    to: str | None
    form: tuple[Field, ...] = ()
    says: str = ""
    help: str = ""
    assigns: bool = False
    risky: bool = False

    def field(self, name: str) -> Field | None:
        return next((field for field in self.form if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Target:
    """A promised time: `within` units from filing until the first of the steps in `until`."""

    name: str
    within: int
    unit: Unit
    until: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One service, whole. Built by `reading.read`, never by hand."""

    slug: str
    title: str
    summary: str
    applicants: tuple[str, ...]
    identity: Identity
    form: tuple[Field, ...]
    states: dict[str, State]
    steps: dict[str, Step]
    targets: dict[str, Target]
    first_state: str
    unit_from: str = ""
    title_from: str = ""

    @property
    def answer_target(self) -> Target:
        """The target people are told: the first one declared."""
        return next(iter(self.targets.values()))

    def field(self, name: str) -> Field | None:
        return next((field for field in self.form if field.name == name), None)

    def steps_open_in(self, state: str) -> list[Step]:
        """The steps that may be taken from this state, in the declared order."""
        return [step for step in self.steps.values() if state in step.from_]
