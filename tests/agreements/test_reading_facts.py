"""Titles, offices, validity, findings: the published texts and the six others with their expected facts."""

import json

import pytest

from .reading_cast import TEXTS, holds, read, same

VEHICLES = "صدور انواع مجوزهای مرتبط با خودروهای دستگاه‌های دولتی"
ECONOMY = "اداره کل امور اقتصادی و دارایی استان آذربایجان شرقی"


@pytest.mark.parametrize(
    ("name", "until", "gregorian"),
    [
        ("S0", "1401-12-29", "2023-03-20"),
        ("S1", "1401-12-29", "2023-03-20"),
        ("S2", "1400-12-29", "2022-03-20"),
        ("S3", "1400-12-29", "2022-03-20"),
        ("S4", "1399-12-29", "2021-03-19"),
    ],
)
def test_the_last_day_is_read_in_any_order_of_its_parts(name: str, until: str, gregorian: str) -> None:
    validity = read(name).validity
    assert (validity.until, validity.until_gregorian, validity.holdover) == (until, gregorian, True)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("S0", VEHICLES),
        ("S1", "بررسی درخواست دادن مهلت و یا تقسیط بدهی اشخاص به دستگاه‌های اجرایی"),
        ("S2", "ارسال سند به دستگاه اجرایی یا دستگاه ثالث"),
        ("S3", "پرداخت حقوق کارکنان دولت"),
    ],
)
def test_the_title_is_the_service_and_the_office_is_named(name: str, title: str) -> None:
    reading = read(name)
    assert reading.title == reading.service.title == title
    assert reading.agency.name == ECONOMY
    assert reading.agency.province == "آذربایجان شرقی"
    assert reading.document_kind == "service-agreement"


def test_the_roads_office_names_no_service() -> None:
    reading = read("S4")
    assert reading.service.title is None
    assert reading.agency.name == "اداره کل راه و شهرسازی استان مرکزی"
    assert reading.agency.province == "مرکزی"
    assert reading.kinds == ("G2G",)
    assert reading.placeholders == ("[مدت زمان]",)


SEVEN = [
    "introduction",
    "purpose",
    "responsibility",
    "follow-up",
    "availability",
    "updates",
    "obligations",
    "fees",
    "validity",
    "termination",
]
DESK = [
    "introduction",
    "purpose",
    "responsibility",
    "availability",
    "fees",
    "validity",
    "termination",
    "confidentiality",
]


@pytest.mark.parametrize(
    ("name", "kinds"), [("S0", SEVEN), ("S1", SEVEN), ("S2", SEVEN), ("S3", SEVEN), ("S4", DESK)]
)
def test_the_parts_of_the_form(name: str, kinds: list[str]) -> None:
    assert [section.kind for section in read(name).sections if section.heading] == kinds


@pytest.mark.parametrize("name", ["S0", "S1", "S2", "S3"])
def test_availability_depends_on_the_telecom_network(name: str) -> None:
    availability = read(name).availability
    assert availability.hours == "24x7"
    assert availability.condition == "در صورت برقرار بودن زیرساخت‌های لازم مخابراتی"


def test_the_desk_is_available_without_condition() -> None:
    assert (read("S4").availability.hours, read("S4").availability.condition) == ("24x7", None)


COMMON = {"vague-target", "contradictory-validity", "unmeetable-clause", "expired"}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("S0", COMMON),
        ("S1", COMMON | {"title-purpose-mismatch"}),
        ("S2", COMMON | {"conditional-service"}),
        ("S3", COMMON | {"title-purpose-mismatch", "unlinked-reference"}),
        ("S4", COMMON - {"unmeetable-clause"} | {"unfilled-placeholder"}),
        ("24_eastazar_ivo.txt", {"title-purpose-mismatch", "missing-validity"}),
        ("14_abfa_ilam.txt", {"empty-section"}),
        ("13_itrc_thesis_en.txt", {"expired"}),
        ("27_sktvto_vendor.txt", set()),
    ],
)
def test_findings_say_what_is_wrong_and_nothing_else(name: str, codes: set[str]) -> None:
    assert {finding.code for finding in read(name).findings} == codes


def test_a_finding_speaks_persian_and_names_its_line() -> None:
    finding = next(each for each in read("S4").findings if each.code == "unfilled-placeholder")
    assert finding.lines == (31, 31)
    assert finding.message == "جای «[مدت زمان]» خالی مانده است؛ آن را پر کنید (خط ۳۱)."


EXPECTED = json.loads((TEXTS / "expected.json").read_text(encoding="utf-8"))


def test_the_definitions_form() -> None:
    reading, facts = read("05_skh_mrud.txt"), EXPECTED["05_skh_mrud"]
    assert same(reading.agency.name, facts["agency"])
    assert reading.agency.province == "خراسان جنوبی"
    assert reading.availability.hours == facts["effective_hours"]
    assert [section.heading for section in reading.sections if section.heading] == facts["sections"]
    assert "credit-right" in {clause.kind for clause in reading.clauses}
    assert reading.validity.until is None, "the page's date is no validity"


def test_the_english_form() -> None:
    reading = read("13_itrc_thesis_en.txt")
    assert reading.language == "en"
    assert reading.agency.name == "ICT Research Institute"
    assert reading.title == "Support for ICT Thesis"
    assert reading.cost.free is True
    assert reading.validity.until == "1399-12-30"
    assert len([section for section in reading.sections if section.heading]) == 7


def test_all_sections_on_one_line() -> None:
    reading, facts = read("14_abfa_ilam.txt"), EXPECTED["14_abfa_ilam"]
    headed = [section for section in reading.sections if section.heading]
    assert same(reading.service.title, facts["service"])
    assert all(holds(section.heading, name) for section, name in zip(headed, facts["sections"], strict=True))
    assert {section.lines for section in headed} == {(8, 8)}
    assert (reading.cost.free, reading.validity.until, reading.validity.holdover) == (False, None, True)


def test_the_flat_list_with_figures() -> None:
    reading = read("15_abfa_qazvin.txt")
    targets = {clause.kind: clause.target for clause in reading.clauses}
    assert (reading.agency.name, reading.agency.province) == ("شرکت آب و فاضلاب استان قزوین", "قزوین")
    assert reading.availability.hours == "24x7"
    for kind, days in (("response-time", 3), ("restore-time", 1)):
        target = targets[kind]
        assert target is not None
        assert (target.value, target.unit) == (days, "working_days")
    assert {"maintenance-notice", "survey"} <= set(targets)


def test_a_code_is_no_date_and_a_law_s_date_is_no_validity() -> None:
    reading, facts = read("24_eastazar_ivo.txt"), EXPECTED["24_eastazar_ivo"]
    assert reading.service.code == facts["service_code"]
    assert same(reading.service.title, facts["service"])
    assert same(reading.agency.name, facts["agency"])
    assert reading.validity.until is None
    headed = [section.heading for section in reading.sections if section.heading]
    assert all(holds(heading, name) for heading, name in zip(headed, facts["sections"], strict=True))


def test_a_hosting_contract_is_no_citizens_agreement() -> None:
    reading = read("27_sktvto_vendor.txt")
    assert reading.document_kind == "hosting-contract"
    assert same(reading.agency.name, EXPECTED["27_sktvto_vendor"]["agency"])
    assert {clause.kind for clause in reading.clauses} == {"other"}
