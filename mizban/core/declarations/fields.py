"""A field of a form: what is asked, of which kind, and when it is asked at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .computing import Computation
from .conditions import Condition

# What a question for files can take, by the word declarations use.
FORMATS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
USUAL_FORMATS = ("pdf", "jpg", "png")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: the stored `value` and the Persian `label` people see."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form, as declared.

    `kind` names an entry of `kinds.KINDS`; `plain` answers are stored readable because lists and counts need them,
    every other answer is sealed with the case's key. `signed_in_may_omit` is for papers that prove who a guest speaks
    for. `search` lets clerks find the case by words of this answer. `least` and `most` bound a number or an amount (0:
    no bound); `day` is «past» for dates up to today, «future» for dates after it. `letters` is a word of
    `bounds.LETTERS`. `columns` are the questions of each row of a table, `unique` those in which no two rows are alike.
    `computed` is how a value nobody types comes about, `result` what it is; `prefill` names a look-up. `of_one_case` is
    never declared: such a question was made for one case, and what it says, often in somebody's words, must not outlive
    the page.
    """

    name: str
    kind: str
    label: str
    help: str = ""
    example: str = ""
    required: bool = True
    plain: bool = False
    options: tuple[Option, ...] = ()
    min_length: int = 0
    max_length: int = 0
    max_files: int = 1
    least: int = 0
    most: int = 0
    day: str = ""
    formats: tuple[str, ...] = USUAL_FORMATS
    show_if: Condition | None = None
    required_if: Condition | None = None
    signed_in_may_omit: bool = False
    search: bool = False
    letters: str = ""
    columns: tuple["Field", ...] = ()
    least_rows: int = 0
    most_rows: int = 0
    unique: tuple[str, ...] = ()
    computed: Computation | None = None
    result: str = ""
    prefill: str = ""
    of_one_case: bool = False

    def __hash__(self) -> int:
        """Cheap, because pages look up what they keep of a question by it; equality still compares all of it."""
        return hash((self.name, self.kind, self.label))

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether this question is asked, given the other answers so far."""
        return self.show_if is None or self.show_if.holds(answers)

    def is_required(self, answers: Mapping[str, Any]) -> bool:
        """Whether an empty answer is refused, given the other answers so far."""
        if self.required_if is not None:
            return self.required_if.holds(answers)
        return self.required

    def label_of(self, value: str) -> str:
        """The Persian label of a chosen option; the value itself where no option has it."""
        return next((option.label for option in self.options if option.value == value), value)
