"""The agreements of an office at its desk: what waits for a signature, drafts, ends that come near, all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import HttpResponse

from mizban.kit.page import State
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.agreements import states
from mizban.office.agreements.models import Agreement, AgreementVersion, Draft, Standing
from mizban.office.agreements.words import STATES

from ..frame import desk_page
from .finding import keeper


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement in the list: its present version, its state, days left (negative: past), days without one."""

    agreement: Agreement
    version: AgreementVersion | None
    state: tuple[str, State]
    left: int | None
    gap: states.Gap

    @property
    def is_near(self) -> bool:
        """Whether the page says so on top."""
        return self.left is not None and self.left <= states.ALERTS[0]


@keeper
def show(request: DeskRequest) -> HttpResponse:
    today = local(request.now).date()
    rows = [_row(agreement, today) for agreement in _agreements(request)]
    awaiting = AgreementVersion.objects.part_of(request.agency.pk).filter(standing=Standing.AWAITING)
    return desk_page(
        request,
        "desk/agreements/index.html",
        title="توافق‌نامه‌ها",
        here="agreements",
        rows=rows,
        near=[row for row in rows if row.is_near],
        to_sign=awaiting.exclude(signatures__agency=request.agency).defer("text", "reading"),
        signed_here=awaiting.filter(signatures__agency=request.agency).defer("text", "reading"),
        drafts=Draft.objects.visible_to(request.actor).open().defer("file", "source", "reading"),
        today=today,
    )


def _agreements(request: DeskRequest) -> Sequence[Agreement]:
    mine = Agreement.objects.filter(agency=request.agency, versions__isnull=False).distinct()
    return list(mine.order_by("number").prefetch_related("versions"))


def _row(agreement: Agreement, today: date) -> Row:
    public = [each for each in agreement.versions.all() if each.is_public]
    version = agreement.current if public else None
    state = shown_as(version.state(today=today) if version else states.AWAITING)
    until = version.valid_until if version and version.standing == Standing.IN_FORCE else None
    return Row(agreement, version, state, (until - today).days if until else None, agreement.gap(today=today))


def shown_as(state: str) -> tuple[str, State]:
    """The word of a state and the mark of its chip."""
    word, mark = STATES[state]
    return word, cast("State", mark)
