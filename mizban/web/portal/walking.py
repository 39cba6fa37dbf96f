"""The way through a form of several pages: what each page asks, which come next, which are left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mizban.core.declarations.fields import Field
from mizban.kit.forms import Bound
from mizban.lib.identifiers.malformed import Malformed
from mizban.web import posted

from .drafts import Draft
from .outline import Asked, Section

REVIEW = "بازبینی"


@dataclass(frozen=True)
class Place:
    """Where somebody stands in a draft: at page `number`, counted from 0; the review comes after the last page."""

    draft: Draft
    number: int

    @cached_property
    def known(self) -> dict[str, Any]:
        """What was answered on the pages before."""
        return self.draft.answers_before(self.number)

    @cached_property
    def asked(self) -> Asked:
        """Every question on the way: those before that were asked, those here and after that still may be."""
        return self.draft.outline.asked(self.number, self.known)

    @cached_property
    def stops(self) -> list[int]:
        """The pages with something to ask; others are passed by."""
        return [
            number
            for number, sheet in enumerate(self.draft.sheets)
            if any(field.name in self.asked for section in sheet for field in section.fields)
        ]

    @cached_property
    def sections(self) -> list[Section]:
        """What this page asks, under its headings; empty at the review."""
        if self.is_review:
            return []
        found = (self._left_of(section) for section in self.draft.sheets[self.number])
        return [section for section in found if section.fields]

    def _left_of(self, section: Section) -> Section:
        kept = tuple(self.asked[field.name] for field in section.fields if field.name in self.asked)
        return Section(section.title, kept)

    @property
    def is_review(self) -> bool:
        return self.number >= len(self.draft.sheets)

    @property
    def is_first(self) -> bool:
        return self.number == 0

    @property
    def title(self) -> str:
        return REVIEW if self.is_review else title_of(self.draft.sheets[self.number])

    @property
    def next_title(self) -> str:
        """What the next page is called, as far as it can be known yet."""
        ahead = [number for number in self.stops if number > self.number]
        return title_of(self.draft.sheets[ahead[0]]) if ahead else REVIEW

    @property
    def bars(self) -> list[str]:
        """The names of all pages on the way, then the review."""
        names = [title_of(self.draft.sheets[number]) for number in self.stops]
        return [*names, REVIEW] if self.draft.in_pages else [*names, REVIEW, "رسید"]

    @property
    def bar(self) -> int:
        """Which of the bars this page is, counted from one."""
        return 1 + sum(number < self.number for number in self.stops)

    def after(self) -> "Place":
        """The next page that has something to ask, given what is known once this one is answered; or the review."""
        number = len(self.draft.sheets)
        ahead = Place(self.draft, min(self.number + 1, number))
        return Place(self.draft, next((stop for stop in ahead.stops if stop > self.number), number))

    def before(self) -> "Place":
        """The page before that has something to ask; the first one stays."""
        return Place(self.draft, max((stop for stop in self.stops if stop < self.number), default=0))

    def at(self, number: int) -> "Place":
        """Page `number`; where it has nothing to ask, the one before it that has."""
        place = Place(self.draft, number)
        return place if number in place.stops else place.before()

    def first_with(self, errors: Mapping[str, Malformed]) -> "Place":
        """The first page with one of these errors; this one for an error that belongs to no question."""
        for number, sheet in enumerate(self.draft.sheets):
            if any(field.name in errors for section in sheet for field in section.fields):
                return Place(self.draft, number)
        return Place(self.draft, min(self.number, len(self.draft.sheets) - 1))

    def bounds(self, errors: Mapping[str, Malformed]) -> list[tuple[str, list[Bound]]]:
        """The questions as the page shows them, under their headings; who asks alone is not asked which kind it is."""
        sent, wrong = self.draft.posted, {**self.draft.posted.errors, **errors}
        return [
            (section.title, posted.bounds(self._visible(section), sent.raw, wrong, sent.files))
            for section in self.sections
        ]

    def _visible(self, section: Section) -> list[Field]:
        return [
            field
            for field in section.fields
            if not (field.name == "applicant_kind" and len(field.options) == 1)
        ]

    def carried(self) -> list[tuple[str, str]]:
        """Hidden inputs for everything this page does not show: nothing typed is lost, whatever is asked by now."""
        shown = {field.name for section in self.sections for field in self._visible(section)}
        return self.draft.carried([field for field in self.draft.questions if field.name not in shown])


def title_of(sheet: tuple[Section, ...]) -> str:
    """One section's own title; several together are the writing."""
    return sheet[0].title if len(sheet) == 1 else "نوشتن"
