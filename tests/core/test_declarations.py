"""A declaration that is wrong is refused with every fault, its line and its remedy."""

import time
from pathlib import Path

import pytest

from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill, shown
from mizban.core.declarations.nodes import BrokenDeclaration, document
from mizban.core.declarations.reading import read
from tests.conftest import SERVICE_DESK

GOOD = """\
service: residence-certificate
title: گواهی سکونت
applicants: [natural]
form:
  - {name: owner, kind: yes_no, label: مالک هستم}
  - {name: postal_code, kind: postal_code, label: کد پستی}
  - {name: lease, kind: file, label: اجاره‌نامه, show_if: {owner: false}}
states:
  filed: {label: ثبت شد}
  approved: {label: تأیید شد, closed: true}
steps:
  approve: {label: تأیید, by: expert, from: [filed], to: approved, says: "{actor} سکونت شما را تأیید کرد."}
targets:
  answer: {within: 3, unit: working_days, until: [approve]}
"""


def faults_of(source: str) -> list[str]:
    with pytest.raises(BrokenDeclaration) as broken:
        read(source)
    return [str(fault) for fault in broken.value.faults]


def test_the_service_desk_has_no_fault() -> None:
    declaration = read(SERVICE_DESK.read_text("utf-8"))
    assert declaration.slug == "service-desk"
    assert [step.name for step in declaration.steps_open_in("returned")] == [
        "supply",
        "supply_for",
        "withdraw",
        "remind_itself",
        "lapse_itself",
    ]


def test_a_short_declaration_is_whole() -> None:
    declaration = read(GOOD)
    assert declaration.first_state == "filed"
    assert declaration.answer_target.within == 3


@pytest.mark.parametrize(
    ("wrong", "instead", "expected"),
    [
        ("title: گواهی سکونت", "titel: گواهی سکونت", "line 2: unknown key «titel»"),
        ("title: گواهی سکونت\n", "", "«title» is missing"),
        ("kind: yes_no", "kind: yesno", "line 5: «kind: yesno» is not known"),
        ("show_if: {owner: false}", "show_if: {landlord: false}", "line 7: «lease» depends on «landlord»"),
        ("by: expert", "by: janitor", "line 12: «janitor» is not known in «by»"),
        ("from: [filed], to: approved", "from: [filed], to: gone", "line 12: «to: gone» is not known"),
        (
            "  approved:",
            "  never: {label: هرگز, closed: true}\n  approved:",
            "line 10: state «never» is never reached",
        ),
        ("closed: true}", "closed: false}", "line 10: state «approved» is a dead end"),
        ("{actor} سکونت", "{landlord} سکونت", "line 12: «says» of «approve» speaks of «{landlord}»"),
        ("{actor} سکونت", "{actor.__class__} سکونت", "speaks of «{actor.__class__}»"),
        ("{actor} سکونت", "{actor!r} سکونت", "speaks of «{actor!r}»"),
        ("{actor} سکونت", "{actor سکونت", "line 12: «says» of «approve»"),
        ("name: owner, kind", "name: token, kind", "line 5: field name «token» is used by the pages"),
        ("name: owner, kind", "name: applicant_name, kind", "line 5: field name «applicant_name» is used"),
        ("show_if: {owner: false}", "show_if: {owner: {in: 3}}", "line 7: «in» wants a list of values"),
        ("show_if: {owner: false}", "show_if: {owner: {in: {a: 1}}}", "line 7: «in» wants a list of values"),
        (
            "show_if: {owner: false}",
            "show_if: {owner: {greater: x}}",
            "line 7: «greater» wants a whole number",
        ),
        ("within: 3", "within: 99999999999", "line 14: «within» must be a whole number"),
        ("by: expert", "by: system", "line 12: step «approve» is one nobody may take"),
        (
            "targets:",
            "  again: {label: دوباره, by: expert, from: [approved], to: filed, says: باز شد}\ntargets:",
            "line 13: step «again» is one nobody may take",
        ),
        ("until: [approve]", "until: [burn]", "line 14: target «answer» ends with «burn»"),
        ("within: 3", "within: 0", "line 14: «within» must be a whole number of at least 1"),
        ("within: 3", "within: soon", "line 14: «within» must be a whole number"),
        ("service: residence-certificate", "service: Residence Certificate", "lower-case words"),
        ("name: owner, kind", "name: Owner-1, kind", "line 5: field name «Owner-1»"),
        ("name: lease", "name: owner", "line 7: two fields are named «owner»"),
        ("applicants: [natural]", "applicants: [martian]", "line 3: «martian» is not known"),
        ("targets:", "target:", "«targets» is missing or empty"),
        ("kind: yes_no", "kind: yes_no, least: 1", "line 5: «least» and «most» of «owner» are for number"),
        ("kind: yes_no", "kind: number, least: 5, most: 4", "line 5: «owner» has a «least» above its «most»"),
        (
            "kind: yes_no",
            "kind: yes_no, day: past",
            "line 5: «day» of «owner» is for questions of kind date, period",
        ),
        ("kind: yes_no", "kind: date, day: soon", "line 5: «day: soon» is not known"),
        (
            "kind: yes_no",
            "kind: yes_no, formats: [xlsx]",
            "line 5: «formats» of «owner» are for questions of",
        ),
        ("kind: file", "kind: file, formats: [exe]", "line 7: «exe» is not known in «formats»"),
        ("form:", "unit: assets\nunit_from: owner\nform:", "line 4: a declaration has «unit» or «unit_from»"),
        (
            "by: expert,",
            "by: expert, when: {owner: true},",
            "step «approve» depends on «owner», which must be",
        ),
        ("{label: ثبت شد}", "{label: ثبت شد, turn: party}", "line 9: state «filed» waits for another agency"),
    ],
)
def test_a_fault_has_its_line_and_its_remedy(wrong: str, instead: str, expected: str) -> None:
    assert wrong in GOOD
    assert any(expected in fault for fault in faults_of(GOOD.replace(wrong, instead, 1)))


