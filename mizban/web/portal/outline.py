"""The questions of a service in their places: the same for everybody who opens its form, so worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from mizban.core.declarations.applicants import questions_of
from mizban.core.declarations.fields import Field
from mizban.core.declarations.grammar import Declaration
from mizban.core.declarations.mandates import mandate_questions

from .asking import to_ask

Asked = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Outline:
    """A form before anybody has written in it; `form` are the declared questions with their choices."""

    service: Declaration
    form: tuple[Field, ...]

    @cached_property
    def about_applicant(self) -> tuple[Field, ...]:
        """Who applies, and for whom."""
        return questions_of(self.service)

    @cached_property
    def questions(self) -> tuple[Field, ...]:
        return self.about_applicant + self.form

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Who applies, and for whom, then the questions under the headings they are declared with."""
        asked = {field.name: field for field in self.form}
        named = [
            Section(page.title or "درخواست", tuple(asked[field.name] for field in page.fields))
            for page in self.service.pages
        ]
        # Who applies for oneself is asked nothing about a mandate: in pages, that page is passed by.
        mandate = len(mandate_questions(self.service.representation)) - 1
        if mandate < 1:
            return (Section(self._applicant_title, self.about_applicant), *named)
        who, by_right = self.about_applicant[:-mandate], self.about_applicant[-mandate:]
        return (Section(self._applicant_title, who), Section("نمایندگی", by_right), *named)

    @property
    def _applicant_title(self) -> str:
        return "دستگاه" if self.service.applicants == ("agency",) else "متقاضی"

    @property
    def in_pages(self) -> bool:
        """Whether the form is walked page by page; one declared in one piece stands on one page."""
        return len(self.service.pages) > 1

    @cached_property
    def sheets(self) -> tuple[tuple[Section, ...], ...]:
        """The sections page by page."""
        return tuple((section,) for section in self.sections) if self.in_pages else (self.sections,)

    def through(self, number: int | None) -> tuple[Field, ...]:
        """The questions up to page `number` (None: all of them)."""
        sheets = self.sheets if number is None else self.sheets[: max(number + 1, 0)]
        return tuple(field for sheet in sheets for section in sheet for field in section.fields)

    @cached_property
    def asked_of_anybody(self) -> Asked:
        """What may still be asked of one who has answered nothing, by name."""
        return {field.name: field for field in to_ask(self.questions, {})}

    def asked(self, number: int, known: Mapping[str, Any]) -> Asked:
        """Every question on the way: those before page `number` that were asked, those here and after that may be."""
        before = self.through(number - 1)
        if not before:
            return self.asked_of_anybody
        answered = [field for field in before if field.is_asked(known)]
        return {field.name: field for field in (*answered, *to_ask(self.questions[len(before) :], known))}


@lru_cache(maxsize=256)
def outline_of(service: Declaration, form: tuple[Field, ...]) -> Outline:
    """The outline of a service with the choices one agency gives."""
    return Outline(service, form)
