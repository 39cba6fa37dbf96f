"""What a service declaration can say. Immutable: a running case keeps the version it was filed under."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Literal

from .conditions import Condition
from .fields import Field

Turn = Literal["office", "applicant", "party", "nobody"]
Unit = Literal["working_minutes", "working_days"]
Verdict = Literal["", "approve", "refuse"]

APPLICANT_KINDS = {
    "natural": "شخص حقیقی",
    "legal": "شخص حقوقی",
    "foreign": "اتباع خارجی",
    "agency": "دستگاه اجرایی",
    "anonymous": "بی‌نام",
}
WHO = ("applicant", "expert", "head", "director", "site_officer", "system")
# A step may also be another agency's: `party:ROLE`, a role of `parties`; or of whoever the case was given to.
PARTY, ASSIGNEE = "party:", "assignee"
# Whose time a target measures: the office's, one unit's (`unit:SLUG`), or another agency's (`party:ROLE`).
OFFICE, UNIT = "office", "unit:"


@dataclass(frozen=True, slots=True)
class Identity:
    """The service's identity sheet (شناسنامه خدمت), as far as it is declared.

    `cost` is what it costs in words; a service that is not `free` says it. `yearly_count` is how many times a year it
    is given, as published (0: not known), `average_time` how long that takes, in words.
    """

    code: str = ""
    kinds: tuple[str, ...] = ()
    nature: str = ""
    level: str = ""
    laws: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    visits: str = ""
    minutes_to_fill: int = 0
    cost: str = ""
    free: bool = True
    yearly_count: int = 0
    average_time: str = ""

    @property
    def price(self) -> str:
        """What the service costs, in words."""
        return self.cost or "رایگان"


@dataclass(frozen=True, slots=True)
class Page:
    """Some questions of the form that are asked together."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class PartyRole:
    """Another agency that may have a part in a case, and who that is.

    `source` is `parent` (the applicant agency's own ministry), `office.ROLE` (the agency's counterpart of that role,
    such as its provincial treasury), or the name of a question of kind `agency`. With `shows`, it sees what it was
    asked, what it answered and these questions of the form (`applicant`: who applies); without, the whole case.
    """

    name: str
    label: str
    source: str
    shows: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand: whose turn it is, and whether the office's clock runs meanwhile.

    A clock that stands without a return waits for somebody outside, whom `waits_for` names.
    """

    name: str
    label: str
    turn: Turn = "office"
    clock_stopped: bool = False
    closed: bool = False
    says: str = ""
    waits_for: str = ""


# Where a duplicate stands that was merged into another case, whatever its service declares.
MERGED = State("merged", "ادغام شد", turn="nobody", closed=True)


@dataclass(frozen=True, slots=True)
class After:
    """How long a case stands in a state before the system takes a step, or people may no more: `within` units."""

    within: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done to a case: by whom, from which states, to which (`to` None: it stays).

    With `when`, it is for those cases only whose `plain` answers fit; with `open_for`, only so long after the case came
    to the state. `tells` is what staff hear in place of `says`. Whoever took a step of `not_by`, or with `four_eyes`
    and no `not_by` any step that leads here, does not take it. With `mends` it asks again what the last return named. A
    step of an `approval` gives one `verdict` of it, and leads on once the approval is decided.
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
    after: After | None = None
    open_for: After | None = None
    tells: str = ""
    four_eyes: bool = False
    not_by: tuple[str, ...] = ()
    mends: bool = False
    approval: str = ""
    verdict: Verdict = ""

    def is_for(self, plain: Mapping[str, Any]) -> bool:
        """Whether the step is for a case with these plain answers."""
        return self.when is None or self.when.holds(plain)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.form if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Approval:
    """Something several people must agree to while a case stands in `from_`: `need` of those in `of`.

    `of` are roles, `unit:SLUG` and `party:ROLE`, each a place that one person fills, nobody two; `ordered`: one after
    the other. Its steps are called `approve-NAME` and `refuse-NAME`.
    """

    name: str
    label: str
    of: tuple[str, ...]
    need: int
    ordered: bool
    from_: tuple[str, ...]
    when: Condition | None = None

    def step(self, verdict: Verdict) -> str:
        """The name of the step that gives this verdict."""
        return f"{verdict}-{self.name}"


@dataclass(frozen=True, slots=True)
class Target:
    """A promised time: `within` units from filing until the first of the steps in `until`.

    With `when`, it is the promise of those cases only whose answers fit. With `starts` it runs from the first of these
    steps instead, and again each time one is taken after it ended. With `in_` it counts only while the case stands in
    these states. `norm` is the office's own, shorter aim in the same unit (0: none); `part_of` the target whose time
    it is taken from. Without `until` it ends with the answer.
    """

    name: str
    within: int
    unit: Unit
    until: tuple[str, ...]
    note: str = ""
    when: Condition | None = None
    label: str = ""
    starts: tuple[str, ...] = ()
    norm: int = 0
    owed_by: str = OFFICE
    in_: tuple[str, ...] = ()
    part_of: str = ""

    @property
    def is_promise(self) -> bool:
        """Whether it can be what the applicant is promised: the office's own time from filing to the answer."""
        return self.owed_by == OFFICE and not (self.starts or self.in_ or self.part_of)

    def is_for(self, plain: Mapping[str, Any]) -> bool:
        """Whether it is for a case with these plain answers."""
        return self.when is None or self.when.holds(plain)


@dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    """One service, whole. Built by `reading.read`, never by hand; one object a text, compared and kept as such.

    With `anonymous` among the applicants, a case is filed without a name where `anonymous_when` holds for its plain
    answers. `representation` are the ways (`mandates.REPRESENTATIONS`) in which one may apply for another.
    """

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
    approvals: dict[str, Approval] = dataclass_field(default_factory=dict)
    checks: tuple[str, ...] = ()
    signed_in_starts_at: str = ""
    unit: str = ""
    unit_from: str = ""
    title_from: str = ""
    anonymous_when: Condition | None = None
    representation: tuple[str, ...] = ()

    @property
    def answer_target(self) -> Target:
        """The promise of a case that no other target speaks of: the last one declared without a condition."""
        return [each for each in self.targets.values() if each.when is None and each.is_promise][-1]

    def target_of(self, answers: Mapping[str, Any]) -> Target:
        """The promise of a case with these answers: the first promise whose condition holds."""
        promises = (target for target in self.targets.values() if target.when and target.is_promise)
        return next((target for target in promises if target.is_for(answers)), self.answer_target)

    def targets_of(self, answers: Mapping[str, Any]) -> list[Target]:
        """Every target of a case with these answers, its promise first.

        Of promises with a condition one holds, and the last one without is for the cases they leave.
        """
        promise, rest = self.target_of(answers), self.answer_target
        beside = [
            target
            for target in self.targets.values()
            if target is not promise
            and target.is_for(answers)
            and not (target.is_promise and (target.when or target is rest))
        ]
        return [promise, *beside]

    def field(self, name: str) -> Field | None:
        return next((field for field in self.form if field.name == name), None)

    def state(self, name: str) -> State | None:
        """A declared state, or that of a case merged into another."""
        return self.states.get(name) or (MERGED if name == MERGED.name else None)

    def steps_open_in(self, state: str) -> list[Step]:
        """The steps that may be taken from this state, in the declared order."""
        return [step for step in self.steps.values() if state in step.from_]
