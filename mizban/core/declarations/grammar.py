"""What a service declaration can say. Immutable: a running case keeps the version it was filed under."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .conditions import Condition
from .fields import Field

Turn = Literal["office", "applicant", "party", "nobody"]
Unit = Literal["working_minutes", "working_days"]

APPLICANT_KINDS = {
    "natural": "شخص حقیقی",
    "legal": "شخص حقوقی",
    "foreign": "اتباع خارجی",
    "agency": "دستگاه اجرایی",
}
WHO = ("applicant", "expert", "head", "director", "site_officer", "system")
# A step may also be another agency's: `party:ROLE`, a role of `parties`.
PARTY = "party:"


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
class Page:
    """Some questions of the form that are asked together."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class PartyRole:
    """Another agency that may have a part in a case, and who that is.

    `source` is `parent` (the applicant agency's own ministry), `office.ROLE` (the agency's counterpart of that role,
    such as its provincial treasury), or the name of a question of kind `agency`.
    """

    name: str
    label: str
    source: str


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
    """One thing that can be done to a case: by whom, from which states, to which (`to` None: it stays).

    With `when`, it is for those cases only whose `plain` answers fit.
    """

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
    brings: tuple[str, ...] = ()
    confirms_applicant: bool = False
    checks: tuple[str, ...] = ()
    when: Condition | None = None

    def is_for(self, plain: Mapping[str, Any]) -> bool:
        """Whether the step is for a case with these plain answers."""
        return self.when is None or self.when.holds(plain)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.form if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Target:
    """A promised time: `within` units from filing until the first of the steps in `until`.

    With `when`, it is the promise of those cases only whose answers fit.
    """

    name: str
    within: int
    unit: Unit
    until: tuple[str, ...]
    note: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """One service, whole. Built by `reading.read`, never by hand."""

    slug: str
    title: str
    summary: str
    applicants: tuple[str, ...]
    identity: Identity
    pages: tuple[Page, ...]
    form: tuple[Field, ...]
    states: dict[str, State]
    steps: dict[str, Step]
    targets: dict[str, Target]
    first_state: str
    parties: dict[str, PartyRole]
    checks: tuple[str, ...] = ()
    signed_in_starts_at: str = ""
    unit: str = ""
    unit_from: str = ""
    title_from: str = ""

    @property
    def answer_target(self) -> Target:
        """The promise of a case that no other target speaks of: the last one declared without a condition."""
        return [target for target in self.targets.values() if target.when is None][-1]

    def target_of(self, answers: Mapping[str, Any]) -> Target:
        """The promise of a case with these answers: the first target whose condition holds."""
        fitting = (target for target in self.targets.values() if target.when and target.when.holds(answers))
        return next(fitting, self.answer_target)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.form if field.name == name), None)

    def steps_open_in(self, state: str) -> list[Step]:
        """The steps that may be taken from this state, in the declared order."""
        return [step for step in self.steps.values() if state in step.from_]
