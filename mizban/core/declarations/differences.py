"""What changed between two versions of a service, as Persian sentences for a site officer. Pure.

Every attribute of the grammar is compared by its name, so that nothing new can change unsaid; `naming` has the words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, cast

from mizban.lib.text import persian_digits

from .conditions import Condition
from .fields import Field, Option
from .grammar import APPLICANT_KINDS, After, Declaration, Target
from .naming import ATTRIBUTES, BOTH_WAYS, NAMED, SKIPPED
from .wording import TURNS, amount, condition, taker

Things = Mapping[str, Any]


def differences(before: Declaration, after: Declaration) -> list[str]:
    """Every difference as a sentence, in the order of the declaration; empty for texts that say the same."""
    walk = _Walk(before, after)
    found = [
        *walk.attributes("خدمت", before, after),
        *walk.attributes("شناسنامه", before.identity, after.identity),
        *walk.form(),
        *(each for name in NAMED for each in walk.things(name, getattr(before, name), getattr(after, name))),
        *walk.targets(),
    ]
    return [f"{sentence}." for sentence in found]


@dataclass(frozen=True, slots=True)
class _Walk:
    before: Declaration
    after: Declaration

    def form(self) -> Iterator[str]:
        """The questions, and the pages they stand on."""
        old, new = self.before, self.after
        yield from self.things("form", _by_name(old.form), _by_name(new.form))
        pages = [page.title for page in old.pages], [page.title for page in new.pages]
        if pages[0] != pages[1]:
            yield f"صفحه‌های فرم از {_listed(pages[0]) or 'یک صفحه'} به {_listed(pages[1]) or 'یک صفحه'} تغییر کرد"
        kept = [field.name for field in new.form if old.field(field.name)]
        if kept != [field.name for field in old.form if new.field(field.name)]:
            yield "ترتیب پرسش‌ها عوض شد"
        page_of = [{f.name: page.title for page in each.pages for f in page.fields} for each in (old, new)]
        if pages[0] == pages[1]:
            for name in kept:
                was, now = page_of[0][name], page_of[1][name]
                if was != now:
                    label = _label(new.field(name))
                    yield f"پرسش «{label}» از صفحهٔ «{was}» به صفحهٔ «{now}» رفت"

    def targets(self) -> Iterator[str]:
        """Promises: their length and its unit are one amount."""
        yield from self.things("targets", self.before.targets, self.after.targets)

    def things(self, part: str, old: Things, new: Things, called: str = "") -> Iterator[str]:
        """What came, what went, and what of the others is not as it was."""
        called = called or ATTRIBUTES[part]
        for name in (*old, *(each for each in new if each not in old)):
            thing = f"{called} «{_label(old.get(name) or new[name])}»"
            if name not in new:
                yield f"{thing} برداشته شد"
            elif name not in old:
                yield f"{thing} افزوده شد"
            else:
                yield from self.attributes(thing, old[name], new[name])
        if list(new) != list(old) and part == "states" and next(iter(new), "") != next(iter(old), ""):
            yield f"پرونده‌ها اکنون در «{_label(next(iter(new.values())))}» آغاز می‌شوند"

    def attributes(self, thing: str, old: Any, new: Any) -> Iterator[str]:
        """The attributes of one thing that are not as they were."""
        if isinstance(old, Target) and (old.within, old.unit) != (new.within, new.unit):
            same = old.unit == new.unit
            was = persian_digits(str(old.within)) if same else amount(old.within, old.unit)
            yield f"{thing} از {was} به {amount(new.within, new.unit)}"
        for each in fields(old):
            was, now = getattr(old, each.name), getattr(new, each.name)
            if was == now or each.name in SKIPPED.get(type(old), ()):
                continue
            if each.name == "columns":
                yield from self.things("columns", _by_name(was), _by_name(now), f"{thing}، ستون")
            elif each.name == "options":
                yield from self._options(thing, was, now)
            elif each.name in BOTH_WAYS and isinstance(was, bool):
                yield f"{thing}: {BOTH_WAYS[each.name][now]}"
            else:
                yield self._changed(f"{thing}: {ATTRIBUTES.get(each.name, each.name)}", each.name, was, now)

    def _options(self, thing: str, old: Sequence[Option], new: Sequence[Option]) -> Iterator[str]:
        was, now = ({option.value: option.label for option in each} for each in (old, new))
        for value in (*was, *(each for each in now if each not in was)):
            if value not in now:
                yield f"{thing}: گزینهٔ «{was[value]}» برداشته شد"
            elif value not in was:
                yield f"{thing}: گزینهٔ «{now[value]}» افزوده شد"
            elif was[value] != now[value]:
                yield f"{thing}: گزینهٔ «{was[value]}» اکنون «{now[value]}» است"
        if set(was) == set(now) and list(was) != list(now):
            yield f"{thing}: ترتیب گزینه‌ها عوض شد"

    def _changed(self, what: str, name: str, was: Any, now: Any) -> str:
        if was in ("", None, (), 0):
            return f"{what} افزوده شد: {self._words(name, now, self.after)}"
        if now in ("", None, (), 0):
            return f"{what} برداشته شد: {self._words(name, was, self.before)}"
        return f"{what} از {self._words(name, was, self.before)} به {self._words(name, now, self.after)} تغییر کرد"

    def _words(self, name: str, value: Any, said_in: Declaration) -> str:
        """A value as people read it; names of states, steps and parties by their labels."""
        match value:
            case Condition():
                return condition(value, said_in.form)
            case After():
                return amount(value.within, value.unit)
            case tuple():
                return "، ".join(self._words(name, each, said_in) for each in value)
            case int():
                return persian_digits(f"{value:,}").replace(",", "٬")
            case str():
                return f"«{self._label(name, value, said_in)}»"
            case _ if is_dataclass(value):
                given = ((each.name, getattr(value, each.name)) for each in fields(value))
                return "، ".join(
                    self._words(each, held, said_in) for each, held in given if held not in ("", (), None)
                )
            case _:
                return f"«{value}»"

    def _label(self, name: str, value: str, said_in: Declaration) -> str:
        """What a name stands for, by the attribute it is found in."""
        if name == "turn":
            return TURNS.get(value, value)
        if name == "applicants":
            return APPLICANT_KINDS.get(value, value)
        if name in ("by", "of", "owed_by", "brings"):
            return taker(value if name != "brings" else f"party:{value}", said_in)
        for things in (said_in.states, said_in.steps, said_in.targets, said_in.parties):
            if (
                name in ("from_", "to", "until", "starts", "in_", "part_of", "not_by", "signed_in_starts_at")
                and value in things
            ):
                return _label(cast("Mapping[str, Any]", things)[value])
        field = said_in.field(value) if name in ("unit_from", "title_from", "source") else None
        return field.label if field else persian_digits(value) if name != "code" else value


def _by_name(questions: Sequence[Field]) -> dict[str, Field]:
    return {field.name: field for field in questions}


def _label(thing: Any) -> str:
    return str(getattr(thing, "label", "") or TARGETS.get(thing.name, thing.name))


def _listed(titles: Sequence[str]) -> str:
    return "، ".join(f"«{title}»" for title in titles if title)


# Promises often have a name only; these are the ones services use.
TARGETS = {"answer": "پاسخ", "first": "نخستین پاسخ", "decision": "تصمیم", "issue": "صدور"}
