"""A rehearsal: a declaration walked as a real case is, in a transaction that is rolled back.

The real `Offering.publish`, `Case.open` and `take` run, with people made up for every role, and nothing of it stays: no
case, no event, no figure. What was done so far travels with the page (`Act`s) and is done again each time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.files.storage import default_storage
from django.db import transaction

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.clocks.deadlines import acts as coming
from mizban.core.cases.models import Case, CaseFile, Offering
from mizban.core.cases.models.services import Origin
from mizban.core.cases.steps.mending import form_of
from mizban.core.cases.steps.permitting import hindrance, may_take
from mizban.core.declarations.applicants import ANONYMOUS, NAMELESS, Applicant
from mizban.core.declarations.fields import FORMATS, Field
from mizban.core.declarations.grammar import ASSIGNEE, PARTY, UNIT, Step
from mizban.core.declarations.kinds import KINDS
from mizban.core.people.actors import PUBLIC, SYSTEM, Actor, Guest, Staff
from mizban.core.people.models import Role, User
from mizban.core.refusals import Refusal
from mizban.core.sealing import cipher, keys
from mizban.web.examples.candidates import SAMPLES
from mizban.web.examples.example_files import example_format

Raw = Mapping[str, Any]
T = TypeVar("T")

ORDINALS = ("یک", "دو", "سه")
NAMES = {
    "natural": "متقاضی نمونه",
    "legal": "شرکت نمونه",
    "foreign": "متقاضی نمونه",
    "agency": "دستگاه نمونه",
}
IDENTIFIERS = {"natural": "national_id", "foreign": "foreign_id"}
PAPER, NOWHERE = "پیوست نمونه", "rehearsal"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done, `days` after the one before: the filing (no step), or a step with what was typed."""

    step: str = ""
    raw: Raw = field(default_factory=dict)
    days: int = 0


