"""Figures move by what happened, and by nothing else."""

from collections.abc import Callable
from datetime import timedelta

from mizban.core.cases.models import Case
from mizban.office.compliance.figures import Figure
from mizban.office.compliance.folding import fold
from mizban.office.compliance.recompute import differences
from tests.conftest import SATURDAY

Said = Callable[..., dict[str, Figure]]
DAY = timedelta(days=1)


def pairs(found: dict[str, Figure]) -> dict[str, tuple[int | None, int | None]]:
    return {row: (figure.numerator, figure.denominator) for row, figure in found.items()}


def test_an_answer_in_time_moves_the_figures_of_answers(
    filed: Callable[..., Case], replied: Callable[..., None], said: Said
) -> None:
    case = filed()
    before = pairs(said(at=SATURDAY + DAY))
    replied(case)
    after = pairs(said(at=SATURDAY + DAY))
    moved = {row for row in after if after[row] != before[row]}
    assert moved == {"Sx-2.1", "Sx-3.2"}
    assert after["Sx-3.2"] == (1, 1)


def test_what_was_folded_is_what_the_log_says(
    filed: Callable[..., Case], replied: Callable[..., None], said: Said
) -> None:
    case = filed()
    said()
    replied(case, after=30 * DAY)
    said(at=SATURDAY + 31 * DAY)
    assert differences(case.agency) == []
    assert fold(at=SATURDAY) == 0
