"""What can be done with a case inside the office: having it, noting, referring it; each as its form on the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mizban.core.cases.assigning import colleagues, may_assign
from mizban.core.cases.inside import FORMS
from mizban.core.cases.models import Case
from mizban.core.cases.referring import other_units, questions
from mizban.core.declarations.fields import Field, Option
from mizban.core.people.actors import Staff
from mizban.kit.forms import Bound, Value
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.posted import bounds

# No step can have this prefix: names of steps hold no hyphen.
PREFIX = "inside--"
TO = "to"


@dataclass(frozen=True, slots=True)
class Sent:
    """An act's form that comes back: which act, what was typed, what is wrong."""

    act: str
    raw: Mapping[str, Value]
    errors: Mapping[str, Malformed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts open to this person. `note` is always open; `assign` and `refer` are empty where they are not."""

    assign: list[Bound]
    note: list[Bound]
    refer: list[Bound]
    can_take: bool
    can_give_back: bool
    me: int
    opened: str

    @property
    def bounds(self) -> list[Bound]:
        return [*self.assign, *self.note, *self.refer]


def acts_on(case: Case, actor: Staff, sent: Sent | None) -> Acts:
    """The acts of somebody who works on this case; two queries while it is open."""
    assigning = case.is_open and may_assign(case, actor)
    mine = case.assignee_id == actor.user_id
    return Acts(
        assign=_bound("assign", (_to(case, actor),), sent) if assigning else [],
        note=_bound("note", FORMS["noted"], sent),
        refer=_bound("refer", questions(other_units(case)), sent) if case.is_open else [],
        can_take=assigning and not mine,
        can_give_back=assigning and case.assignee_id is not None,
        me=actor.user_id,
        opened=sent.act if sent else "",
    )


def _to(case: Case, actor: Staff) -> Field:
    """Which colleague: those who have the case, or ask, are left out."""
    options = tuple(
        Option(str(person.pk), person.full_name)
        for person in colleagues(case)
        if person.pk not in (actor.user_id, case.assignee_id)
    )
    return Field(TO, "unit", "به کدام همکار؟", options=options)


def _bound(act: str, fields: tuple[Field, ...], sent: Sent | None) -> list[Bound]:
    mine = sent if sent and sent.act == act else Sent(act, {})
    return bounds(fields, mine.raw, mine.errors, prefix=PREFIX)
