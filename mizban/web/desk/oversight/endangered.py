"""Clauses in danger as rows: one for each finding, however many clauses and agreements it stands in."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from mizban.kit.filters import fa
from mizban.kit.page import State
from mizban.office.agreements.models import Agreement, AgreementVersion
from mizban.office.compliance.figures import Figure
from mizban.office.oversight.dangers import ORDER, Danger

from . import words

CHIPS: dict[str, tuple[State, str]] = {
    "broken": ("late", "این ماه شکست"),
    "heading": ("soon", "رو به شکستن"),
    "near": ("soon", "نزدیک مرز"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """An agreement of an office with its figures of this month, what is in danger, and what was missed before too."""

    agreement: Agreement
    version: AgreementVersion
    figures: Sequence[Figure]
    dangers: Sequence[Danger]
    standing: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Row:
    """A finding: the first clause it stands in, where else, its figure of this month and why it is in danger.

    `number` and `ref` lead to the cases behind it; they are empty where there are none to look at.
    """

    chip: tuple[State, str]
    figure: Figure
    places: str
    now: str
    why: str
    number: int | None
    ref: str


def endangered(measured: Iterable[Measured]) -> list[Row]:
    """What is in danger in these agreements, the worst first."""
    groups: dict[Hashable, list[tuple[Measured, Danger]]] = {}
    for one in measured:
        for danger in one.dangers:
            groups.setdefault(_same(one, danger), []).append((one, danger))
    ordered = sorted(groups.values(), key=lambda group: ORDER.index(group[0][1].kind))
    return [_row(group) for group in ordered]


def _same(one: Measured, danger: Danger) -> Hashable:
    """Clauses with one key have one figure; what counts people's cases is each agreement's own."""
    figure = danger.figure
    whose = one.agreement.pk if figure.counts_cases else None
    return (
        danger.kind,
        figure.measure,
        figure.topic,
        figure.numerator,
        figure.denominator,
        figure.target,
        whose,
    )


def _row(group: Sequence[tuple[Measured, Danger]]) -> Row:
    one, danger = next((each for each in group if each[1].figure.clause_id), group[0])
    figure = danger.figure
    now, why = words.told(danger)
    has_cases = bool(figure.counts_cases and figure.clause_id and figure.short)
    return Row(
        chip=CHIPS[danger.kind],
        figure=figure,
        places=_places(group),
        now=now,
        why=why,
        number=one.agreement.number if has_cases else None,
        ref=figure.ref if has_cases else "",
    )


def _places(group: Sequence[tuple[Measured, Danger]]) -> str:
    """«توافق‌نامهٔ ۱، بند ۶ و ۱۱؛ توافق‌نامهٔ ۲، بند ۵»."""
    found: dict[int, list[str]] = {}
    for one, danger in group:
        found.setdefault(one.agreement.number, []).append(_place(one, danger.figure))
    return "؛ ".join(f"توافق‌نامهٔ {fa(number)}، {_clauses(places)}" for number, places in found.items())


def _place(one: Measured, figure: Figure) -> str:
    """The place of a clause among those of its version; figures stand in their order. Nothing for the title."""
    place = next((number for number, each in enumerate(one.figures, start=1) if each is figure), 0)
    return fa(place) if figure.clause_id else ""


def _clauses(places: Sequence[str]) -> str:
    numbered = [each for each in places if each]
    said = [f"بند {' و '.join(numbered)}"] if numbered else []
    return " و ".join([*said, *(["عنوان"] if len(numbered) < len(places) else [])])
