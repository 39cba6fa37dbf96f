"""Tables, computed values, other conditions, mandates: rules without a database."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from mizban.core.declarations.applicants import identify, refused
from mizban.core.declarations.computing import Computation, worked_out
from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.declarations.mandates import FILE
from mizban.core.declarations.nodes import BrokenDeclaration
from mizban.core.declarations.reading import read
from mizban.core.declarations.rules import Asking
from mizban.core.declarations.tables import MOST_ROWS, MalformedRows, stub
from mizban.kit.table_sheets import blank_sheet, filled_sheet, read_sheet
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.posted import prefilled

from .test_declarations import GOOD, faults_of

TODAY = date(2026, 11, 21)
PAY = Field(
    "pay",
    "rows",
    "حقوق",
    unique=("who",),
    columns=(
        Field("who", "national_id", "کد ملی"),
        Field("kind", "choice", "نوع", options=(Option("a", "رسمی"), Option("b", "قراردادی"))),
        Field("contract", "text", "قرارداد", show_if=Condition("is", name="kind", wanted="b")),
        Field("gross", "rials", "ناخالص"),
        Field("tax", "rials", "مالیات", required=False),
        Field(
            "net", "computed", "خالص", computed=Computation("difference", ("gross", "tax")), result="rials"
        ),
        Field("born", "date", "تولد", required=False),
    ),
)
TOTALS = (
    Field("count", "computed", "شمار", computed=Computation("count", ("pay",))),
    Field("net", "computed", "خالص", computed=Computation("sum", ("pay.net",)), result="rials"),
    Field("share", "computed", "سهم", computed=Computation("percent", ("net", 200)), result="percent"),
)
ROW: dict[str, Any] = {"who": "0065123492", "kind": "a", "contract": "پنهان", "gross": "100", "tax": "۱۰"}
OTHER: dict[str, Any] = {"who": "1367458218", "kind": "b", "contract": "۱۲", "gross": 60}


def test_rows_are_cleaned_hidden_cells_dropped_and_totals_worked_out() -> None:
    answers = fill((PAY, *TOTALS), {"pay": [ROW, {"who": " "}, OTHER], "net": 5}).answers
    assert answers["pay"][0] == {"who": "0065123492", "kind": "a", "gross": 100, "tax": 10, "net": 90}
    assert (answers["count"], answers["net"], answers["share"]) == (2, 150, 75)


def test_every_wrong_cell_is_told_with_its_row_and_column() -> None:
    wrong = fill([PAY], {"pay": [ROW, {**OTHER, "who": "1", "gross": "صد"}]}).errors["pay"]
    assert isinstance(wrong, MalformedRows)
    assert set(wrong.cells) == {(1, "who"), (1, "gross")}
    assert "سطر ۲، کد ملی" in wrong.message
    twice = fill([PAY], {"pay": [ROW, {**OTHER, "who": ROW["who"]}]}).errors["pay"]
    assert "در سطر ۱ هم آمده است" in twice.message


def test_totals_follow_a_corrected_table_of_which_only_the_sums_are_known() -> None:
    rows = fill([PAY], {"pay": [ROW]}).answers["pay"]
    assert worked_out((PAY, *TOTALS), {"pay": stub(PAY, rows), "net": 7, "count": 9})["net"] == 90


def test_a_sheet_that_was_filled_is_read_back_as_it_was() -> None:
    rows = fill([PAY], {"pay": [{**ROW, "born": "1370/01/05"}, OTHER]}).answers["pay"]
    again = fill([PAY], {"pay": read_sheet(PAY, filled_sheet(PAY, rows))}).answers["pay"]
    assert again == rows
    headings = [cell.value for cell in next(load_workbook(BytesIO(blank_sheet(PAY))).active.iter_rows())]
    assert headings == ["کد ملی", "نوع", "قرارداد", "ناخالص", "مالیات", "تولد"]


def sheet_of(*lines: tuple[Any, ...]) -> bytes:
    book, written = Workbook(), BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(written)
    return written.getvalue()


def test_numbers_that_lost_their_zeros_and_dates_of_a_sheet_program_are_understood() -> None:
    rows = read_sheet(
        PAY,
        sheet_of(
            ("ردیف", "كد ملي", "نوع", "ناخالص", "تولد"), (1, 65123492, "رسمی", 100.0, date(1991, 3, 25))
        ),
    )
    assert fill([PAY], {"pay": rows}).answers["pay"][0]["who"] == "0065123492"
    assert rows[0] | {"born": rows[0]["born"]} == {
        "who": "0065123492", "kind": "a", "gross": "100", "born": "1370/01/05"
    }  # fmt: skip


HEADED = ("کد ملی", "نوع", "ناخالص")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"PK\x03\x04 nonsense", "wrong-kind"),
        (sheet_of((*HEADED, "شمارهٔ شناسنامه"), ("0065123492", "رسمی", 1, 2)), "unknown-column"),
        (sheet_of(("کد ملی",), ("0065123492",)), "missing-column"),
        (sheet_of(HEADED, *[("0065123492", "رسمی", 1)] * (MOST_ROWS + 1)), "too-many-rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_such_table_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Malformed) as refusal:
        read_sheet(PAY, content)
    assert refusal.value.code == code


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_unread() -> None:
    written = BytesIO(sheet_of(HEADED))
    with ZipFile(written, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet2.xml", b" " * (40 * 1024 * 1024))
    with pytest.raises(Malformed) as refusal:
        read_sheet(PAY, written.getvalue())
    assert refusal.value.code == "too-large"


@pytest.mark.parametrize(
    ("part", "before", "tag"),
    [
        ("xl/styles.xml", b"</styleSheet>", b"<xf/>"),
        ("xl/workbook.xml", b"</workbook>", b"<x/>"),
        ("[Content_Types].xml", b"</Types>", b'<Override PartName="/x" ContentType="y"/>'),
        ("xl/worksheets/sheet1.xml", b"</worksheet>", b'<mergeCell ref="A1:Z9"/>'),
    ],
)
def test_a_small_file_that_would_be_read_for_long_is_refused(part: str, before: bytes, tag: bytes) -> None:
    written, sheet = BytesIO(), ZipFile(BytesIO(sheet_of(HEADED, ("0065123492", "رسمی", 1))))
    with ZipFile(written, "w", ZIP_DEFLATED) as packed:
        for name in sheet.namelist():
            content = sheet.read(name)
            packed.writestr(
                name, content.replace(before, tag * 900_000 + before) if name == part else content
            )
    assert len(written.getvalue()) < 150_000
    with pytest.raises(Malformed) as refusal:
        read_sheet(PAY, written.getvalue())
    assert refusal.value.code == "too-large"


@pytest.mark.parametrize(
    ("op", "wanted", "answer", "holds"),
    [
        ("less", 3, 2, True),
        ("less", 3, None, False),
        ("contains", "a", ["b", "a"], True),
        ("contains", "a", "a", False),
        ("answered", True, 0, True),
        ("answered", True, None, False),
        ("answered", False, None, True),
    ],
)
def test_what_a_condition_can_ask(op: str, wanted: Any, answer: Any, holds: bool) -> None:  # noqa: FBT001  # a column
    assert Condition(op, name="it", wanted=wanted).holds({} if answer is None else {"it": answer}) is holds


FORM = "  - {name: owner, kind: yes_no, label: مالک هستم}\n"
TABLE = "  - {name: t, kind: rows, label: جدول, columns: [{name: n, kind: number, label: شمار}]}\n"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("{name: t, kind: rows, label: جدول}", "line 6: table «t» has 1 to 20 «columns»"),
        ("{name: t, kind: text, label: ت, columns: [{name: n, kind: text, label: ن}]}", "are for kind rows"),
        (
            "{name: t, kind: rows, label: ت, columns: [{name: f, kind: file, label: ف}]}",
            "column «f» is of kind file",
        ),
        (
            "{name: t, kind: rows, label: ت, unique: [x], columns: [{name: n, kind: text, label: ن}]}",
            "«unique» of «t» names «x», which is no column",
        ),
        ("{name: c, kind: computed, label: ج}", "«c» is computed without a value"),
        (
            "{name: c, kind: computed, label: ج, value: {sum: [later]}}",
            "«later», which is not asked before it",
        ),
        ("{name: c, kind: computed, label: ج, value: {sum: [c]}}", "«c», which is not asked before it"),
        ("{name: c, kind: computed, label: ج, value: {sum: [owner]}}", "«owner», which is no number"),
        (
            "{name: c, kind: computed, label: ج, value: os.system}",
            "calculation «os.system» is not registered",
        ),
        ("{name: c, kind: computed, label: ج, value: {power: [1]}}", "«value» is one of sum"),
        ("{name: c, kind: text, label: ج, prefill: secrets}", "look-up «secrets» is not registered"),
        ("{name: c, kind: text, label: ج, letters: '(a+)+'}", "«letters: (a+)+» is not known"),
        ("{name: c, kind: text, label: ج, min_length: 9, max_length: 2}", "no answer would be right"),
        ("{name: c, kind: text, label: ج, show_if: {owner: {contains: a}}}", "asks «contains» of «owner»"),
        (
            "{name: c, kind: text, label: ج, show_if: {owner: {answered: 1}}}",
            "«answered» wants a true or false",
        ),
        ("{name: c, kind: text, label: ج, plain: true}", "field «c» is never used as «plain»"),
    ],
)
def test_a_broken_question_has_its_line_and_its_remedy(added: str, expected: str) -> None:
    assert any(expected in fault for fault in faults_of(GOOD.replace(FORM, f"{FORM}  - {added}\n")))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("applicants: [natural, anonymous]", "«anonymous» needs «anonymous_when"),
        ("applicants: [anonymous]\nanonymous_when: {owner: true}", "are anonymous only"),
        ("applicants: [natural]\nanonymous_when: {owner: true}", "whose «applicants» include anonymous"),
        (
            "applicants: [natural, anonymous]\nanonymous_when: {owner: true}",
            "must be a «plain: true» question",
        ),
        ("applicants: [agency]\nrepresentation: [lawyer]", "«representation» is for people and companies"),
        ("applicants: [natural]\nidentity: {free: false}", "add «cost: …»"),
    ],
)
def test_who_may_apply_is_checked(line: str, expected: str) -> None:
    assert any(expected in fault for fault in faults_of(GOOD.replace("applicants: [natural]", line)))


def test_a_table_and_a_sum_over_it_are_read() -> None:
    value = "  - {name: all, kind: computed, label: جمع, value: {sum: [t.n, 5]}}\n"
    try:
        declaration = read(GOOD.replace(FORM, FORM + TABLE + value))
    except BrokenDeclaration as broken:
        pytest.fail(str(broken))
    assert fill(declaration.form, {"t": [{"n": 2}, {"n": "۳"}]}).answers["all"] == 10


def test_what_is_known_need_not_be_typed() -> None:
    asked = (
        Field("year", "number", "سال", prefill="this-year"),
        Field("who", "text", "نام", prefill="agency-name"),
    )
    assert prefilled(asked, Asking(TODAY, {"name": "راهداری"})) == {"year": "۱۴۰۵", "who": "راهداری"}


MARYAM = {
    "applicant_kind": "natural",
    "applicant_name": "مریم رضایی",
    "applicant_identifier": "1367458218",
    "applicant_mobile": "09141234567",
}
LAWYER = {
    "applicant_by": "lawyer",
    "applicant_mandate_name": "نسرین وکیلی",
    "applicant_mandate_id": "0065123492",
    "applicant_mandate_number": "۱۲۳",
    "applicant_mandate_from": "1405/01/01",
    "applicant_mandate_until": "1405/09/01",
}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"applicant_by": "self"}, set()),
        ({"applicant_mandate_until": ""}, {"applicant_mandate_until"}),
        ({"applicant_mandate_until": "1405/08/29"}, {"applicant_mandate_until"}),
        ({"applicant_mandate_from": "1405/10/01"}, {"applicant_mandate_from"}),
        ({"applicant_by": "custodian", "applicant_mandate_until": ""}, set()),
        ({"applicant_mandate_id": "1"}, {"applicant_mandate_id"}),
    ],
)
def test_a_mandate_must_hold_on_the_day_of_filing(changes: dict[str, str], wrong: set[str]) -> None:
    raw = {**MARYAM, **LAWYER, **changes}
    ways = ("lawyer", "custodian")
    applicant, filled = identify(("natural",), raw, representation=ways, today=TODAY, files={FILE: [None]})
    assert set(filled.errors) == wrong
    if applicant and applicant.mandate:
        assert not applicant.mandate.has_ended(TODAY)
        assert applicant.mandate.ends_soon(TODAY) is (applicant.mandate.kind == "lawyer")
        assert type(applicant).from_json(applicant.as_json()) == applicant


def test_nobody_stays_nameless_who_asks_for_something() -> None:
    source = GOOD.replace(
        "applicants: [natural]", "applicants: [natural, anonymous]\nanonymous_when: {owner: true}"
    )
    declaration = read(source.replace("label: مالک هستم}", "label: مالک هستم, plain: true}"))
    applicant, filled = identify(
        declaration.applicants, {"applicant_kind": "anonymous", "applicant_name": "پنهان"}
    )
    assert applicant is not None
    assert filled.errors == {}
    assert applicant.as_json() == {"kind": "anonymous", "name": "بی‌نام", "identifier": "", "mobile": ""}
    assert refused(declaration, applicant, {"owner": True}, {}, today=TODAY) == {}
    assert set(refused(declaration, applicant, {"owner": False}, {}, today=TODAY)) == {"applicant_kind"}
