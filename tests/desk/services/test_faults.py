"""Sara reads in Persian what is wrong with her text; no fault of the code is left untranslated."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from mizban.core import declarations
from mizban.core.declarations.nodes import BrokenDeclaration
from mizban.core.declarations.reading import read
from mizban.web.desk.services.faults import in_persian, sentences
from tests.example import RESIDENCE


def faults_in_the_code() -> Iterator[str]:
    """The first argument of every `fault(…)` and the second of every `Fault(…)`, what varies written `{}`."""
    for path in Path(declarations.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                name, place = (
                    (getattr(call.func, "attr", ""), 0) if isinstance(call.func, ast.Attribute) else ("", 1)
                )
                is_fault = name == "fault" or getattr(call.func, "id", "") == "Fault"
                if is_fault and len(call.args) > place:
                    yield from texts(call.args[place])


def texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        case ast.BinOp(left=left, right=right):
            yield from (one + other for one in texts(left) for other in texts(right))
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*texts(body), *texts(orelse))


def test_every_fault_of_the_code_is_said_in_persian() -> None:
    told = sentences()
    # «{}» for a verb is written out: Persian has another sentence for each.
    found = {each for each in faults_in_the_code() if each != "target «{}» {} with «{}», which is no step"}
    assert len(found) > 80
    assert found <= set(told), sorted(found - set(told))


def test_what_varies_is_put_in_its_place() -> None:
    for wrong, instead, expected in (
        ("by: expert", "by: janitor", "«janitor» در «by» شناخته نیست. یکی از این‌ها را برگزینید: applicant"),
        ("[approve, refuse]", "[burn]", "مهلت «answer» با «burn» پایان می‌یابد که گام نیست."),
        ("title: گواهی سکونت", "titel: گواهی سکونت", "کلید «titel» شناخته نیست."),
    ):
        with pytest.raises(BrokenDeclaration) as broken:
            read(RESIDENCE.replace(wrong, instead))
        assert any(in_persian(fault.message).startswith(expected) for fault in broken.value.faults), expected
    assert in_persian("something new") == "something new"
