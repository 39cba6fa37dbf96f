"""A province in the tests: its economy office, the other parties of its cases, and papers for every question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from mizban import services
from mizban.core.agencies.models import Agency, Counterpart, Unit
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, CaseFile, Offering
from mizban.core.cases.papers import files as case_files
from mizban.core.declarations.applicants import Applicant
from mizban.core.declarations.fields import Field
from mizban.core.declarations.grammar import Declaration
from mizban.core.declarations.kinds import KINDS
from mizban.core.declarations.reading import read_cached
from mizban.core.people.actors import PUBLIC, Guest, Staff
from mizban.core.people.models import Role
from mizban.lib.jalali import local, numeric
from mizban.office.calendar.models import Calendar
from tests.conftest import SATURDAY, make_member

NAMES = (
    "claims-reporting",
    "debt-instalments",
    "deed-dispatch",
    "deposits",
    "government-vehicles",
    "salaries",
)
UNITS = {"assets": "ادارهٔ اموال", "supervision": "نظارت مالی", "treasury": "حقوق و سپرده‌ها"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
ROADS = Applicant("agency", "راهداری آذربایجان شرقی", "10380284790", "+989141234567")


def source_of(slug: str) -> str:
    folder = Path(services.__file__).parent / slug.replace("-", "_")
    return (folder / "service.yaml").read_text("utf-8")


def declared(slug: str) -> Declaration:
    return read_cached(source_of(slug))


def sheet() -> bytes:
    """A workbook as an agency sends it."""
    written = BytesIO()
    Workbook().save(written)
    return written.getvalue()


def example(field: Field, *, today: datetime) -> Any:
    """The field's own example; a day that fits for dates."""
    if field.kind == "date":
        return numeric(local(today).date() + timedelta(days=40 if field.day == "future" else -3))
    if field.columns:
        return [
            {
                column.name: example(column, today=today)
                for column in field.columns
                if column.required and not column.computed
            }
        ]
    if field.kind == "iban" and not field.example:
        return "IR820540102680020817909002"
    return "yes" if field.kind == "declaration" else field.example


def examples(declaration: Declaration, *, today: datetime = SATURDAY, **changes: Any) -> dict[str, Any]:
    """The examples of all questions that are asked and required, as somebody would type them."""
    answers: dict[str, Any] = {}
    for field in declaration.form:
        if KINDS[field.kind].is_file or field.computed or not field.is_asked(answers):
            continue
        if field.name in changes:
            answers[field.name] = changes[field.name]
        elif field.is_required(answers):
            answers[field.name] = example(field, today=today)
    return answers


@dataclass(frozen=True, slots=True)
class Province:
    """The economy office with the agencies around it, and people of each as actors."""

    office: Agency
    agencies: Mapping[str, Agency]
    clerk: Staff
    head: Staff
    director: Staff

    def of(self, slug: str, *roles: Role) -> Staff:
        """Somebody of another agency, an expert unless said otherwise."""
        agency = self.agencies[slug]
        return Staff(
            900 + agency.pk, f"همکار {agency.short_name}", agency.pk, frozenset(roles or [Role.EXPERT])
        )

    def papers(self, fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, list[CaseFile]]:
        """An upload for every file question that is asked and required."""
        wanted = [
            field
            for field in fields
            if KINDS[field.kind].is_file and field.is_asked(answers) and field.is_required(answers)
        ]
        return {field.name: [self.paper(field)] for field in wanted}

    def paper(self, field: Field) -> CaseFile:
        data = PNG if "png" in field.formats else sheet()
        return case_files.keep(
            self.office.pk, field.name, "کاغذ", data, size=len(data), token="t" * 22, at=SATURDAY
        )

    def file(self, slug: str, *, by: Any = PUBLIC, applicant: Applicant = ROADS, **changes: Any) -> Opened:
        """File the service's own examples, with these answers changed."""
        offering = Offering.publish(self.office, source_of(slug), at=SATURDAY)
        answers = examples(offering.declaration, **changes)
        papers = self.papers(offering.declaration.form, _read(answers))
        return Case.open(offering, by=by, applicant=applicant, answers=answers, files=papers, at=SATURDAY)

    def take(self, case: Case, step: str, by: Any, /, *, at: datetime = SATURDAY, **answers: Any) -> Case:
        """Take a step with these answers and every paper it asks for."""
        fields = case.declaration.steps[step].form
        case.take(step, by=by, at=at, answers=answers, files=self.papers(fields, answers))
        return case

    def sees(self, slug: str, case: Case) -> bool:
        return Case.objects.visible_to(self.of(slug)).filter(pk=case.pk).exists()


def _read(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as conditions read them."""
    words = {"yes": True, "no": False}
    return {
        name: words.get(value, value) if isinstance(value, str) else value for name, value in answers.items()
    }


AGENCIES = {
    # slug: (name, legal id, parent)
    "mefa": ("وزارت اقتصاد", "14003123464", None),
    "mrud": ("وزارت راه", "14100543220", None),
    "mohme": ("وزارت بهداشت", "14002784510", None),
    "eaz-treasury": ("خزانهٔ معین", "14100982340", "mefa"),
    "eaz-traffic-police": ("راهور", "14004512305", None),
    "eaz-roads-transport": ("راهداری", "10380284790", "mrud"),
    "tabriz-medical": ("علوم پزشکی", "14003123450", "mohme"),
    "eaz-natural-resources": ("منابع طبیعی", "14100543216", None),
}


@pytest.fixture
def province(db: None) -> Province:
    office = Agency.objects.create(slug="eaz-economy", name="اقتصاد و دارایی", short_name="اقتصاد و دارایی")
    Calendar.objects.create(agency=office, name="تقویم اداری")
    for slug, name in UNITS.items():
        Unit.objects.create(agency=office, slug=slug, name=name)
    around: dict[str, Agency] = {}
    for slug, (name, legal_id, parent) in AGENCIES.items():
        around[slug] = Agency.objects.create(
            slug=slug,
            name=name,
            short_name=name,
            legal_id=legal_id,
            has_portal=False,
            parent=around[parent] if parent else None,
        )
    for role, slug in (
        ("treasury", "eaz-treasury"),
        ("ministry", "mefa"),
        ("traffic_police", "eaz-traffic-police"),
    ):
        Counterpart.objects.create(agency=office, role=role, counterpart=around[slug])
    return Province(
        office,
        around,
        clerk=_member(office, "dara", "دارا نوری", Role.EXPERT),
        head=_member(office, "roya", "رؤیا احمدی", Role.HEAD),
        director=_member(office, "hamed", "حامد تبریزی", Role.DIRECTOR),
    )


def _member(office: Agency, username: str, name: str, role: Role) -> Staff:
    user = make_member(office, username, name, role)
    return Staff(user.pk, name, office.pk, frozenset([role]))


@pytest.fixture
def guest() -> Callable[[Case], Guest]:
    """The applicant of a case, by code and password."""
    return lambda case: Guest(case.pk)