def test_every_fault_is_told_at_once() -> None:
    source = GOOD.replace("by: expert", "by: janitor").replace("kind: yes_no", "kind: yesno")
    assert len(faults_of(source)) >= 2


def test_a_step_that_stops_the_clock_must_name_what_is_missing() -> None:
    source = GOOD.replace(
        "  approved:", "  returned: {label: برگشت, turn: applicant, clock: stopped}\n  approved:", 1
    ).replace(
        "targets:",
        "  ask: {label: برگرداندن, by: expert, from: [filed], to: returned, says: برگشت}\n"
        "  supply: {label: تکمیل, by: applicant, from: [returned], to: filed, says: آمد}\n"
        "targets:",
    )
    assert any("«ask» stops the clock without naming what is missing" in fault for fault in faults_of(source))


@pytest.mark.parametrize(
    ("number", "question", "expected"),
    [
        (10_000, "kind: yes_no, label: پرسش", "longer than 200,000 characters"),
        (4_000, "kind: yes_no, label: پرسش", "more than 200 fields; split the service"),
        (
            190,
            "kind: choices, label: گزینه‌ها, options: {a: آ, b: ب, c: پ, d: ت, e: ث}",
            "the form has 953 boxes",
        ),
        (6, "kind: rows, label: جدول, columns: [{name: n, kind: number, label: شمار}]", "boxes, more than"),
        (19, "kind: file, label: سند", "the form has 20 files and tables, more than 18"),
    ],
)
def test_a_form_no_browser_could_send_is_refused(number: int, question: str, expected: str) -> None:
    more = "".join(f"  - {{name: more{each}, {question}}}\n" for each in range(number))
    assert any(expected in fault for fault in faults_of(GOOD.replace("states:", more + "states:")))


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "just words",
        "a: &x [1]\nb: *x",
        "a: !!python/object/apply:os.system [ls]",
        "a: [",
        "\t\tx: 1",
        "\x00",
        "[" * 5000,
        "a: " * 2000,
        "service: 1405-01-01\ntitle: no\napplicants: 15:00\nform: 3\nstates: x\nsteps: []\ntargets: {a: b}",
        "x" * 300_000,
        GOOD.replace("form:", "pages: []\nform:"),
        GOOD.replace("states:", "states: ~\nothers:"),
        GOOD.replace("{owner: false}", "{1: false}"),
        GOOD.replace("yes_no", "choice, options: {a: آ, b: ب}").replace("{owner: false}", "{owner: [a]}"),
        GOOD.replace("{owner: false}", "{? [owner] : false}"),
        GOOD + "identity: {<<: {code: x}}\n",
        GOOD.replace("مالک هستم", '"مالک \\ud800"'),
        GOOD.replace("مالک هستم", '"مالک \\0"'),
        GOOD.replace("kind: yes_no", "kind: rows, unique: x"),
        GOOD.replace("kind: yes_no, ", "").replace("{owner: false}", "{owner: {answered: true}}"),
    ],
    ids=lambda source: repr(source[:20]),
)
def test_hostile_yaml_is_refused_in_words(source: str) -> None:
    assert faults_of(source)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            (text, text)
            for text in ("15:00", "no", "Yes", "on", "y", "1405-01-01", "2026-11-21 10:00:00", "=", "0o9")
        ),
        *(("true", True), ("FALSE", False), ("~", None), ("Null", None), ("", None)),
        *(("010", 10), ("+5", 5), ("-1_000", -1000), ("0x1F", 31), ("0o17", 15), ("0b101", 5)),
        *(("1e3", 1000.0), (".5", 0.5), ("1_0.5", 10.5), ("-.inf", float("-inf"))),
        *(("'true'", "true"), ('"5"', "5"), ("|\n  5", "5\n"), (">-\n  5\n  6", "5 6")),
        *(
            ("سلام\u2028دنیا", "سلام\u2028دنیا"),
            ("سلام\ue028", "سلام\ue028"),
            ('"\\u200c/"', "\u200c/"),
            ("😀", "😀"),
        ),
    ],
)
def test_scalars_are_those_of_yaml_1_2(written: str, meant: object) -> None:
    found = document(f"title: {written}\nnext: here").child("title")
    assert found is not None
    assert (found.value, type(found.value)) == (meant, type(meant))


