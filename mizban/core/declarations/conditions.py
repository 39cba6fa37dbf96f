"""When a question is asked: a structured condition over other answers, never a program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


def _is(answer: Any, wanted: Any) -> bool:
    return bool(answer == wanted)


def _in(answer: Any, wanted: Any) -> bool:
    return answer in wanted


def _greater(answer: Any, wanted: Any) -> bool:
    return isinstance(answer, int) and answer > wanted


def _less(answer: Any, wanted: Any) -> bool:
    return isinstance(answer, int) and answer < wanted


def _contains(answer: Any, wanted: Any) -> bool:
    return isinstance(answer, list) and wanted in answer


def _answered(answer: Any, wanted: Any) -> bool:
    return (answer is not None) is bool(wanted)


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "is": _is,
    "in": _in,
    "greater": _greater,
    "less": _less,
    "contains": _contains,
    "answered": _answered,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """`all`, `any` or `not` of other conditions, or one of `TESTS` of one answer."""

    op: str
    parts: tuple["Condition", ...] = ()
    name: str = ""
    wanted: Any = None

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the condition is true for these answers; a missing answer is None."""
        match self.op:
            case "all":
                return all(part.holds(answers) for part in self.parts)
            case "any":
                return any(part.holds(answers) for part in self.parts)
            case "not":
                return not self.parts[0].holds(answers)
            case _:
                return TESTS[self.op](answers.get(self.name), self.wanted)

    def names(self) -> set[str]:
        """The names of all answers the condition looks at."""
        return {self.name} - {""} | {name for part in self.parts for name in part.names()}
