"""Numbers, days and texts as screens write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from markupsafe import Markup

from mizban.kit import filters

# 2026-11-18 is Wednesday 27 Aban 1405.
WEDNESDAY = date(2026, 11, 18)
EARLY = datetime(2026, 11, 14, 6, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12, "۱۲"),
        ("7:30", "۷:۳۰"),
        ("٤", "۴"),
        (None, ""),
        (4.2, "۴٫۲"),
        (Decimal("0.5"), "۰٫۵"),
        ("بند ۳", "بند ۳"),
    ],
)
def test_every_digit_is_persian(value: object, shown: str) -> None:
    assert filters.fa(value) == shown


def test_numbers_are_grouped_in_threes_with_the_minus_at_the_left() -> None:
    assert filters.grouped(480_000_000) == "۴۸۰٬۰۰۰٬۰۰۰"
    assert filters.grouped(0) == "۰"
    assert filters.grouped(-1500) == "\u200e−۱٬۵۰۰"


@pytest.mark.parametrize(
    ("fraction", "places", "shown"),
    [
        (0.94, 0, "۹۴٪"),
        (0.9981, 2, "۹۹٫۸۱٪"),
        (1, 0, "۱۰۰٪"),
        (0, 2, "۰٪"),
        (0.999, 0, "۹۹٪"),
        (0.29, 0, "۲۹٪"),
    ],
)
def test_a_percentage_never_claims_more_than_was_reached(fraction: float, places: int, shown: str) -> None:
    assert filters.percent(fraction, places) == shown


def test_an_address_in_a_sentence_stays_as_a_browser_takes_it() -> None:
    shown = filters.official("نشانی درگاه (http://a.ir:8000/b/)، تلفن 041-33334444، 12 <b>")
    assert shown == (
        'نشانی درگاه (<bdi dir="ltr" class="address">http://a.ir:8000/b/</bdi>)، '
        'تلفن <bdi dir="ltr">۰۴۱-۳۳۳۳۴۴۴۴</bdi>، ۱۲ &lt;b&gt;'
    )


def test_clause_numbers_have_the_persian_mark() -> None:
    assert filters.clause("3.2") == "۳٫۲"
    assert filters.clause("بند 4.10.") == "بند ۴٫۱۰."


def test_counts_are_words_up_to_ten() -> None:
    assert [filters.words(n) for n in (1, 3, 10, 11)] == ["یک", "سه", "ده", "۱۱"]


def test_the_year_is_dropped_only_within_the_present_one() -> None:
    assert filters.spoken(date(2026, 11, 25)) == "چهارشنبه ۴ آذر ۱۴۰۵"
    assert filters.spoken(date(2026, 11, 25), WEDNESDAY) == "چهارشنبه ۴ آذر"
    assert filters.spoken(date(2025, 11, 25), WEDNESDAY).endswith("۱۴۰۴")


def test_moments_are_told_by_tehrans_clock() -> None:
    assert filters.moment(EARLY) == "شنبه ۲۳ آبان ۱۴۰۵، ۱۰:۱۲"
    assert filters.moment(EARLY, WEDNESDAY) == "شنبه ۲۳ آبان، ۱۰:۱۲"
    assert filters.spoken(datetime(2026, 11, 17, 21, 0, tzinfo=UTC)) == "چهارشنبه ۲۷ آبان ۱۴۰۵"
    assert filters.clock(EARLY) == "۱۰:۱۲"
    assert filters.month(WEDNESDAY) == "آبان ۱۴۰۵"


def test_tables_have_the_day_isolated() -> None:
    assert filters.jalali(date(2026, 11, 25)) == Markup('<bdi dir="ltr">۱۴۰۵/۰۹/۰۴</bdi>')


def test_the_machine_reads_gregorian() -> None:
    assert filters.isoformat(WEDNESDAY) == "2026-11-18"
    assert filters.isoformat(EARLY) == "2026-11-14T10:12+03:30"


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "۰ بایت"),
        (1023, "۱۰۲۳ بایت"),
        (348_160, "۳۴۰ کیلوبایت"),
        (1_258_291, "۱٫۲ مگابایت"),
        (5 * 1024**2, "۵ مگابایت"),
    ],
)
def test_file_sizes(size: int, shown: str) -> None:
    assert filters.filesize(size) == shown


def test_what_people_wrote_keeps_its_lines_and_loses_its_markup() -> None:
    written = "یک\r\nدو <script>\n\n\n سه & چهار\n"
    assert filters.paragraphs(written) == Markup("<p>یک<br>دو &lt;script&gt;</p><p>سه &amp; چهار</p>")
    assert filters.paragraphs("") == ""


def test_numbers_for_the_phone_and_for_reading_aloud() -> None:
    assert filters.tel("۰۴۱-۳۳۳۳۴۴۴۴") == "04133334444"
    assert filters.tel("+98 914 123 4567") == "+989141234567"
    assert filters.groups("472891356028") == ["4728", "9135", "6028"]
    assert filters.ltr("<b>") == '<bdi dir="ltr">&lt;b&gt;</bdi>'
