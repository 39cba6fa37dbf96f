"""Erasing a case: its key is destroyed, and with it all that was sealed; the chain of its events stays whole."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction

from mizban.core.people.actors import Actor

from .models.words import CaseWord
from .writing import record

if TYPE_CHECKING:
    from .models import Case


def erase(case: "Case", *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
    """Destroy the case's key, the words and identifiers it is found by, and its files. Raises ActedFirst.

    Nothing happens to a case that was erased before.
    """
    if case.wrapped_key is None:
        return
    with transaction.atomic():
        record(case, "erased", by=by, at=at, facts=facts, wrapped_key=None)
        CaseWord.objects.filter(case=case).delete()
        case.parties.update(identifier_index=None)
        stored = list(case.files.values_list("stored_as", flat=True))
        transaction.on_commit(lambda: _drop(stored))


def _drop(stored: list[str]) -> None:
    for name in stored:
        default_storage.delete(name)
