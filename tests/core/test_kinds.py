"""Every kind of field takes what is right, shows it to people, and refuses what is wrong in a polite sentence."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizban.core.declarations.applicants import identify, questions
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill, shown
from mizban.core.declarations.kinds import KINDS
from mizban.lib.codes import new_tracking_code

OPTIONS = (Option("a", "الف"), Option("b", "ب"))
ADDRESS = {
    "province": "مرکزی",
    "city": " اراك ",
    "street": "خیابان شریعتی، پلاک ۱۲",
    "postal_code": "51666-16471",
}
CODE = new_tracking_code()
PLATE = {"two": "۱۲", "letter": "الف", "three": "۳۴۵", "region": "۱۵"}
# kind → (typed, stored, shown, wrong)
CASES: dict[str, tuple[Any, Any, str, Any]] = {
    "text": (" علي  رضايي ", "علی رضایی", "علی رضایی", ["x"]),
    "long_text": ("سطر یک\r\nسطر دو", "سطر یک\nسطر دو", "سطر یک\nسطر دو", 5),
    "number": ("۱۲", 12, "۱۲", "دوازده"),
    "rials": ("۴۸۰٬۰۰۰", 480000, "۴۸۰٬۰۰۰ ریال", "-5"),
    "date": ("۱۴۰۵/۰۸/۳۰", "2026-11-21", "شنبه ۳۰ آبان ۱۴۰۵", "۱۴۰۵/۱۳/۰۱"),
    "choice": ("a", "a", "الف", "c"),
    "choices": (["a", "b", "a"], ["a", "b"], "الف، ب", ["a", "c"]),
    "unit": ("b", "b", "ب", "nowhere"),
    "agency": ("a", "a", "الف", "nowhere"),
    "yes_no": ("no", False, "خیر", "maybe"),
    "declaration": ("on", True, "بله", "no"),
    "national_id": ("۱۳۶۷۴۵۸۲۱۸", "1367458218", "۱۳۶۷۴۵۸۲۱۸", "1367458219"),
    "legal_id": ("10380284790", "10380284790", "۱۰۳۸۰۲۸۴۷۹۰", "10380284792"),
    "foreign_id": ("105123456789", "105123456789", "۱۰۵۱۲۳۴۵۶۷۸۹", "12345"),
    "mobile": ("0914 123 4567", "+989141234567", "۰۹۱۴۱۲۳۴۵۶۷", "0914123456"),
    "landline": ("04133334444", "041-33334444", "۰۴۱-۳۳۳۳۴۴۴۴", "33334444"),
    "postal_code": ("51666-16471", "5166616471", "۵۱۶۶۶۱۶۴۷۱", "5266616471"),
    "items": (
        ["a", {"item": "کارت ملی", "remark": " پشت آن "}],
        [
            {"field": "a", "label": "الف", "remark": ""},
            {"field": "", "label": "کارت ملی", "remark": "پشت آن"},
        ],
        "الف، کارت ملی (پشت آن)",
        [{"field": "c", "remark": ""}],
    ),
    "iban": ("ir82 0540 1026 8002 0817 9090 02", "IR820540102680020817909002", "", "IR82"),
    "vin": ("naam01ca5de123456", "NAAM01CA5DE123456", "NAAM01CA5DE123456", "NAAM"),
    "plate": (PLATE, None, "", {**PLATE, "region": ""}),
    "plot": (
        {"main": "۷۲", "sub": "۱۶۱۷"},
        "1617 فرعی از 72 اصلی",
        "۱۶۱۷ فرعی از ۷۲ اصلی",
        {"main": "0", "sub": "1"},
    ),
    "economic_code": ("۱۰۳۸۰۲۸۴۷۹۰", "10380284790", "۱۰۳۸۰۲۸۴۷۹۰", "1038028"),
    "deposit_id": ("۳۸۴۰۱۲۷۴۰۰۰۱۲۳۴", "384012740001234", "۳۸۴۰۱۲۷۴۰۰۰۱۲۳۴", "شناسه"),
    "bill": (
        "123456700114/1500050515",
        "123456700114/1500050515",
        "۱۲۳۴۵۶۷۰۰۱۱۴ / ۱۵۰۰۰۵۰۵۱۵",
        "123456700113/1500050515",
    ),
    "period": (
        {"from": "۱۴۰۵/۰۱/۰۱", "until": "۱۴۰۵/۱۲/۲۹"},
        {"from": "2026-03-21", "until": "2027-03-20"},
        "از ۱ فروردین ۱۴۰۵ تا ۲۹ اسفند ۱۴۰۵",
        {"from": "۱۴۰۵/۱۲/۲۹", "until": "۱۴۰۵/۰۱/۰۱"},
    ),
    "address": (
        ADDRESS,
        {
            "province": "مرکزی",
            "city": "اراک",
            "street": "خیابان شریعتی، پلاک 12",
            "postal_code": "5166616471",
        },
        "استان مرکزی، اراک، خیابان شریعتی، پلاک ۱۲، کد پستی ۵۱۶۶۶۱۶۴۷۱",
        {**ADDRESS, "province": "ناکجا"},
    ),
    "case": ({"code": f" {CODE} "}, CODE, "", {"code": "123"}),
    "rows": (
        [{"owed_by": " شرکت راه ", "amount": "۴۸۰٬۰۰۰"}, {"owed_by": "", "amount": ""}],
        [{"owed_by": "شرکت راه", "amount": 480000}],
        "۱ سطر؛ جمع مبلغ ۴۸۰٬۰۰۰ ریال",
        [{"owed_by": "شرکت", "amount": "صد"}],
    ),
}
COLUMNS = (Field("owed_by", "text", "بدهکار"), Field("amount", "rials", "مبلغ"))


def field_of(kind: str) -> Field:
    options = OPTIONS if kind in ("choice", "choices", "items", "unit", "agency") else ()
    return Field("it", kind, "برچسب", options=options, columns=COLUMNS if kind == "rows" else ())


def test_every_kind_is_tried_here() -> None:
    # A computed value is typed by nobody.
    assert set(CASES) | {"file", "files", "computed"} == set(KINDS)


@pytest.mark.parametrize("kind", CASES)
def test_what_is_right_is_stored_and_shown(kind: str) -> None:
    typed, stored, spoken, _ = CASES[kind]
    filled = fill([field_of(kind)], {"it": typed})
    assert filled.errors == {}
    assert stored is None or filled.answers["it"] == stored
    said = shown([field_of(kind)], filled.answers)[0][1]
    assert said
    assert not spoken or said == spoken


@pytest.mark.parametrize("kind", CASES)
def test_what_is_wrong_is_refused_in_a_sentence(kind: str) -> None:
    filled = fill([field_of(kind)], {"it": CASES[kind][3]})
    refusal = filled.errors["it"]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", refusal.code)
    assert re.search("[آ-ی]{2}", refusal.message)


@pytest.mark.parametrize("kind", CASES)
def test_what_is_missing_is_asked_for(kind: str) -> None:
    for blank in (None, "", "  "):
        assert fill([field_of(kind)], {"it": blank}).errors["it"].code == "required"


@given(
    st.sampled_from(sorted(CASES)), st.text() | st.lists(st.text()) | st.dictionaries(st.text(), st.text())
)
def test_no_input_breaks_a_field(kind: str, typed: Any) -> None:
    filled = fill([field_of(kind)], {"it": typed})
    shown([field_of(kind)], filled.answers)


@given(st.dictionaries(st.sampled_from(["two", "letter", "three", "region", "main", "sub"]), st.text()))
def test_no_parts_break_a_plate_or_a_plot(parts: dict[str, str]) -> None:
    for kind in ("plate", "plot"):
        fill([field_of(kind)], {"it": parts})


def test_an_applicant_is_identified_by_the_number_of_his_kind() -> None:
    typed = {
        "applicant_name": "شرکت راه‌ساز",
        "applicant_mobile": "09181234567",
        "applicant_identifier": "10380284790",
    }
    kinds = ("natural", "legal", "foreign")
    company, filled = identify(kinds, {**typed, "applicant_kind": "legal"})
    assert company is not None
    assert (company.kind, company.identifier, filled.errors) == ("legal", "10380284790", {})
    nobody, filled = identify(kinds, {**typed, "applicant_kind": "natural"})
    assert nobody is None
    assert list(filled.errors) == ["applicant_identifier"]
    nobody, filled = identify(("natural",), {**typed, "applicant_kind": "legal"})
    assert nobody is None
    assert list(filled.errors) == ["applicant_kind"]


@pytest.mark.parametrize(
    ("kinds", "label"),
    [
        (["agency"], "شناسهٔ ملی دستگاه"),
        (["natural", "anonymous"], "کد ملی"),
        (["natural", "legal", "foreign", "agency"], "کد ملی، شناسهٔ ملی یا کد فراگیر اتباع"),
    ],
)
def test_the_identifier_is_called_by_those_who_may_apply(kinds: list[str], label: str) -> None:
    asked = {question.name: question.label for question in questions(kinds)}
    assert asked["applicant_identifier"] == label
