"""A form that is being filled: its questions, what was typed so far, and whether it can be filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mizban.core.cases.filing.questions import asked_of
from mizban.core.cases.filing.references import proof, resolver
from mizban.core.cases.models import Offering
from mizban.core.cases.papers import files as case_files
from mizban.core.declarations.applicants import (
    ANONYMOUS,
    IDENTIFIER_NAMES,
    KIND,
    Applicant,
    identify_for,
    refused,
)
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import Resolve, fill
from mizban.core.declarations.mandates import BY, SELF
from mizban.core.declarations.rules import Asking
from mizban.core.people.actors import PUBLIC
from mizban.kit.requests import AgencyRequest, Request
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.web import posted
from mizban.web.posted import Posted
from mizban.web.words import readable

from . import guessing
from .outline import Outline, Section, outline_of

# Of the identifier, by kind of applicant; companies and agencies have a legal id.
IDENTIFIER_KINDS = {"natural": "national_id", "foreign": "foreign_id"}
Rows = list[tuple[Field, Any]]
Errors = dict[str, Malformed]


def identifier_field(kind: str, name: str) -> Field:
    """The identifier as a question of its own kind, to show it."""
    return Field(name, IDENTIFIER_KINDS.get(kind, "legal_id"), identifier_name(kind))


def identifier_name(kind: str) -> str:
    """What the identifier of this kind of applicant is called; nothing of one without a name."""
    if kind == ANONYMOUS:
        return ""
    return IDENTIFIER_NAMES.get(kind, IDENTIFIER_NAMES["legal"])


@dataclass(frozen=True, slots=True)
class Draft:
    """What an applicant has written for an offering, under the form's token; `today` is Tehran's date.

    `resolve` says which other cases may be named.
    """

    offering: Offering
    token: str
    today: date
    outline: Outline
    posted: Posted
    resolve: Resolve

    @property
    def questions(self) -> tuple[Field, ...]:
        return self.outline.questions

    @property
    def form(self) -> tuple[Field, ...]:
        """The questions without those about the applicant."""
        return self.outline.form

    @property
    def in_pages(self) -> bool:
        return self.outline.in_pages

    @property
    def sheets(self) -> tuple[tuple[Section, ...], ...]:
        """The sections page by page."""
        return self.outline.sheets

    def asked_through(self, number: int | None) -> tuple[Field, ...]:
        """The questions of the form, without those about the applicant, up to page `number` (None: all of them)."""
        return self.outline.through(number)[len(self.outline.about_applicant) :]

    def answers_before(self, number: int) -> dict[str, Any]:
        """The right answers on the pages before this one; what is wrong or missing is left out."""
        raw, files = self.posted.raw, self.posted.files
        return fill(self.outline.through(number - 1), raw, files, today=self.today).answers

    def carried(self, fields: Sequence[Field]) -> list[tuple[str, str]]:
        """Names and values of the hidden inputs that bring these answers along; what is empty need not travel."""
        pairs = posted.carried(fields, self.posted)
        return [("token", self.token), *((name, value) for name, value in pairs if value)]

    def checked(self, *, through: int | None = None) -> "Checked":
        """Everything checked at once, or the pages up to number `through`; nothing is stored.

        Rules that look at the whole form are asked only when all of it is there.
        """
        declaration, fields = self.offering.declaration, self.asked_through(through)
        raw, files, is_whole = self.posted.raw, self.posted.files, len(fields) == len(self.form)
        applicant, about = identify_for(declaration, raw, today=self.today, files=files)
        asked = fill(
            fields,
            raw,
            files,
            checks=declaration.checks if is_whole else (),
            today=self.today,
            known=known_of(applicant),
            resolve=self.resolve,
        )
        if applicant and is_whole:
            asked.errors.update(refused(declaration, applicant, asked.answers, files, today=self.today))
        self._keep_proofs(asked.answers)
        names = {field.name for field in self.outline.through(through)}
        of_uploads = {name: error for name, error in self.posted.errors.items() if name in names}
        of_applicant = {name: error for name, error in about.errors.items() if name in names}
        errors = {**of_applicant, **asked.errors, **of_uploads}
        return Checked(self, applicant, {**about.answers, **asked.answers}, errors)

    def _keep_proofs(self, answers: Mapping[str, Any]) -> None:
        """A case that was named rightly once is carried on without its password."""
        for field in self.form:
            if field.kind == "case" and field.name in answers:
                code = answers[field.name]
                self.posted.raw[field.name] = {"code": code, "proof": proof(code, self.token)}


def known_of(applicant: Applicant | None) -> dict[str, str]:
    """What the rules of a form may look at besides its answers."""
    if applicant is None:
        return {}
    return {KIND: applicant.kind, "applicant_identifier": applicant.identifier}


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with its cleaned answers and its errors."""

    draft: Draft
    applicant: Applicant | None
    answers: dict[str, Any]
    errors: Errors

    def rows(self, section: Section) -> Rows:
        """A section as people read it; of files, their names and sizes."""
        kind = self.answers.get(KIND, "")
        called = [
            identifier_field(kind, field.name) if field.name == "applicant_identifier" else field
            for field in section.fields
        ]
        read = {field.name: value for field, value in readable(called, self.answers)} | self._files()
        return [(field, read[field.name]) for field in called if field.name in read]

    def _files(self) -> dict[str, Any]:
        names: dict[str, Any] = {}
        for file in case_files.brought(self.draft.questions, self.answers, self.draft.posted.files):
            names.setdefault(file.field, []).append((case_files.name_of(file), file.size))
        return names


def fresh(request: AgencyRequest, offering: Offering) -> Draft:
    """An empty form, but for what the address chooses beforehand."""
    draft = _draft(request, offering, posted.new_token())
    draft.posted.raw.update(posted.prefilled(draft.form, Asking(draft.today)))
    draft.posted.raw.update(_presets(request, draft.form))
    if offering.declaration.representation:
        draft.posted.raw[BY] = SELF
    return _with_only_kind(draft)


def sent(request: AgencyRequest, offering: Offering) -> Draft:
    """The form as it was posted, its uploads taken in."""
    empty = _draft(request, offering, posted.token_of(request))
    read = posted.read(request, empty.questions, agency_id=request.agency.pk, token=empty.token)
    return _with_only_kind(replace(empty, posted=read))


def _with_only_kind(draft: Draft) -> Draft:
    """Where only one kind of applicant may ask, nobody is asked which they are."""
    kinds = draft.offering.declaration.applicants
    if len(kinds) == 1:
        draft.posted.raw[KIND] = kinds[0]
    return draft


def _presets(request: Request, fields: Sequence[Field]) -> dict[str, str]:
    """Plain choices only: nothing personal comes from an address."""
    wanted = {field.name: request.GET.get(field.name, "") for field in fields if field.plain}
    return {
        field.name: wanted[field.name]
        for field in fields
        if field.plain and wanted[field.name] in {option.value for option in field.options}
    }


def _draft(request: AgencyRequest, offering: Offering, token: str) -> Draft:
    return Draft(
        offering=offering,
        token=token,
        today=local(request.now).date(),
        outline=outline_of(offering.declaration, asked_of(offering, by=PUBLIC).fields),
        posted=Posted({}, {}, {}),
        resolve=guessing.limited(request, resolver(by=PUBLIC, token=token)),
    )
