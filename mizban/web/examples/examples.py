"""Answers that can be filed as they stand, worked out for today from the declaration itself.

What a choice brings with it is kept small: of all ways to answer the questions that decide over others, the one is
taken that makes the fewest other questions required. Rules of the by-law then have their say: where they refuse an
answer, the next one that is right by itself is tried.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice, product
from typing import Any

from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import Filled, cleaned, fill
from mizban.core.declarations.kinds import KINDS

from .candidates import candidates

MOST_WAYS = 3000
MOST_MENDED = 40
Options = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked, by which rules, on which day (Tehran's); `known` is what rules may look at besides the answers."""

    fields: tuple[Field, ...]
    checks: tuple[str, ...]
    today: date
    known: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A submission: `answers`, and the required questions that take `files`; `passes` if nothing is wrong with it."""

    answers: dict[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    passes: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The questions it answers."""
        return (*self.answers, *self.files)


@lru_cache(maxsize=128)
def example_of(form: Form) -> Example:
    """The smallest submission that passes; one that does not, only where none was found."""
    options = {each.name: candidates(each, today=form.today) for each in form.fields}
    first: Example | None = None
    for decided in _ways(form, options):
        found = _mended(form, {**options, **decided})
        if found.passes:
            return found
        first = first or found
    return first or Example()


def _ways(form: Form, options: Options) -> list[Options]:
    """Ways to answer the questions that decide over others, those first that bring the fewest questions with them."""
    deciding = {name for each in form.fields for name in _looked_at(each)}
    names = [name for name, values in options.items() if name in deciding and values]
    ways = []
    for values in islice(product(*(options[name] for name in names)), MOST_WAYS):
        decided = {name: (value,) for name, value in zip(names, values, strict=True)}
        brought = _brought(form, _answered(form, {**options, **decided}, {}))
        ways.append((len(brought), decided))
    # Sorting is stable: of equals, the first as declared.
    return [decided for _, decided in sorted(ways, key=lambda way: way[0])]


def _looked_at(each: Field) -> Iterator[str]:
    for condition in (each.show_if, each.required_if):
        if condition is not None:
            yield from condition.names()


def _brought(form: Form, example: Example) -> list[str]:
    """The answered questions that are required only because of other answers."""
    return [each.name for each in form.fields if is_conditional(each) and each.name in example.names]


def is_conditional(each: Field) -> bool:
    """Whether other answers decide if this question must be answered."""
    return each.show_if is not None or each.required_if is not None


def _answered(form: Form, options: Options, places: Mapping[str, int]) -> Example:
    """Every required question answered with its option at `places` (0 where none is given), the others left out."""
    answers: dict[str, Any] = {}
    known: dict[str, Any] = {}
    files = []
    for each in form.fields:
        if each.computed and (value := each.computed.of(known)) is not None:
            known[each.name] = value
        if each.computed or not (each.is_asked(known) and each.is_required(known)):
            continue
        kind = KINDS[each.kind]
        if kind.is_file:
            files.append(each.name)
        elif options[each.name]:
            answers[each.name] = options[each.name][places.get(each.name, 0)]
            known[each.name] = cleaned(each, answers[each.name], today=form.today)
    return Example(answers, tuple(files))


def _mended(form: Form, options: Options) -> Example:
    """The example, its refused answers replaced one after another as long as there are others to try."""
    places: dict[str, int] = {}
    for _ in range(MOST_MENDED):
        example = _answered(form, options, places)
        errors = _filled(form, example).errors
        if not errors:
            return Example(example.answers, example.files, passes=True)
        movable = [name for name in errors if places.get(name, 0) + 1 < len(options.get(name, ()))]
        if not movable:
            break
        places |= {name: places.get(name, 0) + 1 for name in movable}
    return _answered(form, options, {})


def _filled(form: Form, example: Example) -> Filled:
    # A file that is there, of a media type nobody asks after: the example file fits.
    files = dict.fromkeys(example.files, (None,))
    return fill(
        form.fields, example.answers, files, checks=form.checks, today=form.today, known=dict(form.known)
    )
