"""What a schema requires under which answers is what the server requires: both are asked, and must agree."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from jsonschema_rs import validator_for

from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.declarations.kinds import KINDS
from mizban.web.api.form.properties import property_of
from mizban.web.api.form.schemas import answers_of
from mizban.web.examples.candidates import candidates
from mizban.web.examples.examples import Example, Form, example_of

TODAY = date(2026, 11, 21)
# A computed value is typed by nobody; of somebody's case there is no example.
UNTYPED = ("computed", "case")
AB = (Option("a", "الف"), Option("b", "ب"))


def is_(name: str, wanted: Any) -> Condition:
    return Condition("is", name=name, wanted=wanted)


WHICH = Field("which", "choice", "کدام؟", options=AB)
SURE = Field("sure", "yes_no", "مطمئنید؟", show_if=is_("which", "b"))
COUNT = Field("count", "number", "چند تا؟", required=False)
FORM = (
    WHICH,
    SURE,
    COUNT,
    Field("because", "text", "چرا؟", show_if=is_("sure", True)),
    Field("unless", "text", "و گرنه؟", show_if=Condition("not", (is_("sure", True),))),
    Field("many", "text", "همه", required_if=Condition("greater", name="count", wanted=3)),
    Field("either", "text", "یا", show_if=Condition("any", (is_("which", "a"), is_("sure", False)))),
    Field("both", "text", "و", show_if=Condition("all", (is_("which", "b"), is_("count", 2)))),
    Field("among", "text", "در", show_if=Condition("in", name="which", wanted=("b", "c")), required=False),
    Field("fewer", "text", "کمتر", required_if=Condition("less", name="count", wanted=3)),
    Field("said", "text", "گفته", required_if=Condition("answered", name="sure", wanted=True)),
    Field("unsaid", "text", "نگفته", required_if=Condition("answered", name="count", wanted=False)),
)
EVERY = [
    {name: value for name, value in zip(("which", "sure", "count"), values, strict=True) if value is not None}
    for values in product(("a", "b"), (True, False, None), (2, 5, None))
]


@pytest.mark.parametrize("answers", EVERY, ids=str)
def test_the_schema_and_the_server_miss_the_same_answers(answers: dict[str, Any]) -> None:
    schema = answers_of(FORM, Example(), today=TODAY)
    missed = {name for name, wrong in fill(FORM, answers).errors.items() if wrong.code == "required"}
    rest = {name: "هست" for name in missed if name != "sure"} | ({"sure": False} if "sure" in missed else {})
    assert validator_for(schema).is_valid(answers) is not bool(missed)
    whole = answers | rest
    assert validator_for(schema).is_valid(whole) is not bool(fill(FORM, whole).errors)


def test_the_example_brings_the_fewest_questions() -> None:
    example = example_of(Form(FORM, (), TODAY))
    assert example.passes
    assert not fill(FORM, example.answers).errors
    assert set(example.answers) <= {"which", "unless", "either", "unsaid"}


def test_where_every_choice_brings_one_the_example_still_passes() -> None:
    """Then what the example cannot do without is required too, as docs/api.md says."""
    form = (
        WHICH,
        Field("of_a", "text", "الف", show_if=is_("which", "a")),
        Field("of_b", "text", "ب", show_if=is_("which", "b")),
    )
    example = example_of(Form(form, (), TODAY))
    schema = answers_of(form, example, today=TODAY)
    assert schema["required"] == ["which", "of_a"]
    assert not fill(form, schema["examples"][0]).errors


@pytest.mark.parametrize(
    "kind", [kind for kind, known in KINDS.items() if not known.is_file and kind not in UNTYPED]
)
def test_every_kind_has_an_example_that_fits_schema_and_server(kind: str) -> None:
    field = field_of(kind)
    found = candidates(field, today=TODAY)
    assert found, kind
    for answer in found:
        assert validator_for(property_of(field)).is_valid(answer), (kind, answer)
        assert not fill([field], {"it": answer}, today=TODAY).errors


def field_of(kind: str) -> Field:
    columns = (WHO, Field("amount", "rials", "مبلغ")) if kind == "rows" else ()
    return Field(
        "it", kind, "چیست؟", options=AB, columns=columns, unique=("who",) if columns else (), least_rows=2
    )


WHO = Field("who", "national_id", "کد ملی")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("number", -1),
        ("number", 10**15),
        ("number", 1.5),
        ("number", True),
        ("rials", -1),
        ("rials", 2**63),
        ("choices", 5),
        ("choices", {"a": 1}),
        ("choices", [["a"]]),
        ("choices", ["c"]),
        ("choice", ["a"]),
        ("yes_no", []),
        ("yes_no", "شاید"),
        ("text", 5),
        ("text", {"a": 1}),
        ("date", 14050830),
        ("date", "1405-13-01"),
        ("plate", {"two": 12}),
        ("plate", ["12"]),
        ("plot", {"main": {}}),
        ("national_id", 65123492),
        ("declaration", False),
        ("period", {"from": "1405-01-01"}),
        ("period", "1405-01-01"),
        ("address", {"province": "تبریز", "city": "تبریز", "street": "خیابان", "postal_code": "5166616471"}),
        ("rows", [{"who": "0065123492", "amount": 5}]),
        ("rows", [{"who": "0065123492", "amount": 5}, {"who": "1367458218", "amount": 5, "more": 1}]),
        ("rows", {"who": 1}),
        ("bill", "12/13"),
    ],
)
def test_what_a_program_gets_wrong_is_refused_by_schema_and_server(kind: str, wrong: Any) -> None:
    """Whatever JSON can hold is refused with a code, never with a fault."""
    field = field_of(kind)
    assert fill([field], {"it": wrong}, today=TODAY).errors["it"].code
    assert not validator_for(property_of(field)).is_valid(wrong)
