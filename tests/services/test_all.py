"""What holds for every service: nothing is wrong with it, its examples can be filed, its promises are told."""

from dataclasses import replace
from typing import Any

import pytest

from mizban.config.command import _check_service
from mizban.core.declarations.applicants import Applicant
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.declarations.kinds import KINDS
from mizban.lib.jalali import local
from tests.conftest import MARYAM, SATURDAY

from .conftest import NAMES, ROADS, Province, declared, examples

TODAY = local(SATURDAY).date()
APPLICANTS = {
    "natural": MARYAM,
    "legal": Applicant("legal", "شرکت آذر پی", "10861234565", "+989141234567"),
    "foreign": Applicant("foreign", "عبدالله نظری", "105123456789", "+989141234567"),
    "agency": ROADS,
}
FIRST = {"government-vehicles", "claims-reporting", "deed-dispatch", "salaries"}


@pytest.mark.parametrize("slug", NAMES)
def test_nothing_is_wrong_with_it(slug: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _check_service([f"mizban/services/{slug.replace('-', '_')}"]) == 0
    assert "no fault" in capsys.readouterr().out
    assert declared(slug).slug == slug


@pytest.mark.parametrize("slug", NAMES)
def test_every_question_that_must_be_answered_has_an_example(slug: str) -> None:
    silent = {"date", "file", "files", "declaration", "rows", "computed", "iban"}
    columns = [column for field in declared(slug).form for column in field.columns]
    asked = [
        field for field in (*declared(slug).form, *columns) if field.required and field.kind not in silent
    ]
    assert [field.name for field in asked if not field.example] == []


@pytest.mark.parametrize("slug", NAMES)
def test_its_examples_ask_for_nothing_more(slug: str) -> None:
    """A program that answers what is always required has answered everything."""
    declaration = declared(slug)
    always = {
        field.name
        for field in declaration.form
        if field.required and not (field.show_if or field.required_if)
    }
    files = {field.name: [object()] for field in declaration.form if KINDS[field.kind].is_file}
    typed = {name: value for name, value in examples(declaration).items() if name in always}
    asked = [_with_agencies(field) for field in declaration.form]
    assert fill(asked, typed, files, checks=declaration.checks, today=TODAY).errors == {}


def _choices() -> list[tuple[str, dict[str, str]]]:
    """Every service with every answer to its plain choices, one at a time."""
    found: list[tuple[str, dict[str, str]]] = []
    for slug in NAMES:
        plain = [field for field in declared(slug).form if field.plain and field.options]
        found += [(slug, {field.name: option.value}) for field in plain for option in field.options]
    return found


@pytest.mark.parametrize(("slug", "chosen"), _choices(), ids=str)
def test_whatever_is_chosen_can_be_filed(slug: str, chosen: dict[str, Any]) -> None:
    declaration = declared(slug)
    chosen = {**chosen, **NEEDED.get(next(iter(chosen.items())), {})}
    typed = examples(declaration, **chosen)
    asked = [_with_agencies(field) for field in declaration.form]
    files = {field.name: [object()] for field in declaration.form if KINDS[field.kind].is_file}
    assert fill(asked, typed, files, checks=declaration.checks, today=TODAY).errors == {}


# What else must be answered differently from the examples with a choice.
NEEDED: dict[tuple[str, str], dict[str, Any]] = {
    ("kind", "grace"): {"count": "1"},
    ("request", "balance"): {"deposit_kind": "all"},
    ("deposit_kind", "all"): {"request": "balance"},
    **{("deal", deal): {"permit": "commission"} for deal in ("purchase", "sale", "transfer")},
    ("plate_request", "change"): {"permit": "plate"},
    ("plate_request", "new"): {"permit": "plate"},
}


def _with_agencies(field: Field) -> Field:
    """Its example as the only agency to choose."""
    return replace(field, options=(Option(field.example, ""),)) if field.kind == "agency" else field


@pytest.mark.django_db
@pytest.mark.parametrize("slug", NAMES)
def test_everybody_it_is_for_can_file_its_examples(province: Province, slug: str) -> None:
    for kind in declared(slug).applicants:
        opened = province.file(slug, applicant=APPLICANTS[kind])
        case = opened.case
        assert case.state == case.declaration.first_state
        assert case.unit is not None
        assert case.unit.slug == case.declaration.unit
        assert case.due_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted(FIRST))
def test_a_signed_in_agency_needs_no_letter_and_nobody_confirms_it(province: Province, slug: str) -> None:
    yousef = province.of("eaz-roads-transport")
    case = province.file(slug, by=yousef).case
    assert case.state == case.declaration.signed_in_starts_at != case.declaration.first_state
    assert province.sees("eaz-roads-transport", case)
    assert not province.sees("tabriz-medical", case)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted(FIRST))
def test_a_guest_speaks_for_an_agency_once_its_letter_is_confirmed(province: Province, slug: str) -> None:
    case = province.file(slug).case
    assert not province.sees("eaz-roads-transport", case)
    province.take(case, "confirm_letter", province.clerk, spoke_with="دبیرخانه، خانم کریمی")
    assert province.sees("eaz-roads-transport", case)
    assert not province.sees("tabriz-medical", case)


@pytest.mark.parametrize("slug", NAMES)
def test_its_targets_say_that_the_number_is_the_offices_own(slug: str) -> None:
    targets = [target for target in declared(slug).targets.values() if target.is_promise]
    assert all("اداره" in target.note and target.unit == "working_days" for target in targets)


@pytest.mark.parametrize("slug", NAMES)
def test_whoever_waits_for_another_agency_can_go_on_without_it(slug: str) -> None:
    """A party that never answers in the system must not hold a case for ever: its paper can be recorded."""
    declaration = declared(slug)
    for state in declaration.states.values():
        if state.turn == "party":
            leaving = [step for step in declaration.steps_open_in(state.name) if step.to != state.name]
            assert any({"expert", "head"} & set(step.by) for step in leaving), state.name
            assert state.says


@pytest.mark.parametrize("slug", NAMES)
def test_the_applicant_can_withdraw_until_something_has_left_the_house(slug: str) -> None:
    declaration = declared(slug)
    assert declaration.first_state in declaration.steps["withdraw"].from_
    assert declaration.steps["withdraw"].by == ("applicant",)


def test_article_47_is_cited_and_nothing_beside_it() -> None:
    assert declared("debt-instalments").identity.laws == ("قانون محاسبات عمومی کشور، مادهٔ ۴۷ و تبصرهٔ آن",)
    assert declared("government-vehicles").identity.code == "10011157100"
    assert declared("deposits").identity.code == "10011146000"
