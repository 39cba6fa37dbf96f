"""What a renewal would have meant: last year's real cases held against the new promise, all of them, none sampled."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from mizban.core.cases.clocks.clock import Stop, stops
from mizban.core.cases.models import Case, CaseQuerySet
from mizban.core.declarations.grammar import Target
from mizban.core.events.models import Event
from mizban.office.calendar.clock import deadline_of
from mizban.office.calendar.deadlines import Unit

from .elapsed import LENGTHS, due_after
from .models import AgreementVersion, Draft, Effect
from .refusals import EffectNotCounted

YEAR = timedelta(days=365)
CHUNK = 500
# What a clause may promise in working time, in the calendar's own units; other time is `elapsed`.
WORKING: Mapping[str, tuple[Unit, int]] = {
    "working_days": ("working_days", 1),
    "working_hours": ("working_minutes", 60),
    "working_minutes": ("working_minutes", 1),
}
COUNTED = (*WORKING, *LENGTHS)


class Superseded(Exception):
    """Another worker counts this now."""


def countable(target: Mapping[str, Any] | None) -> bool:
    """Whether a promise can be held against a case: a whole number of days, hours or minutes, working time or not."""
    return bool(target and target["unit"] in COUNTED and float(target["value"]).is_integer())


def ask(draft: Draft, target: Mapping[str, Any], *, at: datetime) -> Effect:
    """The effect of this promise on the cases of the year before now; a number asked for before is counted anew.

    The caller enqueues `jobs.count_effect` in the same transaction.
    """
    effect, _ = Effect.objects.update_or_create(
        draft=draft,
        value=int(target["value"]),
        unit=target["unit"],
        defaults={
            "state": Effect.State.WAITING,
            "asked_at": at,
            "from_at": at - YEAR,
            **dict.fromkeys(("total", "done", "late_now", "late_then"), 0),
        },
    )
    return effect


def effect_of(version: AgreementVersion) -> Effect | None:
    """The effect that belongs to a version before its signature; None where nothing can be counted."""
    target, draft = version.response_target, Draft.objects.filter(version=version).first()
    if draft is None or target is None or not countable(target):
        return None
    return draft.effects.filter(value=int(target["value"]), unit=target["unit"]).first()


def refuse_uncounted(version: AgreementVersion) -> None:
    """Raises EffectNotCounted for a renewal whose promise was not yet held against last year's cases."""
    if not version.agreement.versions.filter(number__lt=version.number).exists():
        return
    if not countable(version.response_target):
        return
    effect = effect_of(version)
    if effect is None or effect.state != Effect.State.DONE:
        raise EffectNotCounted


def count(effect_id: int, *, at: datetime) -> int:
    """Count every case; how many. 0 where it is counted already, or by another worker."""
    claimed = Effect.objects.filter(pk=effect_id).unfinished()
    if not claimed.update(state=Effect.State.RUNNING, attempt=F("attempt") + 1):
        return 0
    effect = Effect.objects.select_related("draft").get(pk=effect_id)
    try:
        return _count(effect, at=at)
    except Superseded:
        return 0


def _count(effect: Effect, *, at: datetime) -> int:
    order = list(_cases(effect).order_by("pk").values_list("pk", flat=True))
    done = now = then = 0
    for start in range(0, len(order), CHUNK):
        chunk = order[start : start + CHUNK]
        for was_late, would_be in _judged(effect, chunk, at=at):
            done, now, then = done + 1, now + was_late, then + would_be
        _write(effect, total=len(order), done=done, late_now=now, late_then=then)
    _write(effect, total=len(order), done=done, late_now=now, late_then=then, state=Effect.State.DONE)
    return done


def _cases(effect: Effect) -> CaseQuerySet:
    """The cases of the agreement's services filed in the year before the question."""
    return Case.objects.filter(
        agency_id=effect.draft.agency_id,
        offering__slug__in=effect.draft.services,
        filed_at__gte=effect.from_at,
        filed_at__lt=effect.asked_at,
    )


def _judged(effect: Effect, chunk: list[int], *, at: datetime) -> Iterator[tuple[bool, bool]]:
    """Of each case whether it was late, and whether it would have been."""
    events = _events(chunk)
    for case in Case.objects.filter(pk__in=chunk).select_related("version").defer("version__source"):
        stood = stops(case.declaration, events[case.pk])
        yield (
            _is_late(case, _due(case, case.target, stood), at=at),
            _is_late(case, _then(case, effect, stood), at=at),
        )


def _events(chunk: list[int]) -> Mapping[int, list[Event]]:
    """The events of many cases, without what is sealed, in one query."""
    rows = Event.objects.filter(subject_kind="case", subject_id__in=chunk).order_by("subject_id", "number")
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for event in rows.only("subject_id", "number", "at", "facts"):
        found[event.subject_id].append(event)
    return found


def _then(case: Case, effect: Effect, stood: Sequence[Stop]) -> datetime | None:
    """When it would have been due by the new promise."""
    if effect.unit in LENGTHS:
        return due_after(effect.value, effect.unit, filed_at=case.filed_at, stops=stood)
    unit, minutes = WORKING[effect.unit]
    return _due(case, replace(case.target, within=effect.value * minutes, unit=unit), stood)


def _due(case: Case, target: Target, stood: Sequence[Stop]) -> datetime | None:
    return deadline_of(case.agency_id, target, filed_at=case.filed_at, stops=stood).due_at


def _is_late(case: Case, due: datetime | None, *, at: datetime) -> bool:
    """Whether the answer came, or is still out, after the due date; a clock that stands is never late."""
    return due is not None and (case.answered_at or at) > due


def _write(effect: Effect, **facts: Any) -> None:
    mine = Effect.objects.filter(pk=effect.pk, attempt=effect.attempt, state=Effect.State.RUNNING)
    if not mine.update(**facts):
        raise Superseded
