"""Values nobody types: worked out on the server from other answers, by a closed list of operations or a named rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from .rules import CALCULATIONS

if TYPE_CHECKING:
    from .fields import Field

Answers = Mapping[str, Any]
Numbers = list[int]


def _difference(numbers: Numbers) -> int:
    """The first without all the others."""
    return numbers[0] - sum(numbers[1:])


def _percent(numbers: Numbers) -> int | None:
    """How many hundredths the first is of the second, rounded half up; none of nothing."""
    part, whole = numbers
    return (200 * part + whole) // (2 * whole) if whole else None


OPERATIONS: dict[str, Callable[[Numbers], int | None]] = {
    "sum": sum,
    "difference": _difference,
    "product": prod,
    "percent": _percent,
}
# Of the rows of a table, or of what was ticked; of anything else, whether it was answered.
COUNT = "count"
# Of these a part that was not answered makes no value; sums and differences go without it.
WANTS_ALL = ("product", "percent")


@dataclass(frozen=True, slots=True)
class Computation:
    """An operation over `operands`: whole numbers, names of questions, or `table.column`; or a registered `rule`."""

    op: str = ""
    operands: tuple[str | int, ...] = ()
    rule: str = ""

    def of(self, answers: Answers) -> int | str | None:
        """The value for these answers (rials and numbers are whole); None while something it needs is missing."""
        if self.rule:
            return CALCULATIONS[self.rule](answers)
        if self.op == COUNT:
            return sum(_count(answers.get(str(operand))) for operand in self.operands)
        found = [_number(operand, answers) for operand in self.operands]
        numbers = [number for number in found if number is not None]
        missing = len(numbers) < len(found)
        if (
            not numbers
            or (missing and self.op in WANTS_ALL)
            or (self.op == "difference" and found[0] is None)
        ):
            return None
        return OPERATIONS[self.op](numbers)

    def names(self) -> Iterator[str]:
        """The questions it looks at, a table for its columns."""
        return (operand.partition(".")[0] for operand in self.operands if isinstance(operand, str))


def _number(operand: str | int, answers: Answers) -> int | None:
    if isinstance(operand, int):
        return operand
    table, _, column = operand.partition(".")
    found = answers.get(table)
    if not column:
        return found if isinstance(found, int) else None
    if isinstance(found, Mapping):
        # What an event kept of a table (`tables.stub`).
        kept: int | None = found["sums"].get(column)
        return kept
    return None if found is None else sum(row.get(column, 0) for row in found)


def _count(answer: Any) -> int:
    if isinstance(answer, Mapping):
        return int(answer["rows"])
    return len(answer) if isinstance(answer, list) else int(answer is not None)


def worked_out(fields: "Iterable[Field]", answers: Answers) -> dict[str, Any]:
    """The answers with every computed value as it is for them: after one of them was corrected."""
    found = dict(answers)
    for field in fields:
        value = field.computed.of(found) if field.computed else None
        if value is not None:
            found[field.name] = value
    return found
