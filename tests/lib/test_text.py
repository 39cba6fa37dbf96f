"""Persian text: one spelling in storage, one key in search."""

import pytest
from hypothesis import given

from mizban.lib.text import ZWNJ, ascii_digits, compact_key, persian_digits, search_key, tidy

from .hostile import HUGE, QUICK, anything, seconds
from .vectors import VECTORS


@pytest.mark.parametrize(("typed", "key"), VECTORS["norm_text"].items())
def test_text_is_found_under_the_key_the_vectors_give(typed: str, key: str) -> None:
    assert search_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("كد پيگيري ٤٥٦", "کد پیگیری 456"),
        ("علی", "علی"),
        ("علے", "علی"),
        ("ڪتاب", "کتاب"),
        ("ھمہ ە", "همه ه"),
        ("توافقـــنامه", "توافقنامه"),
        ("مُهلَتِ اوّل", "مهلت اول"),
        ("ﻻزم و ﻣﻬﻠﺖ", "لازم و مهلت"),
        ("\ufeffسلام\u200f \u202bدنیا\u202c", "سلام دنیا"),
        ("نر\u00adم", "نرم"),
        ("۱۴۰۵/۰۸/۲۹ و ١٢", "1405/08/29 و 12"),
        ("１２ＡＢ", "12AB"),
        ("480﷼", "480ریال"),
        ("خدمت‌های  \u00a0 الکترونیکی ", "خدمت‌های الکترونیکی"),
        ("می\u200c\u200cشود", "می‌شود"),
        ("می\u200bشود", "می‌شود"),
        ("می‌ شود ‌و", "می شود و"),
        ("\u200cمی‌شود\u200c", "می‌شود"),
        ("مسئول مؤسسهٔ رأی", "مسئول مؤسسهٔ رأی"),
        ("مسي\u0654ول", "مسئول"),
        ("ا\u0653ب", "آب"),
        ("دایرة نامۀ", "دایرة نامۀ"),
        ("سطر یک \r\n  سطر دو\rسطر سه", "سطر یک\nسطر دو\nسطر سه"),
        ("الف\tب \t ج", "الف\tب\tج"),
        ("الف\x00\x07\x1bب", "الفب"),
        ("\ud800الف\udfff", "الف"),
        ("m² و ½", "m² و ½"),
        ("café", "café"),
        ("  ", ""),
    ],
)
def test_typed_text_is_stored_in_one_spelling(typed: str, stored: str) -> None:
    assert tidy(typed) == stored


@given(anything)
@QUICK
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(anything)
@QUICK
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(anything)
@QUICK
def test_tidied_text_has_the_key_of_the_original(text: str) -> None:
    assert search_key(tidy(text)) == search_key(text)


@given(anything)
@QUICK
def test_tidied_text_can_be_stored_anywhere(text: str) -> None:
    stored = tidy(text)
    assert "\x00" not in stored
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert stored == stored.strip()
    assert "  " not in stored
    assert ZWNJ * 2 not in stored


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مسئول", "مسوول".replace("وو", "ئو")),
        ("مؤسسه", "موسسه"),
        ("رأی", "رای"),
        ("آذر", "اذر"),
        ("نامهٔ اداره", "نامۀ اداره"),
        ("نامه‌ی اداره", "نامۀ اداره"),
        ("دایرة", "دایره"),
        ("رحمٰن", "رحمن"),
        ("IBAN", "iban"),
    ],
)
def test_two_spellings_of_a_word_are_found_together(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_a_key_without_blanks_finds_every_way_to_join_a_plural() -> None:
    assert compact_key("خدمت ها") == compact_key("خدمتها") == compact_key("خدمت‌ها") == "خدمتها"


def test_digits_change_their_script_and_nothing_else_does() -> None:
    assert ascii_digits("كد ۱۲٣") == "كد 123"
    assert persian_digits("كد 12٣") == "كد ۱۲۳"
    assert persian_digits(1405) == "۱۴۰۵"
    assert ascii_digits("²") == "²"


@pytest.mark.parametrize("name", HUGE)
def test_a_million_characters_are_tidied_within_a_second(name: str) -> None:
    text = HUGE[name][:1_000_000]
    assert seconds(lambda: search_key(text)) < 1.5
