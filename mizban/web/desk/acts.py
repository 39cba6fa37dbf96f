"""What can be done with a case inside the office: having it, noting, referring it; each as its form on the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from mizban.core.agencies.models import Unit
from mizban.core.cases import linking
from mizban.core.cases.inhouse import opinions
from mizban.core.cases.inhouse.assigning import away, may_assign, names_of_colleagues
from mizban.core.cases.inhouse.inside import FORMS, OPINION, is_at_home
from mizban.core.cases.inhouse.referring import other_units, questions
from mizban.core.cases.models import Case
from mizban.core.declarations.fields import Field, Option
from mizban.core.kept import kept
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
    """The acts open to this person. `note` and `link` are always open; the others are empty where they are not.

    `opinion` asks another unit what it thinks; `give` is the answer of the unit that is asked.

    `away_until` is the last day away of whoever has the case, if away now.
    """

    assign: list[Bound]
    note: list[Bound]
    refer: list[Bound]
    opinion: list[Bound]
    give: list[Bound]
    link: list[Bound]
    can_take: bool
    can_give_back: bool
    me: int
    opened: str
    away_until: date | None

    @property
    def bounds(self) -> list[Bound]:
        return [*self.assign, *self.note, *self.refer, *self.opinion, *self.give, *self.link]


def acts_on(case: Case, actor: Staff, sent: Sent | None, *, at: datetime) -> Acts:
    """The acts of somebody who works on this case; two queries while it is open."""
    at_home = is_at_home(case, actor)
    units = _beside(case.agency_id, case.unit_id) if case.is_open and at_home else ()
    assigning = case.is_open and may_assign(case, actor)
    mine = case.assignee_id == actor.user_id
    away_until = away(case.agency_id, at=at).get(case.assignee_id or 0)
    return Acts(
        assign=_bound("assign", (_to(case, actor, at=at),), sent) if assigning else [],
        note=_bound("note", FORMS["noted"], sent),
        refer=_bound("refer", questions(units), sent) if units else [],
        opinion=_bound("opinion", opinions.questions(units), sent) if units else [],
        give=_bound("give", (OPINION,), sent) if opinions.asked(case, actor) else [],
        link=_bound("link", linking.QUESTIONS, sent) if at_home else [],
        can_take=assigning and not mine,
        can_give_back=assigning and case.assignee_id is not None,
        me=actor.user_id,
        opened=sent.act if sent else "",
        away_until=away_until,
    )


@kept
def _beside(agency_id: int, unit_id: int | None) -> tuple[Unit, ...]:
    """Where a case can go; looked up again where it goes."""
    return tuple(other_units(Case(agency_id=agency_id, unit_id=unit_id)))


def _to(case: Case, actor: Staff, *, at: datetime) -> Field:
    """Which colleague: those who have the case, or ask, or are away, are left out."""
    options = tuple(
        Option(str(pk), name)
        for pk, name in names_of_colleagues(case, at=at)
        if pk not in (actor.user_id, case.assignee_id)
    )
    # Other colleagues for every case: not worth keeping drawn.
    return Field(TO, "unit", "به کدام همکار؟", options=options, of_one_case=True)


def _bound(act: str, fields: tuple[Field, ...], sent: Sent | None) -> list[Bound]:
    mine = sent if sent and sent.act == act else Sent(act, {})
    return bounds(fields, mine.raw, mine.errors, prefix=PREFIX)