def test_every_key_and_every_item_knows_its_line() -> None:
    root = document("# a remark\na:\n  - x: 1\n\n    y:\n     - z\n  - {x: 2,\n     y: 3}\nb: 4\n")
    first, second = root.entries("a")
    lines = [
        node.line for node in (first, first.child("y"), second, second.child("y"), root.child("b")) if node
    ]
    assert lines == [3, 5, 7, 8, 9]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("a: 1\nb: 2\na: 3", "line 3: not YAML: found duplicate key «a»"),
        ("a:\n  1: x\n  true: y", "line 3: not YAML: found duplicate key «True»"),
        ("a: 1\n---\nb: 2", "line 2: not YAML: expected a single document"),
        ("%YAML 1.1\n---\na: yes", "line 1: a directive stands here"),
        ("%TAG ! !x\n---\na: yes", "line 1: a directive stands here"),
        ("a: 1\nb: ! 5", "line 2: aliases, anchors and tags are not allowed"),
        ("a: 1\nb: [x, &y z]", "line 2: aliases, anchors and tags are not allowed"),
        ("a: 1\nb: 0x_", "line 2: not YAML: invalid literal"),
        ("a: 1\nb: " + "9" * 5000, "line 2: not YAML: "),
        ("a: 1\n? [x]\n: y", "line 2: a key is a single word here"),
        ("a: 1\n  b: 2", "line 2: not YAML: mapping values are not allowed"),
        ("a: 1\nb: 'x", "line 2: not YAML: "),
        ("a: 1\nword", "line 2: not YAML: could not find expected ':'"),
        ("a: 1\nb: \ud800", "line 1: not YAML: "),
    ],
)  # fmt: skip
def test_what_is_no_plain_yaml_is_refused_with_its_line(source: str, fault: str) -> None:
    assert faults_of(source)[0].startswith(fault)


def test_hidden_answers_are_dropped() -> None:
    declaration = read(GOOD)
    filled = fill(declaration.form, {"owner": "yes", "postal_code": "5166616471"}, {"lease": []})
    assert filled.errors == {}
    assert filled.answers == {"owner": True, "postal_code": "5166616471"}
    rented = fill(declaration.form, {"owner": "no", "postal_code": "5166616471"})
    assert set(rented.errors) == {"lease"}


def test_conditions_nest() -> None:
    adult = Condition("greater", name="age", wanted=17)
    here = Condition("in", name="town", wanted=("arak", "saveh"))
    both = Condition("all", (adult, Condition("not", (here,))))
    assert both.holds({"age": 30, "town": "tabriz"})
    assert not both.holds({"age": 30, "town": "arak"})
    assert not both.holds({})
    assert both.names() == {"age", "town"}


def test_answers_are_shown_as_people_read_them() -> None:
    fields = [
        Field("kind", "choice", "نوع", options=(Option("a", "الف"),)),
        Field("amount", "rials", "مبلغ"),
        Field("day", "date", "روز"),
        Field("ok", "yes_no", "درست؟"),
    ]
    filled = fill(fields, {"kind": "a", "amount": "۱٬۰۰۰٬۰۰۰", "day": "۱۴۰۵/۰۸/۳۰", "ok": "no"})
    assert filled.errors == {}
    assert [value for _, value in shown(fields, filled.answers)] == [
        "الف",
        "۱٬۰۰۰٬۰۰۰ ریال",
        "شنبه ۳۰ آبان ۱۴۰۵",
        "خیر",
    ]


