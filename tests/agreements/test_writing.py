"""What Mizban writes from a declaration says what the service does, and reads as what was written."""

from dataclasses import replace
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mizban import services
from mizban.core.declarations.grammar import Declaration, Unit
from mizban.core.declarations.reading import read
from mizban.lib.jalali import from_jalali
from mizban.office.agreements.reading.model import Reading
from mizban.office.agreements.reading.reader import read_text
from mizban.office.agreements.writing.facts import Facts, spoken_week
from mizban.office.agreements.writing.model import Written
from mizban.office.agreements.writing.writer import PARTS, misread, write

TODAY = from_jalali(1405, 8, 30)
SERVICES = sorted(path.parent.name for path in Path(services.__file__).parent.glob("*/service.yaml"))
SHIFT = ((time(7, 30), time(15)),)
FACTS = Facts(
    agency="اداره کل امور اقتصادی و دارایی استان آذربایجان شرقی",
    portal="http://10.0.0.1:8937/eaz-economy/",
    valid_from=from_jalali(1405, 9, 1),
    valid_until=from_jalali(1406, 12, 29),
    week=(SHIFT, SHIFT, SHIFT, (), (), SHIFT, SHIFT),
    officer="سارا قنبری",
    officer_phone="۰۴۱-۳۵۲۳۴۴۵۵",
)
# With everything an office may keep from the text before.
FULL = replace(
    FACTS,
    holdover=True,
    counterpart="اداره کل راه و شهرسازی استان مرکزی",
    condition="در صورت برقرار بودن زیرساخت‌های لازم مخابراتی، ",
    kinds=frozenset({"guidance", "feedback", "survey", "letter-tracing"}),
)


@cache
def declared(name: str) -> Declaration:
    return read((Path(services.__file__).parent / name / "service.yaml").read_text("utf-8"))


def as_written(written: Written) -> list[tuple[Any, ...]]:
    return [
        (each["kind"], each["obligor"], each["target"] and tuple(each["target"].values()), each["lines"][0])
        for each in written.clauses
    ]


@cache
def reading_of(text: str) -> Reading:
    return read_text(text, today=TODAY)


def as_read(written: Written) -> list[tuple[Any, ...]]:
    return [
        (each.kind, each.obligor, each.target and (each.target.value, each.target.unit), each.lines[0])
        for each in reading_of(written.text).clauses
    ]


@pytest.mark.parametrize("name", SERVICES)
def test_the_reader_finds_in_the_text_what_was_written(name: str) -> None:
    # The least an office may say at three of them, the most at the others.
    facts = FULL if SERVICES.index(name) % 2 else FACTS
    service = declared(name)
    written = write(service.title, [service], facts)
    assert as_read(written) == as_written(written)
    assert facts.portal in written.text, "an address is for a browser"
    reading = reading_of(written.text)
    assert reading.document_kind == "service-agreement"
    assert reading.service.title == service.title
    assert (reading.agency.name, reading.agency.province) == (facts.agency, "آذربایجان شرقی")
    assert (reading.validity.from_, reading.validity.until) == ("1405-09-01", "1406-12-29")
    assert reading.validity.holdover == facts.holdover
    assert reading.cost.free is True
    assert [each.code for each in reading.findings] == ["contradictory-validity"] * facts.holdover


def test_it_has_the_seven_parts_of_the_form() -> None:
    service = declared("government_vehicles")
    headings = [each["heading"] for each in write(service.title, [service], FULL).sections if each["heading"]]
    assert headings == list(PARTS.values())


@settings(max_examples=6, deadline=None)
@given(
    days=st.lists(st.integers(1, 240), min_size=5, max_size=5),
    unit=st.sampled_from(["working_days", "working_minutes"]),
    ends=st.dates(date(2026, 12, 1), date(2031, 12, 1)),
    shift=st.tuples(st.integers(5, 9), st.sampled_from([0, 15, 30]), st.integers(12, 19)),
)
def test_whatever_the_figures_are_the_text_says_them(
    days: list[int], unit: Unit, ends: date, shift: tuple[int, int, int]
) -> None:
    service = declared("government_vehicles")
    figures = [day * (60 if unit == "working_minutes" else 1) for day in days]
    names = list(service.targets)
    targets = {
        name: replace(service.targets[name], within=figures[place % 5], unit=unit)
        for place, name in enumerate(names)
    }
    hours = ((time(shift[0], shift[1]), time(shift[2])),)
    facts = replace(FULL, valid_until=ends, week=(hours, hours, hours, (), (), hours, hours))
    written = write(service.title, [replace(service, targets=targets)], facts)
    assert as_read(written) == as_written(written)
    promised = {each["target"]["value"] for each in written.clauses if each["target"]}
    assert promised == {
        figures[place % 5] if unit == "working_days" else days[place % 5] for place in range(len(names))
    }
    assert reading_of(written.text).validity.until_gregorian == ends.isoformat()


def test_a_service_that_costs_says_what() -> None:
    service = declared("salaries")
    paid = replace(service, identity=replace(service.identity, free=False, cost="۲۵۰٬۰۰۰ ریال برای هر فایل"))
    written = write(paid.title, [paid], FACTS)
    assert as_read(written) == as_written(written)
    assert "۲۵۰٬۰۰۰ ریال" in written.text
    assert reading_of(written.text).cost.free is False


def test_a_sentence_that_reads_otherwise_is_named() -> None:
    service = declared("salaries")
    strange = replace(service, title="محرمانه بودن اطلاعات ظرف ۳ روز در پورتال رایگان است")
    written = write(strange.title, [strange], FACTS)
    assert misread(write(service.title, [service], FACTS), today=TODAY) == []
    assert {each["kind"] for each in written.clauses if each["id"] in misread(written, today=TODAY)} != set()


def test_one_agreement_may_be_for_several_services() -> None:
    both = [declared("salaries"), declared("deposits")]
    written = write("حقوق و سپرده", both, FACTS)
    assert as_read(written) == as_written(written)
    assert "در خدمت «پرداخت حقوق کارکنان دولت» حداکثر ظرف ۵ روز کاری" in written.text


def test_the_week_is_said_as_people_say_it() -> None:
    thursday = ((time(7, 30), time(13)),)
    assert spoken_week(FACTS.week) == "شنبه تا چهارشنبه، ۷:۳۰ تا ۱۵"
    assert spoken_week((*FACTS.week[:3], thursday, (), SHIFT, SHIFT)).endswith("؛ پنجشنبه، ۷:۳۰ تا ۱۳")
    assert spoken_week(((),) * 7) == ""
