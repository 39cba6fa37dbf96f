"""What a promise would have meant for last year's cases: asked for, counted in the background, shown."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.jobs.running import has_failed
from mizban.kit.filters import grouped
from mizban.kit.requests import DeskRequest
from mizban.lib.text import ascii_digits
from mizban.office.agreements import renewal
from mizban.office.agreements.jobs import count_effect
from mizban.office.agreements.models import Draft, Effect
from mizban.office.agreements.words import UNITS, amount

from .finding import draft_of, keeper, post_only

MOST = 365
# What is asked for on the page; a clause may promise minutes, too.
ASKED = {unit: UNITS[unit] for unit in ("working_days", "working_hours", "days", "hours")}


@dataclass(frozen=True, slots=True)
class Shown:
    """An effect in a sentence; `fraction` of what is counted while it is not over."""

    effect: Effect
    sentence: str
    fraction: float | None


@keeper
@post_only
def ask(request: DeskRequest, draft_id: int) -> HttpResponse:
    """Count what so many days or hours would have meant; a number that is none is passed over."""
    draft = draft_of(request, draft_id)
    typed = ascii_digits(request.POST.get("days", "")[:5].strip())
    unit = request.POST.get("unit", "working_days")
    if unit in renewal.COUNTED and typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST:
        begin(request, draft, {"value": int(typed), "unit": unit})
    return redirect("desk:draft", request.agency.slug, draft.pk)


def begin(request: DeskRequest, draft: Draft, target: dict[str, Any]) -> None:
    """Have it counted, unless it is being counted now."""
    running = draft.effects.unfinished().filter(value=target["value"], unit=target["unit"])
    if any(settled(each).state != Effect.State.FAILED for each in running):
        return
    with transaction.atomic():
        effect = renewal.ask(draft, target, at=request.now)
        effect.job_id = UUID(count_effect.enqueue(effect.pk).id)
        effect.save(update_fields=["job_id"])


def settled(effect: Effect) -> Effect:
    """The effect as it really stands: one whose job failed will not be counted."""
    is_open = effect.state in (Effect.State.WAITING, Effect.State.RUNNING)
    if is_open and effect.job_id and has_failed(effect.job_id):
        Effect.objects.filter(pk=effect.pk).unfinished().update(state=Effect.State.FAILED)
        effect.refresh_from_db()
    return effect


def shown_effects(draft: Draft) -> list[Shown]:
    """All that was asked of a draft, the latest first."""
    return [shown(settled(effect)) for effect in draft.effects.all()[:10]]


def shown(effect: Effect) -> Shown:
    promise = amount({"value": effect.value, "unit": effect.unit})
    if effect.state == Effect.State.DONE:
        said = (
            f"با مهلت {promise}، از {grouped(effect.total)} پروندهٔ سال گذشته {grouped(effect.late_then)} پرونده دیر "
            f"می‌شد؛ با مهلت کنونی {grouped(effect.late_now)} پرونده دیر شد."
        )
        if not effect.total:
            said = f"با مهلت {promise}: در سال گذشته پرونده‌ای نبود."
        return Shown(effect, said, None)
    if effect.state == Effect.State.FAILED:
        return Shown(effect, f"شمارش با مهلت {promise} به خطا خورد. دوباره بخواهید.", None)
    fraction = effect.done / effect.total if effect.total else 0.0
    return Shown(
        effect,
        f"شمارش با مهلت {promise}: {grouped(effect.done)} از {grouped(effect.total)} پرونده.",
        fraction,
    )
