"""Targets that no case could meet, and texts that people could not read, are refused before anybody waits for them."""

import pytest

from mizban.core.declarations.nodes import BrokenDeclaration
from mizban.core.declarations.reading import read
from tests.example import RESIDENCE

WAITING = RESIDENCE.replace("  approved:", "  waiting: {label: در انتظار آگهی}\n  approved:").replace(
    "steps:\n  approve: {label: تأیید, by: expert, from: [filed]",
    "steps:\n"
    "  announce: {label: آگهی, by: expert, from: [filed], to: waiting, says: آگهی شد.}\n"
    "  approve: {label: تأیید, by: system, after: {within: 4, unit: working_days}, from: [waiting]",
)


def faults_of(source: str) -> list[str]:
    try:
        read(source)
    except BrokenDeclaration as broken:
        return [str(fault) for fault in broken.faults]
    return []


def test_a_target_shorter_than_every_way_to_its_end() -> None:
    source = WAITING.replace("until: [approve, refuse]", "until: [approve]")
    assert any(
        "«answer» can never be met: every way to approve waits at least 1,800" in each
        for each in faults_of(source)
    )
    assert not any("never be met" in each for each in faults_of(WAITING)), "a refusal answers in time"
    assert not any("never be met" in each for each in faults_of(source.replace("within: 3", "within: 4")))


def test_a_wait_while_the_clock_stands_takes_nothing() -> None:
    source = WAITING.replace("until: [approve, refuse]", "until: [approve]").replace(
        "{label: در انتظار آگهی}", "{label: در انتظار آگهی, clock: stopped, waits_for: روزنامه}"
    )
    assert not any("never be met" in each for each in faults_of(source))


def test_a_target_some_cases_cannot_meet() -> None:
    source = (
        RESIDENCE.replace("kind: yes_no,", "kind: yes_no, plain: true,")
        .replace(
            "targets:\n",
            "targets:\n  owners: {within: 2, unit: working_days, when: {owner: true}, until: [refuse]}\n",
        )
        .replace(
            "by: expert, from: [filed], to: refused,",
            "by: expert, when: {owner: false}, from: [filed], to: refused,",
        )
    )
    assert any("«owners» can never be met by a case with {owner: True}" in each for each in faults_of(source))


@pytest.mark.parametrize(
    ("wrong", "instead", "expected"),
    [
        ("title: گواهی سکونت", "title: Residence", "line 2: «title» has no Persian letters"),
        ("label: تأیید,", "label: Approve,", "line 14: «label» has no Persian letters"),
        ("{actor} سکونت شما را تأیید کرد.", "{actor} approved.", "line 14: «says» has no Persian letters"),
        ("label: کد پستی", "label: كد پستي", "line 7: «label» has the Arabic «ي» or «ك»"),
        (
            "label: کد پستی",
            "label: کد پستی 10 رقمی",
            "line 7: «label» has «10»; people read it, so write Persian",
        ),
        (
            "kind: text, label: دلیل",
            "kind: choice, options: {a: Yes}, label: دلیل",
            "«a» has no Persian letters",
        ),
        ("residence-certificate", "residence-" * 5 + "certificate", "line 1: «service» is longer than 50"),
        ("[natural]\n", "[natural]\nidentity: {laws: [مادهٔ 12]}\n", "line 5: «laws» has «12»"),
    ],
)
def test_what_people_read_is_written_for_them(wrong: str, instead: str, expected: str) -> None:
    assert wrong in RESIDENCE
    assert any(expected in fault for fault in faults_of(RESIDENCE.replace(wrong, instead, 1)))


def test_latin_words_and_names_in_braces_stand_as_they_are() -> None:
    assert faults_of(RESIDENCE.replace("label: اجاره‌نامه", "label: اجاره‌نامه (PDF یا فرم G2C)")) == []
