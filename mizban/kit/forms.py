"""A form as a page shows it: each declared field with what was typed, what is wrong and what is attached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.kinds import KINDS
from mizban.lib.rials import in_words, parse

from .widgets import EXTENSIONS, RADIOS_UP_TO, WIDGETS, Widget

YES, NO = "yes", "no"
PARTS = {name: kind.parts for name, kind in KINDS.items() if kind.parts}
# So many cells of a table stand on a page to be typed; a longer one comes from a sheet. Posted fields are limited, too.
MOST_CELLS = 160

# Room for what a return names beyond the questions of the form.
FREE_LINES = 2

Value = str | Sequence[str] | Mapping[str, str] | Sequence[Mapping[str, Any]] | bool | None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is already here; `id` comes back in `<name>__kept`, or in `remove` to take it off."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Bound:
    """One question on the page: the field as declared, the raw value, the sentence that says what is wrong.

    `required` overrides the declaration where other answers decide (`Field.is_required`); `note` is a soft
    line under the control; `prefix` keeps the names of two forms on one page apart. Of a table, `cells` are the
    sentences on single cells by row and column, and `stored` the id of rows too many to stand on the page. `bare` is
    a cell: its heading has its help; `anchor` an id of its own, for the one the error summary leads to.
    """

    field: Field
    value: Value = None
    error: str | None = None
    attached: tuple[Attached, ...] = ()
    prefix: str = ""
    required: bool | None = None
    note: str = ""
    cells: Mapping[tuple[int, str], str] = dataclass_field(default_factory=dict, hash=False)
    stored: str = ""
    bare: bool = False
    anchor: str = ""

    @property
    def id(self) -> str:
        return self.anchor or self.name

    @property
    def is_blank(self) -> bool:
        """Whether nobody has written here yet: then the question looks the same to everybody, and is kept drawn.

        One made for a single case quotes what was written in it: it is drawn anew, and forgotten with the page.
        """
        if self.field.of_one_case or (self.value is not None and self.value != ""):
            return False
        return not (self.error or self.attached or self.note or self.cells or self.stored)

    @property
    def name(self) -> str:
        """The control's name and id, which links of the error summary point at."""
        return self.prefix + self.field.name

    @property
    def widget(self) -> Widget:
        """How this kind of question is put; a choice among many is a select, among few radios."""
        widget = WIDGETS[self.field.kind]
        if widget.macro == "radios" and len(self.field.options) > RADIOS_UP_TO:
            return replace(widget, macro="select", grouped=False)
        if self.bare and (widget.grouped or self.options):
            # A cell is one control: a choice is a list, a plate or a plot is written in one line.
            return replace(widget, macro="select" if self.options else "line", grouped=False)
        if widget.macro == "file" and self.attached:
            return replace(widget, grouped=True)
        return widget

    @property
    def is_optional(self) -> bool:
        """Whether the label says «(اختیاری)»."""
        return not (self.field.required if self.required is None else self.required)

    @property
    def help(self) -> str:
        """What to write: the declaration's own words, or the kind's."""
        return "" if self.bare else self.field.help or self.widget.help

    @property
    def example(self) -> str:
        """An example, for kinds whose shape is not obvious."""
        return self.field.example if self.widget.shows_example and not self.bare else ""

    @property
    def described_by(self) -> str:
        """The ids of the help and of the error, in the order they are read."""
        ids = [(self.help or self.example, "help"), (self.error, "error"), (self.remark, "note")]
        return " ".join(f"{self.name}-{part}" for said, part in ids if said)

    @property
    def complaint(self) -> str:
        """The error as the summary says it, away from its field: with the label, unless it is in it."""
        label, error = self.field.label, self.error or ""
        if label in error:
            return error
        return f"{label} {error}" if label.endswith("؟") else f"{label}: {error}"

    @property
    def remark(self) -> str:
        """What stands under the control: the note given, or the amount in words once it can be read."""
        if self.note or self.field.kind != "rials" or self.error or not self.text or self.bare:
            return self.note
        try:
            return f"{in_words(parse(self.text))} ریال"
        except ValueError:
            return ""

    @property
    def text(self) -> str:
        """The raw value of a control that holds one text."""
        if isinstance(self.value, bool):
            return YES if self.value else NO
        return self.value if isinstance(self.value, str) else ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The raw values of ticked boxes or of the one radio."""
        if isinstance(self.value, str | bool) or self.value is None:
            return (self.text,) if self.text else ()
        return tuple(str(each) for each in self.value)

    def part(self, part: str) -> str:
        """The raw value of one part of a plate or a plot."""
        return self.value.get(part, "") if isinstance(self.value, Mapping) else ""

    @property
    def options(self) -> Sequence[Option]:
        """What can be chosen: as declared, or yes and no."""
        return YES_OR_NO if self.field.kind == "yes_no" else self.field.options

    @property
    def accept(self) -> str:
        """The extensions a browser offers for this question."""
        return ",".join(EXTENSIONS[name] for name in self.field.formats)

    @property
    def room(self) -> int:
        """How many more files may be attached."""
        most = self.field.max_files if self.field.kind == "files" else 1
        return max(0, most - len(self.attached))

    @property
    def remarks(self) -> dict[str, str]:
        """Of a list of items: each that was named, with its remark."""
        typed = self.value if isinstance(self.value, Sequence) and not isinstance(self.value, str) else ()
        return {
            str(each.get("item", "")): str(each.get("remark", ""))
            for each in typed
            if isinstance(each, Mapping)
        }

    @property
    def free_items(self) -> list[str]:
        """Of a list of items: those that are no question of the form, and room for more."""
        known = {option.value for option in self.options}
        return [*(item for item in self.remarks if item not in known), *[""] * FREE_LINES]

    @property
    def rows(self) -> "list[list[Bound]]":
        """The cells of a table, row by row; an empty row where there is none yet."""
        typed = self.value if isinstance(self.value, Sequence) and not isinstance(self.value, str) else ()
        lines = [line for line in typed if isinstance(line, Mapping)] or [{}]
        first = min(self.cells, default=(0, self.columns[0].name if self.columns else ""))
        return [
            [self._cell(n, column, line, first) for column in self.columns] for n, line in enumerate(lines)
        ]

    @property
    def columns(self) -> Sequence[Field]:
        """The columns somebody fills in."""
        return [column for column in self.field.columns if column.computed is None]

    @property
    def number_of_rows(self) -> int:
        return len(self.value) if isinstance(self.value, Sequence) else 0

    @property
    def rows_by_hand(self) -> int:
        """How many rows have room on the page."""
        return rows_by_hand(self.field)

    def _cell(self, number: int, column: Field, line: Mapping[str, Any], first: tuple[int, str]) -> "Bound":
        typed = line.get(column.name, "")
        return Bound(
            replace(column, name=f"{self.name}__{number}__{column.name}"),
            typed if isinstance(typed, str) else str(typed),
            self.cells.get((number, column.name)),
            bare=True,
            required=column.required,
            anchor=self.name if (number, column.name) == first else "",
        )


def rows_by_hand(field: Field) -> int:
    """How many rows of a table can be typed on a page."""
    return max(1, min(MOST_CELLS // max(1, len(field.columns)), field.most_rows or MOST_CELLS))


YES_OR_NO = (Option(YES, "بله"), Option(NO, "خیر"))


def raw_value(
    field: Field, data: Mapping[str, str], lists: Mapping[str, Sequence[str]], prefix: str = ""
) -> Value:
    """What was sent for `field`, in the shape a `Bound` keeps; `lists` has all values of a repeated name."""
    name = prefix + field.name
    if field.kind in PARTS:
        return {part: data.get(f"{name}__{part}", "") for part in PARTS[field.kind]}
    if field.kind == "choices":
        return list(lists.get(name, ()))
    if field.kind == "items":
        named = [each for each in lists.get(name, ()) if each.strip()]
        return [{"item": each, "remark": data.get(f"{name}__{each}", "")} for each in named]
    return data.get(name, "")


def kept_ids(name: str, lists: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The ids of files that were attached before and are not being taken off now."""
    removed = set(lists.get("remove", ()))
    return tuple(each for each in lists.get(f"{name}__kept", ()) if each not in removed)


def with_errors(bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    """The questions that need mending: what a page gives as `errors`."""
    return tuple(bound for bound in bounds if bound.error)