def test_a_broken_file_is_said_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from mizban.config.command import _check_service

    path = tmp_path / "service.yaml"
    path.write_text(GOOD.replace("by: expert", "by: janitor"), "utf-8")
    assert _check_service([str(path)]) == 1
    assert f"{path}:12: «janitor» is not known" in capsys.readouterr().err
    assert _check_service([str(SERVICE_DESK.parent)]) == 0
    assert _check_service([str(tmp_path / "nothing")]) == 1


OWNERS_ONLY = GOOD.replace("kind: yes_no", "kind: yes_no, plain: true").replace(
    "by: expert,", "by: expert, when: {owner: true},"
)


def test_a_state_some_cases_cannot_leave_is_a_dead_end() -> None:
    expected = "line 9: state «filed» is a dead end for a case with {owner: False}"
    assert any(expected in fault for fault in faults_of(OWNERS_ONLY))
    tenants = (
        "  refuse: {label: رد, by: expert, when: {owner: false}, from: [filed], to: approved, says: رد شد.}\n"
    )
    both = OWNERS_ONLY.replace("targets:", f"{tenants}targets:").replace(
        "until: [approve]", "until: [approve, refuse]"
    )
    declaration = read(both)
    assert declaration.steps["approve"].is_for({"owner": True})
    assert not declaration.steps["approve"].is_for({"owner": False})


def test_a_party_named_by_a_sealed_answer_could_never_come_in() -> None:
    source = (
        GOOD.replace("{name: owner, kind: yes_no,", "{name: owner, kind: agency,")
        .replace("show_if: {owner: false}", "required: false")
        .replace("states:", "parties:\n  holder: {label: دارنده, source: owner}\nstates:")
        .replace("by: expert,", "by: [expert, 'party:holder'], brings: [holder],")
    )
    assert any("comes from «owner», so that must be «plain: true»" in fault for fault in faults_of(source))
    assert (
        read(source.replace("kind: agency,", "kind: agency, plain: true,")).parties["holder"].source
        == "owner"
    )


@pytest.mark.parametrize("bomb", ["a: " + "[" * 50_000 + "]" * 50_000, "- " * 50_000, "a: " + "{a: " * 5000])
def test_a_bomb_of_depth_is_refused_before_it_is_built(bomb: str) -> None:
    started = time.monotonic()
    assert faults_of(bomb) == ["line 1: nested too deeply"]
    assert time.monotonic() - started < 5


def test_a_question_no_answer_leads_to_is_told() -> None:
    source = GOOD.replace(
        "  - {name: owner, kind: yes_no, label: مالک هستم}",
        "  - {name: owner, kind: choice, label: مالک؟, options: {me: من, other: دیگری}}",
    ).replace("show_if: {owner: false}", "show_if: {owner: {in: [other, nobody]}}")
    assert any("line 7: «lease» is never asked for «nobody»" in fault for fault in faults_of(source))


APPROVALS = (Path(__file__).parent / "approvals.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("wrong", "instead", "expected"),
    [
        ("of: [head, head, director]", "of: [head, applicant]", "«applicant» cannot approve «pair»"),
        ("need: 2", "need: 9", "«need» must be a whole number of at least 1 and at most 3"),
        ("from: [two_asked]", "from: [filed]", "approval «pair» opens in «filed», where cases begin"),
        ("not_by: [propose_all]", "not_by: [nothing]", "names «nothing», which is no step and no approval"),
        ('"unit:roads"', '"unit:"', "«unit:» is not known in «of»"),
        ("four_eyes: true", "four_eyes: 1", "«four_eyes» must be true or false"),
        ("source: office.ministry", "source: office.ministry, shows: [age]", "is shown «age», which is no"),
    ],
)
def test_a_fault_of_an_approval_has_its_remedy(wrong: str, instead: str, expected: str) -> None:
    read(APPROVALS)
    assert wrong in APPROVALS
    assert any(expected in fault for fault in faults_of(APPROVALS.replace(wrong, instead, 1)))


def test_a_clock_stands_for_a_named_item_or_a_named_wait_only() -> None:
    source = SERVICE_DESK.read_text("utf-8")
    bare = source.replace("kind: items", "kind: text", 1)
    assert any("stops the clock without naming what is missing" in fault for fault in faults_of(bare))
    assert any("mends what no return names" in fault for fault in faults_of(bare))
    for_nobody = source.replace(
        "{label: در انتظار تکمیل, turn: applicant", "{label: در انتظار تکمیل, turn: office"
    )
    assert any("for somebody it does not name" in fault for fault in faults_of(for_nobody))
