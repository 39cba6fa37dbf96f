"""What a question allows: least and most, days past and to come, formats of files; and what rules know besides."""

import zipfile
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

from mizban.core.cases.papers import files
from mizban.core.declarations.fields import FORMATS, Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.rules import RULES
from mizban.lib.identifiers.malformed import Malformed

TODAY = date(2026, 11, 21)  # 30 Aban 1405
SHEET = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("number", "۱", "too-small"),
        ("number", "۲", None),
        ("number", "۳۶", None),
        ("number", "۳۷", "too-great"),
        ("rials", "1", "too-small"),
        ("rials", "۳۶ ریال", None),
        ("rials", "37", "too-great"),
    ],
)
def test_a_number_or_an_amount_has_a_least_and_a_most(kind: str, typed: str, code: str | None) -> None:
    errors = fill([Field("it", kind, "شمار", least=2, most=36)], {"it": typed}).errors
    assert (errors["it"].code if errors else None) == code


def test_without_bounds_zero_is_an_answer() -> None:
    assert fill([Field("it", "rials", "جریمه")], {"it": "0"}).answers == {"it": 0}


@pytest.mark.parametrize(
    ("day", "typed", "code"),
    [
        ("past", "۱۴۰۵/۰۸/۳۰", None),
        ("past", "۱۴۰۵/۰۹/۰۱", "not-yet"),
        ("future", "۱۴۰۵/۰۸/۳۰", "gone-by"),
        ("future", "۱۴۰۵/۰۹/۰۱", None),
        ("", "۱۴۰۵/۰۹/۰۱", None),
    ],
)
def test_a_day_is_past_or_to_come(day: str, typed: str, code: str | None) -> None:
    field = Field("it", "date", "روز", day=day)
    errors = fill([field], {"it": typed}, today=TODAY).errors
    assert (errors["it"].code if errors else None) == code
    assert not errors or "نمونه: ۱۴۰۵/" in errors["it"].message
    assert fill([field], {"it": typed}).errors == {}, "who does not know the day looks at none"


def test_a_question_takes_only_its_formats() -> None:
    letter, table = Field("it", "file", "نامه"), Field("it", "file", "جدول", formats=("xlsx",))
    sent = {"it": [SimpleNamespace(media_type=FORMATS["xlsx"])]}
    assert fill([letter], {}, sent).errors["it"].code == "wrong-format"
    assert fill([table], {}, sent).errors == {}


def packed(entries: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return written.getvalue()


def test_a_workbook_is_known_by_what_is_in_it() -> None:
    assert files.media_type_of(packed(SHEET)) == FORMATS["xlsx"]
    assert set(FORMATS.values()) == set(files.MEDIA_TYPES)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed({"a.txt": b"x"}), "wrong-kind"),
        (packed({"[Content_Types].xml": b"", "word/document.xml": b""}), "wrong-kind"),
        (packed({**SHEET, "xl/vbaProject.bin": b"x"}), "has-macros"),
        (packed(SHEET)[:40], "wrong-kind"),
        (b"PK\x03\x04" + b"\x00" * 200, "wrong-kind"),
    ],
    ids=["other zip", "word", "macros", "cut", "zeros"],
)
def test_what_only_looks_like_a_workbook_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Malformed) as refusal:
        files.media_type_of(data)
    assert refusal.value.code == code


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1000)
    with pytest.raises(Malformed) as refusal:
        files.media_type_of(packed({**SHEET, "xl/sheet1.xml": b" " * 2000}))
    assert refusal.value.code == "too-large"


def test_rules_may_know_who_applies(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def look(answers: Any) -> dict[str, Malformed]:
        seen.update(answers)
        return {}

    monkeypatch.setitem(RULES, "look", look)
    filled = fill(
        [Field("it", "text", "متن")], {"it": "x"}, checks=("look",), known={"applicant_kind": "legal"}
    )
    assert seen == {"it": "x", "applicant_kind": "legal"}
    assert filled.answers == {"it": "x"}, "what rules know is no answer"
