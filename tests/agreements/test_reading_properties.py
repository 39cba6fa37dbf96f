"""Whatever the text: an answer, the same one each time, with every line in a section; and in seconds."""

import json
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizban.office.agreements.reading import Reading, read_text
from mizban.office.agreements.reading.lines import lines
from tests.chance import examples

from .reading_cast import PUBLISHED, TEXTS, TODAY, read

PIECES = st.sampled_from(
    [
        "توافق‌نامه سطح خدمت",
        "مقدمه",
        "هدف:",
        "۳ روز کاری",
        "•",
        "✓",
        ".1",
        "1.",
        "12/1401/ 29",
        "می باشد.",
        '"',
        "«",
        "»",
        "[مدت]",
        "رمز",
        "تا تاریخ",
        "اعتبار دارد",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "و",
        "ت سطح خدم نامهتوافق",
        "valid until",
        "2027-03-20",
        "اداره کل",
        "استان",
        "\u200c",
        "\u2028",
        "\x0c",
        "\ufeff",
        "........",
        "۲۴/۷",
        "(",
        ")",
    ]
)
DOCUMENTS = st.one_of(
    st.text(max_size=400),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.lists(PIECES, max_size=40).map("".join),
)


def covered(reading: Reading) -> list[int]:
    return sorted({n for section in reading.sections for n in range(section.lines[0], section.lines[1] + 1)})


@examples(120)
@given(DOCUMENTS)
def test_any_text_has_an_answer_whose_sections_cover_it(text: str) -> None:
    reading = read_text(text, today=TODAY)
    count = lines(text).total
    assert covered(reading) == list(range(1, count + 1))
    for clause in reading.clauses:
        assert 1 <= clause.lines[0] <= clause.lines[1] <= count
        assert 0 <= clause.confidence <= 1
        assert clause.text
    json.dumps(reading.as_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize("name", [*PUBLISHED, "14_abfa_ilam.txt", "own_04_sports_one_line.txt"])
def test_sections_cover_the_lines_of_real_texts(name: str) -> None:
    reading = read(name)
    assert covered(reading) == list(range(1, len(reading.source.splitlines()) + 1))


SAID = (
    "import sys, json; from datetime import date; from pathlib import Path; from "
    "mizban.office.agreements.reading import read_file; "
    "print(json.dumps(read_file(Path(sys.argv[1]), today=date(2026, 11, 20)).as_json()))"
)


def test_two_processes_with_other_hash_seeds_agree() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", SAID, str(TEXTS / PUBLISHED["S1"])],
            capture_output=True, check=True, env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


MEGABYTES_5 = 5 * 1024 * 1024
HOSTILE = {
    "one letter": "a",
    "blanks": " \t",
    "bullets": "x •\n",
    "stops": ". ",
    "slashes": "1/",
    "dates": "1401/12/29 ",
    "brackets": "[ا",
    "quotes": '"ا ',
    "headings": "مقدمه: هدف: ",
    "broken runs": "می باشد. رمانگی کلیه اطلاعات ارباب رجوعدستگاه اجرایی متعهد به حفظ و مح •\n",
    "no blank": "دستگاه",
    "names": "اداره کل و ",
    "tags": "<p",
    "zwnj": "می\u200c",
    "empty lines": "\n",
    "figures": "سه روز کاری پاسخ ",
    "conditions": "در صورت ",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one letter", "bullets", "broken runs", "empty lines"])
def test_five_hostile_megabytes_take_seconds(name: str) -> None:
    unit = HOSTILE[name]
    text = unit * (MEGABYTES_5 // len(unit.encode()))
    begun = time.process_time()
    read_text(text, today=TODAY)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("name", HOSTILE)
def test_a_little_of_the_same_takes_no_time(name: str) -> None:
    text = HOSTILE[name] * (30_000 // len(HOSTILE[name].encode()))
    begun = time.process_time()
    read_text(text, today=TODAY)
    assert time.process_time() - begun < 3
