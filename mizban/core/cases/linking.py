"""Cases that belong together: linked, or a duplicate of the same applicant merged into the one that goes on."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.grammar import MERGED
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.core.refusals import NotYours, Refusal
from mizban.core.sealing import cipher

from .inhouse.assigning import CaseClosed
from .inhouse.inside import is_at_home, refuse_outsiders
from .models.links import CaseLink
from .models.party import Party
from .sight.parties import bring_unit
from .steps import approving
from .writing import record, refuse_if_behind

if TYPE_CHECKING:
    from .models import Case

# Events that say a case has others beside it.
KINDS = frozenset({"linked", "merged", "absorbed", "complained"})
LINK, MERGE = "link", "merge"
CODE = Field("code", "text", "کد رهگیری پروندهٔ دیگر", max_length=30)
HOW = Field(
    "how",
    "choice",
    "چه کنیم؟",
    options=(
        Option(LINK, "پیوند دو پرونده؛ هر دو جداگانه پاسخ می‌گیرند"),
        Option(MERGE, "ادغام در آن پرونده؛ این یکی تکراری است و بسته می‌شود"),
    ),
)
QUESTIONS = (CODE, HOW)


class SameCase(Refusal):
    """A case is not linked to itself."""

    code = "same-case"
    status = 422
    message = "این همان پرونده است. کد رهگیری پروندهٔ دیگر را بنویسید."


class OtherApplicant(Refusal):
    """The answer to one person is not given in the case of another."""

    code = "other-applicant"
    status = 422
    message = "متقاضی دو پرونده یکی نیست، پس ادغام نمی‌شوند. می‌توانید آن‌ها را به هم پیوند دهید."


def link(case: "Case", other: "Case", *, by: Staff, at: datetime, seen: int | None = None) -> Event:
    """Note on both that they belong together; the applicants hear nothing of it.

    The caller has found `other` through what `by` sees. Raises NotYours, ActedFirst, SameCase.
    """
    _refuse(case, other, by=by, seen=seen)
    with transaction.atomic():
        _hold(case, other)
        CaseLink.add(case, other, at=at)
        record(other, "linked", by=by, at=at, facts={"other": case.code})
        return record(case, "linked", by=by, at=at, facts={"other": other.code})


def merge(case: "Case", into: "Case", *, by: Staff, at: datetime, seen: int | None = None) -> Event:
    """Close a duplicate: its applicant is answered in `into`, from where its papers are read.

    Raises NotYours, ActedFirst, SameCase, CaseClosed (either is over), OtherApplicant.
    """
    _refuse(case, into, by=by, seen=seen)
    if not (case.is_open and into.is_open):
        raise CaseClosed
    if not _same_applicant(case, into):
        raise OtherApplicant
    closed: dict[str, Any] = {"state": MERGED.name, "turn": MERGED.turn, "is_open": False, "wake_at": None}
    with transaction.atomic():
        _hold(case, into)
        CaseLink.add(case, into, at=at, is_merged=True)
        if into.unit:
            bring_unit(case, into.unit.slug)
        approving.close(case, at=at)
        record(into, "absorbed", by=by, at=at, facts={"other": case.code})
        return record(case, "merged", by=by, at=at, facts={"to": MERGED.name, "other": into.code}, **closed)


def _refuse(case: "Case", other: "Case", *, by: Staff, seen: int | None) -> None:
    for each in (case, other):
        refuse_outsiders(each, by)
        # A unit that was asked for its word writes that and closes nobody's case.
        if not is_at_home(each, by):
            raise NotYours
    refuse_if_behind(case, seen, by=by)
    if case.pk == other.pk:
        raise SameCase


def _hold(*cases: "Case") -> None:
    """Both rows, in one order: of two who join the same cases from both sides the second waits for the first."""
    held = (
        type(cases[0]).objects.select_for_update().filter(pk__in=[case.pk for case in cases]).order_by("pk")
    )
    list(held.values_list("pk"))


def _same_applicant(case: "Case", other: "Case") -> bool:
    """By kind and identifier, of which the blind index is enough: nothing is opened for it."""
    mine, theirs = Party.who_applied(case), Party.who_applied(other)
    indexes = mine.identifier_index or b"", theirs.identifier_index or b""
    return mine.kind == theirs.kind and bool(indexes[0]) and cipher.same(*map(bytes, indexes))
