"""A form that is being filled: its questions, what was typed so far, and whether it can be filed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mizban.core.cases import files as case_files
from mizban.core.cases.models import Offering
from mizban.core.cases.questions import asked_of
from mizban.core.declarations.applicants import IDENTIFIER_NAMES, Applicant, identify, questions
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.people.actors import PUBLIC
from mizban.kit.forms import Bound
from mizban.kit.requests import AgencyRequest, Request
from mizban.lib.identifiers.malformed import Malformed
from mizban.web import posted
from mizban.web.posted import Posted
from mizban.web.words import readable

# Of the identifier, by kind of applicant; companies and agencies have a legal id.
IDENTIFIER_KINDS = {"natural": "national_id", "foreign": "foreign_id"}
Rows = list[tuple[Field, Any]]


def identifier_field(kind: str, name: str) -> Field:
    """The identifier as a question of its own kind, to show it."""
    return Field(name, IDENTIFIER_KINDS.get(kind, "legal_id"), identifier_name(kind))


def identifier_name(kind: str) -> str:
    return IDENTIFIER_NAMES.get(kind, IDENTIFIER_NAMES["legal"])


@dataclass(frozen=True, slots=True)
class Draft:
    """What an applicant has written for an offering, under the form's token."""

    offering: Offering
    token: str
    about_applicant: tuple[Field, ...]
    form: tuple[Field, ...]
    posted: Posted

    @property
    def questions(self) -> tuple[Field, ...]:
        return self.about_applicant + self.form

    @property
    def pages(self) -> list[tuple[str, tuple[Field, ...]]]:
        """The questions under the headings they are declared with."""
        asked = {field.name: field for field in self.form}
        declared = self.offering.declaration.pages
        named = [
            (page.title or "درخواست", tuple(asked[field.name] for field in page.fields)) for page in declared
        ]
        return [("متقاضی", self.about_applicant), *named]

    def bounds(self, errors: dict[str, Malformed]) -> list[tuple[str, list[Bound]]]:
        """The questions as the page shows them, under their headings."""
        raw, files = self.posted.raw, self.posted.files
        every = posted.bounds(self.questions, raw, {**errors, **self.posted.errors}, files)
        shown = {bound.field.name: bound for bound in every}
        return [(title, [shown[field.name] for field in fields]) for title, fields in self.pages]

    def carried(self) -> list[tuple[str, str]]:
        """Names and values of the hidden inputs of the review page."""
        return [("token", self.token), *posted.carried(self.questions, self.posted)]

    def checked(self) -> "Checked":
        """Everything checked at once; nothing is stored."""
        kinds = self.offering.declaration.applicants
        applicant, about = identify(kinds, self.posted.raw)
        asked = fill(self.form, self.posted.raw, self.posted.files, checks=self.offering.declaration.checks)
        errors = {**about.errors, **asked.errors, **self.posted.errors}
        return Checked(self, applicant, {**about.answers, **asked.answers}, errors)


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with its cleaned answers and its errors."""

    draft: Draft
    applicant: Applicant | None
    answers: dict[str, Any]
    errors: dict[str, Malformed]

    def sections(self) -> list[tuple[str, Rows]]:
        """Everything as people read it, under its headings; of files, their names and sizes."""
        return [(title, self._rows(fields)) for title, fields in self.draft.pages]

    def _rows(self, fields: Sequence[Field]) -> Rows:
        kind = self.answers.get("applicant_kind", "")
        called = [
            identifier_field(kind, field.name) if field.name == "applicant_identifier" else field
            for field in fields
        ]
        read = {field.name: value for field, value in readable(called, self.answers)} | self._files()
        return [(field, read[field.name]) for field in called if field.name in read]

    def _files(self) -> dict[str, Any]:
        names: dict[str, Any] = {}
        for file in case_files.brought(self.draft.form, self.answers, self.draft.posted.files):
            names.setdefault(file.field, []).append((case_files.name_of(file), file.size))
        return names


def fresh(request: AgencyRequest, offering: Offering) -> Draft:
    """An empty form, but for what the address chooses beforehand."""
    draft = _draft(offering, posted.new_token())
    draft.posted.raw.update(_presets(request, draft.form))
    return draft


def sent(request: AgencyRequest, offering: Offering) -> Draft:
    """The form as it was posted, its uploads taken in."""
    empty = _draft(offering, posted.token_of(request))
    read = posted.read(request, empty.questions, agency_id=request.agency.pk, token=empty.token)
    return replace(empty, posted=read)


def _presets(request: Request, fields: Sequence[Field]) -> dict[str, str]:
    """Plain choices only: nothing personal comes from an address."""
    wanted = {field.name: request.GET.get(field.name, "") for field in fields if field.plain}
    return {
        field.name: wanted[field.name]
        for field in fields
        if field.plain and wanted[field.name] in {option.value for option in field.options}
    }


def _draft(offering: Offering, token: str) -> Draft:
    return Draft(
        offering=offering,
        token=token,
        about_applicant=questions(offering.declaration.applicants),
        form=asked_of(offering, by=PUBLIC).fields,
        posted=Posted({}, {}, {}),
    )
