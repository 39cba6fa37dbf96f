"""Every service can be filed from its own schema, by a program that knows nothing else, again and again."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import validator_for

from mizban import services
from mizban.core.agencies.models import Unit
from mizban.core.cases.models import Case, Offering
from tests.conftest import SATURDAY, make_agency

from .conftest import Program, tracked

SOURCES = {path.parent.name: path for path in Path(services.__file__).parent.glob("*/service.yaml")}
NAMES = sorted(SOURCES)


@pytest.fixture
def service(db: None, name: str) -> str:
    """One of all services there are, offered by an office with its unit and with another agency beside it."""
    office = make_agency("eaz-economy", "اداره کل امور اقتصادی و دارایی استان آذربایجان شرقی")
    make_agency("forests", "اداره کل منابع طبیعی استان")
    offering = Offering.publish(office, SOURCES[name].read_text("utf-8"), at=SATURDAY)
    if offering.declaration.unit:
        Unit.objects.get_or_create(agency=office, slug=offering.declaration.unit, defaults={"name": "واحد"})
    return offering.slug


def filled(schema: dict[str, Any], program: Program) -> Any:
    """The first examples of all required properties, and for each file the one the schema names."""
    if "examples" in schema:
        return schema["examples"][0]
    if schema.get("format") == "file":
        content = program.get(schema["x-example-file"])
        assert content.status_code == 200
        assert content["Content-Type"] == schema["contentMediaType"]
        return program.upload(content.content, "نمونه").json()["id"]
    if schema["type"] == "array":
        return [filled(schema["items"], program)]
    assert schema["type"] == "object", schema
    return {name: filled(schema["properties"][name], program) for name in schema["required"]}


def schema_of(program: Program, service: str) -> dict[str, Any]:
    response = program.get(f"services/eaz-economy/{service}/form")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_program_files_from_the_schema_alone_and_again(service: str, clock: Any) -> None:
    program = Program()
    for _ in range(2):
        schema = schema_of(program, service)
        body = filled(schema, program)
        assert validator_for(schema).is_valid(body), list(validator_for(schema).iter_errors(body))
        filed = program.post("cases", body)
        assert filed.status_code == 201, filed.content.decode()
        assert tracked(program, filed).json()["state"]
        # Dates are worked out when the schema is served: another year files as well.
        clock.shift(timedelta(days=400))
    assert Case.objects.count() == 2


@pytest.mark.parametrize("name", NAMES)
def test_what_holds_files_or_names_a_case_has_no_examples_and_the_rest_has(service: str) -> None:
    schema = schema_of(Program(), service)
    assert "examples" not in schema
    cases = {name for name, part in schema["properties"]["answers"]["properties"].items() if names_case(part)}
    for part, where in _properties(schema):
        of_case = bool(cases & set(where.split(".")))
        assert ("examples" in part) is not (of_case or has_file(part)), where
    for part, where in _properties(schema):
        if part.get("format") == "file":
            assert part["contentMediaType"], where


@pytest.mark.parametrize("name", NAMES)
def test_only_what_every_submission_must_have_is_required(service: str) -> None:
    """A question that depends on others stands in a condition: no example needs one of them."""
    schema = schema_of(Program(), service)["properties"]["answers"]
    declaration = Offering.objects.get(slug=service).declaration
    conditional = {field.name for field in declaration.form if field.show_if or field.required_if}
    assert conditional.isdisjoint(schema["required"])


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_requires_what_the_server_requires(service: str) -> None:
    """Without any one of the required answers, both refuse."""
    program = Program()
    schema = schema_of(program, service)
    validator, body = validator_for(schema), filled(schema, program)
    for missing in schema["properties"]["answers"]["required"]:
        answers = {key: value for key, value in body["answers"].items() if key != missing}
        without = {**body, "answers": answers}
        refused = program.post("cases", without)
        assert not validator.is_valid(without)
        assert refused.status_code == 422
        assert f"answers.{missing}" in {each["field"] for each in refused.json()["errors"]}


def names_case(schema: dict[str, Any]) -> bool:
    """Whether this question is answered with the code of another case: nobody can be given one as an example."""
    return set(schema.get("properties", {})) == {"code", "password"}


def has_file(schema: Any) -> bool:
    """Whether anything in this schema takes a file."""
    if isinstance(schema, dict):
        return schema.get("format") == "file" or any(has_file(part) for part in schema.values())
    return isinstance(schema, list) and any(has_file(part) for part in schema)


def _properties(schema: dict[str, Any], where: str = "") -> list[tuple[dict[str, Any], str]]:
    """Every property at any depth with its path; the items of an array stand for themselves."""
    found = []
    for name, part in schema.get("properties", {}).items():
        found.append((part, f"{where}.{name}"))
        found += _properties(part, f"{where}.{name}")
    return found
