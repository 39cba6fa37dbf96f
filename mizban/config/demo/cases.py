"""Around two hundred cases over the last year, filed and worked on through the same doors as any other.

Seeded by office, service and number: a second run finds each by its token and adds nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.questions import asked_of
from mizban.core.cases.models import Case, CaseFile, Offering
from mizban.core.cases.models.case import Channel
from mizban.core.cases.papers import files as case_files
from mizban.core.cases.steps.mending import form_of
from mizban.core.declarations.applicants import Applicant, refused
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import Step
from mizban.core.declarations.kinds import KINDS
from mizban.core.people.actors import PUBLIC, Actor
from mizban.core.refusals import Refusal
from mizban.core.sealing import keys
from mizban.lib.jalali import local
from mizban.office.agreements.models import Agreement
from mizban.office.calendar.current import calendar_of
from mizban.office.calendar.days import WorkingCalendar

from . import breaking, crowd, papers
from .filling import Pen, filled, wishes
from .plans import Plan, plan
from .staffroom import Staffroom

AN_OFFICE = 100
MORE = 2
BROUGHT_FILES = 0.3
AT_THE_COUNTER = 0.18
# How often each kind of applicant comes, in the declared order.
LIKELY = [8, 2, 1, 1]
TRIES = 25
THANKS = ("", "", " پیشاپیش سپاسگزارم.", " با احترام.", " اگر مدرک دیگری لازم است بفرمایید.")
# What is said in steps a story has no words for.
OTHERWISE = {
    "item": "تصویر کارت ملی متقاضی",
    "explanation": "تصویر پیوست خوانا نیست؛ نسخهٔ روشن‌تری بفرستید.",
    "note": "آنچه خواسته بودید پیوست شد.",
    "reply": "درخواست شما بررسی و انجام شد.",
}
IN_STEP: dict[str, dict[str, str]] = {
    "invite": {
        "reason": "برای دیدن اصل مدارک و امضای صورت‌جلسه",
        "place": "ساختمان مرکزی، طبقهٔ ۲، اتاق ۲۱۴",
        "hour": "۹ تا ۱۱",
    },
    "withdraw": {"reason": "کارم از راه دیگری انجام شد."},
}


@dataclass(frozen=True, slots=True)
class _Place:
    """One offering, with what all its cases share."""

    agency: Agency
    offering: Offering
    calendar: WorkingCalendar
    agreement_version: int | None
    staff: Staffroom
    bodies: tuple[tuple[str, str], ...]
    now: datetime

    def token(self, number: int) -> str:
        """What a case of the demo is known by, and what its dice begin with."""
        return f"demo {self.agency.slug} {self.offering.slug} {number}"


@dataclass(frozen=True, slots=True)
class _Life:
    """A case to be: how it goes, what is said in it, and the dice that decide the rest."""

    place: _Place
    token: str
    plan: Plan
    story: Mapping[str, str]
    dice: Random


def load_cases(*, at: datetime, an_office: int = AN_OFFICE) -> int:
    """Fill every offering of every office with cases up to the aware moment `at`; how many were added."""
    staff = Staffroom()
    bodies = tuple(Agency.objects.exclude(legal_id="").exclude(parent=None).values_list("name", "legal_id"))
    missing: list[_Life] = []
    for agency in Agency.objects.filter(offerings__isnull=False).distinct():
        offerings = list(Offering.objects.of(agency).standing().with_versions())
        for offering in offerings:
            version = Agreement.objects.binding(agency, offering.slug, today=local(at).date())
            bound = version.pk if version else None
            place = _Place(agency, offering, calendar_of(agency.pk), bound, staff, bodies, at)
            enough = max(an_office // len(offerings), len(offering.declaration.states) + MORE)
            missing += _missing(place, enough)
        # The agency's key is kept in the process once a commit has made it sure: not once a case.
        keys.new_wrapped_key(agency.pk)
    with transaction.atomic():
        lived = sum(_live(life) for life in sorted(missing, key=lambda life: life.plan.filed_at))
        breaking.settle(at=at)
    return lived


def _missing(place: _Place, count: int) -> list[_Life]:
    """The lives of the cases that are not there yet."""
    hashes = {keys.secret_hash("form token", place.token(number)): number for number in range(count)}
    known = place.offering.cases.filter(token_hash__in=list(hashes)).values_list("token_hash", flat=True)
    there = {hashes[bytes(each)] for each in known if each}
    lives = []
    for number in range(count):
        if number not in there:
            dice = Random(place.token(number))  # noqa: S311  # stories, not secrets
            life = plan(place.offering.declaration, number, dice=dice, calendar=place.calendar, now=place.now)
            lives.append(_Life(place, place.token(number), life, _story(place.agency, dice), dice))
    return lives


def _live(life: _Life) -> bool:
    """File a case and take it through its steps. False for a form nobody finds answers to."""
    case = _filed(life)
    if case is None:
        return False
    for step, at in life.plan.steps:
        breaking.tell(case, life.place.staff, until=at)
        if not _takes(life, case, step, at):
            # A party that is not there yet: the case rests where it stands.
            break
    breaking.tell(case, life.place.staff, until=life.place.now)
    if case.answered_at is not None:
        # What was late a year ago is not told today.
        Case.objects.filter(pk=case.pk).update(wake_at=None)
    return True


def _takes(life: _Life, case: Case, step: Step, at: datetime) -> bool:
    """Take a step, an approval as often as it needs; whether it was taken."""
    places = case.declaration.approvals[step.approval].of if step.approval else ("",)
    for number, _ in enumerate(places):
        if step.approval and case.state == step.to:
            return True
        if not _taken(life, case, step, at + timedelta(minutes=number)):
            return False
    return True


def _taken(life: _Life, case: Case, step: Step, at: datetime) -> bool:
    place, dice = life.place, life.dice
    actor, asked = place.staff.taker(case, step, dice), form_of(case, step)
    given = {**OTHERWISE, **life.story, **IN_STEP.get(step.name, {})}
    raw = filled(asked, checks=step.checks, pen=Pen(dice, local(at).date()), given=given)
    if actor is None or raw is None:
        return False
    try:
        with transaction.atomic():
            brought = _files(place, asked, raw, at, dice)
            case.take(step.name, by=actor, at=at, answers=raw, files=brought)
    except Refusal:
        return False
    return True


def _filed(life: _Life) -> Case | None:
    place, dice, at = life.place, life.dice, life.plan.filed_at
    asked = asked_of(place.offering, by=PUBLIC).fields
    applicant, raw = _form(life, asked)
    if raw is None:
        return None
    by, channel = _door(place, dice) if applicant.kind != "agency" else (PUBLIC, Channel.PORTAL)
    opened = Case.open(
        place.offering,
        by=by,
        applicant=applicant,
        answers=raw,
        at=at,
        files=_files(place, asked, raw, at, dice),
        channel=channel,
        agreement_version=place.agreement_version,
        token=life.token,
    )
    return opened.case


def _form(life: _Life, asked: tuple[Field, ...]) -> tuple[Applicant, dict[str, Any] | None]:
    """Somebody, and answers to the form such that the planned steps are for this case."""
    place, dice = life.place, life.dice
    declaration = place.offering.declaration
    unit = {declaration.unit_from: life.story["unit"]} if declaration.unit_from else {}
    for attempt in range(TRIES):
        wanted = {name: value for step, _ in life.plan.steps for name, value in wishes(step.when, dice)}
        # Mostly people; if they may not file what is planned, anybody.
        often = LIKELY if attempt < TRIES // 2 else [1] * len(LIKELY)
        kind = dice.choices(declaration.applicants, often[: len(declaration.applicants)])[0]
        applicant = crowd.applicant(kind, dice, agencies=place.bodies)
        known = {"applicant_kind": applicant.kind, "applicant_identifier": applicant.identifier}
        pen = Pen(dice, local(life.plan.filed_at).date(), known)
        raw = filled(asked, checks=declaration.checks, pen=pen, given={**life.story, **unit, **wanted})
        if raw is not None and _fits(life, applicant, asked, raw):
            return applicant, raw
    return applicant, None


def _fits(life: _Life, applicant: Applicant, asked: tuple[Field, ...], raw: Mapping[str, Any]) -> bool:
    """Whether this applicant may file these answers, and the planned steps are for such a case."""
    declaration, answers = life.place.offering.declaration, fill(asked, raw).answers
    if refused(declaration, applicant, answers, {}, today=local(life.plan.filed_at).date()):
        return False
    plain = {field.name: answers[field.name] for field in asked if field.plain and field.name in answers}
    return all(step.is_for(plain) for step, _ in life.plan.steps)


def _door(place: _Place, dice: Random) -> tuple[Actor, str]:
    """How the applicant came: mostly by the portal, sometimes to a clerk."""
    clerk = place.staff.clerk(place.agency.pk, None, dice)
    if clerk is None or dice.random() > AT_THE_COUNTER:
        return PUBLIC, Channel.PORTAL
    return clerk, dice.choice((Channel.COUNTER, Channel.PHONE))


def _files(
    place: _Place, fields: tuple[Field, ...], raw: Mapping[str, Any], at: datetime, dice: Random
) -> dict[str, list[CaseFile]]:
    """Papers for every question that is asked and must have one, and for some that may."""
    answers = fill(fields, raw).answers
    asked = [field for field in fields if KINDS[field.kind].is_file and field.is_asked(answers)]
    wanted = [field for field in asked if field.is_required(answers) or dice.random() < BROUGHT_FILES]
    return {field.name: [_file(place, field, at, dice)] for field in wanted}


def _file(place: _Place, field: Field, at: datetime, dice: Random) -> CaseFile:
    name, data = papers.made(field.formats, dice)
    token = f"demo papers {dice.random()}"
    return case_files.keep(place.agency.pk, field.name, name, data, size=len(data), token=token, at=at)


def _story(agency: Agency, dice: Random) -> dict[str, str]:
    """A story of one of the agency's own units, with a kind word at the end of some."""
    units = set(agency.units.values_list("slug", flat=True))
    fitting = [story for story in _stories() if story["unit"] in units] or _stories()
    story = dict(dice.choice(fitting))
    story["text"] += dice.choice(THANKS)
    named = {"item": "lacks", "note": "brought"}
    return story | {name: story[kept] for name, kept in named.items() if kept in story}


@cache
def _stories() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads((Path(__file__).parent / "stories.toml").read_text("utf-8"))[
        "stories"
    ]
    return found
