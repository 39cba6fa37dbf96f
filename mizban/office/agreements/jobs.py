"""Long work on agreements, run by the worker (`core.jobs`)."""

from django.utils import timezone
from django_tasks import task

from mizban.core.people.actors import Staff
from mizban.core.people.models import Role

from . import drafting, renewal
from .ending import steps
from .models import Draft, Ending


@task()
def read_draft(draft_id: int) -> str:
    """Read an uploaded text; the state the draft is in afterwards."""
    draft = Draft.objects.get(pk=draft_id)
    if draft.state == Draft.State.WAITING:
        drafting.read(draft, at=timezone.now())
        draft.refresh_from_db()
    return str(draft.state)


@task()
def count_effect(effect_id: int) -> int:
    """Hold a new promise against last year's cases; how many were looked at. 0 where another worker has it."""
    return renewal.count(effect_id, at=timezone.now())


@task()
def back_up(ending_id: int) -> str:
    """Make and try the backup that an end needs; the state afterwards."""
    return steps.back_up(ending_id, at=timezone.now())


@task()
def erase_data(ending_id: int, user_id: int, name: str) -> int:
    """Destroy the keys of an ended agreement's cases by order of a director, named so; how many."""
    ending = Ending.objects.get(pk=ending_id)
    by = Staff(user_id, name, ending.agreement.agency_id, frozenset({Role.DIRECTOR}))
    return steps.erase_all(ending_id, by=by, at=timezone.now())