@dataclass(slots=True)
class Stage:
    """A rehearsal as far as it came: the offering, the case once it is filed, the moment, how many acts were done."""

    offering: Offering
    at: datetime
    case: Case | None = None
    done: int = 0
    people: dict[str, list[User]] = field(default_factory=dict)

    def take(self, act: Act) -> None:
        """Do it at its moment. Raises what the real doors raise; the stage is left as it was."""
        at = self.at + timedelta(days=act.days, minutes=1)
        with transaction.atomic():
            if self.case is None:
                self.case = self._file(act, at)
            else:
                at = self._step(self.case, act, at)
        self.at, self.done = at, self.done + 1

    def _file(self, act: Act, at: datetime) -> Case:
        declared = self.offering.declaration
        kind = str(act.raw.get("applicant_kind", ""))
        kind = kind if kind in declared.applicants else declared.applicants[0]
        papers = self._papers(declared.form, at)
        return Case.open(
            self.offering, by=PUBLIC, applicant=_applicant(kind), answers=act.raw, at=at, files=papers
        ).case

    def _step(self, case: Case, act: Act, at: datetime) -> datetime:
        step = case.declaration.steps.get(act.step)
        if step is None:
            raise Refusal("این گام در این متن نیست.")
        by = self.taker(step)
        if by is None:
            raise Refusal("این گام را اکنون کسی نمی‌تواند بردارد.")
        if by is SYSTEM:
            at = max(at, self._falls_at(case, step) or at)
        case.take(step.name, by=by, at=at, answers=act.raw, files=self._papers(form_of(case, step), at))
        return at

    def clear_store(self) -> None:
        """Delete what the case wrote to the file store, such as its tables: no rollback reaches that."""
        written = CaseFile.objects.filter(case=self.case).exclude(stored_as=NOWHERE) if self.case else ()
        for file in written:
            default_storage.delete(file.stored_as)

    @staticmethod
    def _falls_at(case: Case, step: Step) -> datetime | None:
        """When the system takes the step by itself."""
        found = coming(case.declaration, case.plain, case.history(), clock_of(case.agency_id))
        return next((each.at for each in found if each.kind == "step" and each.name == step.name), None)

    def taker(self, step: Step) -> Actor | None:
        """Somebody who may take the step now; made-up people fill every role, and several where one is not enough."""
        case = self.case
        for who in step.by if case else ():
            for by in self._candidates(who):
                if case and may_take(case, step, by) and hindrance(case, step, by) is None:
                    return by
        return None

    def _candidates(self, who: str) -> Iterable[Actor]:
        assert self.case is not None  # noqa: S101  # the caller has looked
        case = self.case
        if who == "system":
            return [SYSTEM]
        if who == "applicant":
            return [Guest(case.pk)]
        agency_id, roles, units = case.agency_id, frozenset({who}), frozenset[int]()
        if who.startswith(PARTY):
            part = case.parties.filter(role=who.removeprefix(PARTY)).first()
            if part is None or part.agency_id is None:
                return []
            agency_id, roles = part.agency_id, frozenset({Role.EXPERT.value})
        if who == ASSIGNEE or who.startswith(UNIT):
            roles = frozenset({Role.EXPERT.value})
            slug = who.removeprefix(UNIT)
            units = frozenset(
                Unit.objects.filter(agency_id=agency_id, slug=slug).values_list("pk", flat=True)
            )
        if who == ASSIGNEE and case.assignee:
            return [Staff(case.assignee.pk, case.assignee.full_name, agency_id, roles)]
        return [Staff(each.pk, each.full_name, agency_id, roles, units) for each in self._people(who)]

    def _people(self, who: str) -> list[User]:
        if who not in self.people:
            called = Role(who).label if who in Role.values else "کارشناس"
            # No real name begins with a sign.
            self.people[who] = [
                User.objects.create(username=f"+{who}+{n}", full_name=f"{called} آزمایشی {ORDINALS[n]}")
                for n in range(len(ORDINALS))
            ]
        return self.people[who]

    def _papers(self, asked: Iterable[Field], at: datetime) -> dict[str, Sequence[CaseFile]]:
        """A file for every question that takes one: its row only, nothing is written to the store."""
        return {each.name: [self._paper(each, at)] for each in asked if KINDS[each.kind].is_file}

    def _paper(self, asked: Field, at: datetime) -> CaseFile:
        key, wrapped = keys.new_wrapped_key(self.offering.agency_id)
        return CaseFile.objects.create(
            agency_id=self.offering.agency_id,
            token_hash=keys.secret_hash("rehearsal", asked.name),
            field=asked.name,
            media_type=FORMATS[example_format(asked.formats)],
            size=1024,
            stored_as=NOWHERE,
            sealed_name=cipher.seal(key, PAPER.encode(), place="file name"),
            wrapped_key=wrapped,
            uploaded_at=at,
        )


def _applicant(kind: str) -> Applicant:
    if kind == ANONYMOUS:
        return Applicant(kind, NAMELESS, "", "")
    return Applicant(kind, NAMES[kind], SAMPLES[IDENTIFIERS.get(kind, "legal_id")][0], "+989141234567")


def rehearse(
    agency: Agency,
    source: str,
    acts: Sequence[Act],
    show: Callable[[Stage, Refusal | None], T],
    *,
    at: datetime,
) -> T:
    """What `show` makes of the stage after these acts, begun at the aware moment `at`; then all of it is undone.

    An act that is refused ends the walk, and `show` is told why. `show` must return plain values: no row is left.
    """
    with transaction.atomic():
        offering = Offering.publish(agency, source, at=at, origin=Origin.DESK)
        stage, refused = Stage(offering, at), None
        for act in acts:
            try:
                stage.take(act)
            except Refusal as refusal:
                refused = refusal
                break
        try:
            return show(stage, refused)
        finally:
            stage.clear_store()
            transaction.set_rollback(True)
