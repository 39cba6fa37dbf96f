"""A form as a page shows it: each declared field with what was typed, what is wrong and what is attached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mizban.core.declarations.fields import Field, Option
from mizban.lib.rials import in_words, parse

from .widgets import EXTENSIONS, RADIOS_UP_TO, WIDGETS, Widget

YES, NO = "yes", "no"
PARTS = {"plate": ("two", "letter", "three", "region"), "plot": ("main", "sub")}

Value = str | Sequence[str] | Mapping[str, str] | bool | None


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
    line under the control; `prefix` keeps the names of two forms on one page apart.
    """

    field: Field
    value: Value = None
    error: str | None = None
    attached: tuple[Attached, ...] = ()
    prefix: str = ""
    required: bool | None = None
    note: str = ""

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
        return self.field.help or self.widget.help

    @property
    def example(self) -> str:
        """An example, for kinds whose shape is not obvious."""
        return self.field.example if self.widget.shows_example else ""

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
        if self.note or self.field.kind != "rials" or self.error or not self.text:
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
        return tuple(self.value)

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
    return data.get(name, "")


def kept_ids(name: str, lists: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The ids of files that were attached before and are not being taken off now."""
    removed = set(lists.get("remove", ()))
    return tuple(each for each in lists.get(f"{name}__kept", ()) if each not in removed)


def with_errors(bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    """The questions that need mending: what a page gives as `errors`."""
    return tuple(bound for bound in bounds if bound.error)
