"""What a list of cases can be narrowed to."""

from datetime import datetime
from typing import Literal

from django.db.models import Q
from ninja import Schema
from pydantic import Field

from mizban.core.cases.models import CaseQuerySet
from mizban.core.cases.models.shelves import shelves
from mizban.core.people.actors import Staff

# A NUL or half a character reaches no database.
PLAIN = r"^[-a-z0-9_]{1,50}$"


class Filters(Schema):
    """What can be asked for; everything given must hold."""

    service: str | None = Field(None, pattern=PLAIN, description="نامک خدمت")
    state: str | None = Field(None, pattern=PLAIN, description="نام وضعیت، چنان‌که خدمت اعلام کرده است")
    turn: Literal["office", "applicant", "party", "nobody"] | None = Field(None, description="نوبت کیست")
    is_open: bool | None = Field(None, description="باز یا بسته")
    late: bool = Field(default=False, description="تنها آن‌ها که از موعد گذشته‌اند")
    mine: bool = Field(default=False, description="تنها پرونده‌هایی که با دارندهٔ توکن‌اند")
    limit: int = Field(25, ge=1, le=100)
    cursor: str = Field("", pattern=r"^[0-9]{0,18}$", description="از «next_cursor» پاسخ پیشین")


def narrowed(cases: CaseQuerySet, filters: Filters, *, actor: Staff, at: datetime) -> CaseQuerySet:
    """Those of the cases that fit."""
    given = {
        "offering__slug": filters.service,
        "state": filters.state,
        "turn": filters.turn,
        "is_open": filters.is_open,
        "assignee_id": actor.user_id if filters.mine else None,
    }
    wanted = Q(**{name: value for name, value in given.items() if value is not None})
    late = shelves(user_id=actor.user_id, unit_ids=(), at=at, soon_until=at)["late"]
    return cases.on(wanted & late if filters.late else wanted)
