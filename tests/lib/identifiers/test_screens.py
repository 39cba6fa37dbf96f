"""What people see of an identifier, what lists hide, and how it may be typed."""

from dataclasses import replace

import pytest

from mizban.lib.identifiers import (
    bill,
    deposit_id,
    economic_code,
    foreign_id,
    iban,
    landline,
    legal_id,
    mobile,
    national_id,
    plate,
    plot,
    postal_code,
    vin,
)
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.identifiers.plate import Plate
from mizban.lib.identifiers.plot import Plot
from mizban.lib.identifiers.rules import RULES

from ..vectors import is_taken

IBAN = "IR270170000000100324200001"


def test_screens_show_persian_digits() -> None:
    assert national_id.show("0529182734") == "۰۵۲۹۱۸۲۷۳۴"
    assert legal_id.show("14100543216") == "۱۴۱۰۰۵۴۳۲۱۶"
    assert foreign_id.show("105123456789") == "۱۰۵۱۲۳۴۵۶۷۸۹"
    assert mobile.show("+989141234567") == "۰۹۱۴۱۲۳۴۵۶۷"
    assert landline.show("041-33334444") == "۰۴۱-۳۳۳۳۴۴۴۴"
    assert postal_code.show("5166616471") == "۵۱۶۶۶۱۶۴۷۱"
    assert economic_code.show("10380284790") == "۱۰۳۸۰۲۸۴۷۹۰"
    assert deposit_id.show("0012") == "۰۰۱۲"


def test_an_iban_keeps_its_ascii_digits_because_it_is_copied_into_banks() -> None:
    assert iban.show(IBAN) == "IR27 0170 0000 0010 0324 2000 01"


def test_lists_hide_the_middle() -> None:
    assert national_id.mask("0529182734") == "۰۵۲•••۲۷۳۴"
    assert mobile.mask("+989141234567") == "۰۹۱۴•••۴۵۶۷"
    assert iban.mask(IBAN) == "IR27•••0001"


@pytest.mark.parametrize("odd", ["", "0914", "05291827345", "۰۵۲۹۱۸۲۷۳۴", "sealed"])
def test_what_is_not_in_its_stored_form_is_hidden_whole(odd: str) -> None:
    assert national_id.mask(odd) == mobile.mask(odd) == iban.mask(odd) == "•••"


def test_a_plate_has_four_parts_and_a_kind() -> None:
    car = plate.parse("۱۲ الف ۳۴۵ ایران ۲۵")
    assert car == Plate("12", "الف", "345", "25")
    assert car.kind == "دولتی"
    assert car.text == str(car) == "12الف345-25"
    assert plate.show(car) == "۱۲ الف ۳۴۵ ایران ۲۵"


@pytest.mark.parametrize("letter", plate.KINDS)
def test_every_letter_of_a_plate_reads_back(letter: str) -> None:
    car = plate.of_parts("12", letter, "345", "15")
    assert plate.parse(car.text) == plate.parse(plate.show(car)) == car
    assert car.kind


@pytest.mark.parametrize(
    "typed",
    [
        "12ا345-15",
        "۱۲ آ ۳۴۵ ۱۵",
        "12 الف 345 – ايران 15",
        "\u200f12\u200c الف\u200c345 ایران15",
        "12الف34515",
    ],
)
def test_a_government_plate_is_read_however_it_is_typed(typed: str) -> None:
    assert plate.parse(typed) == Plate("12", "الف", "345", "15")


def test_a_wheelchair_on_a_plate_is_the_letter_zhe() -> None:
    assert plate.parse("12♿\ufe0f345-15").letter == "ژ"


def test_a_part_of_a_plate_is_never_cut_to_fit() -> None:
    with pytest.raises(Malformed):
        plate.of_parts("12" + " " * 300 + "9", "ب", "345", "15")
    with pytest.raises(Malformed):
        plate.of_parts("12", "ب", "345", "15\n9")


def test_a_plot_is_spoken_never_slashed() -> None:
    plot_of_land = plot.parse("۱۶۱۷ فرعی از ۷۲ اصلی")
    assert plot_of_land.text == str(plot_of_land) == "1617 فرعی از 72 اصلی"
    assert plot.show(plot_of_land) == "۱۶۱۷ فرعی از ۷۲ اصلی"
    assert plot.show(Plot(88)) == "۸۸ اصلی"
    assert plot.parse("۸۸ اصلی") == Plot(88, 0)
    assert plot.parse("۱۶۱۷ فرعي‌از\u200f ۷۲") == Plot(72, 1617)


def test_a_vin_is_stored_in_capitals_whatever_its_check_digit() -> None:
    assert vin.parse("naam-01ca5 de123456") == "NAAM01CA5DE123456"


@pytest.mark.parametrize("typed", ["ſAAM01CA5DE123456", "NAAM01CA5DE12345é", "NAAM01CA5DE12345\u0131"])
def test_letters_that_only_resemble_latin_ones_are_refused(typed: str) -> None:
    assert not is_taken(vin.parse, typed)


def test_a_bill_is_two_numbers() -> None:
    electricity = bill.parse("۱۲۳۴۵۶۷۰۰۱۱۴ / ۱۵۰۰۰۵۰۵۱۵")
    assert electricity.text == str(electricity) == "123456700114/1500050515"
    assert bill.show(electricity) == "۱۲۳۴۵۶۷۰۰۱۱۴ / ۱۵۰۰۰۵۰۵۱۵"
    assert bill.pair("0123456700114", "0001500050515") == electricity


def test_a_deposit_id_keeps_its_zeros() -> None:
    assert deposit_id.parse("۰۰۱۲ ۳۴") == "001234"


def test_the_bank_of_an_iban_is_known() -> None:
    assert iban.bank(IBAN) == "017"
    assert iban.is_treasury("IR760100000004001000041402")
    assert not iban.is_treasury(IBAN)


@pytest.mark.parametrize(
    "typed", ["(041) 3333-4444", "0098 41 33334444", "+98 (0)41 33334444", "41 33334444"]
)
def test_a_landline_is_read_however_it_is_typed(typed: str) -> None:
    assert landline.parse(typed) == "041-33334444"


def test_a_site_changes_what_nobody_has_confirmed() -> None:
    wider = replace(
        RULES,
        mobile_second_digits="0123459",
        landline_areas=RULES.landline_areas | {"029"},
        plate_zero_allowed=True,
        iban_account_types=frozenset("1"),
        treasury_banks=frozenset({"017"}),
        foreign_id_first_digits="9",
        old_economic_code_accepted=False,
        deposit_id_longest=4,
    )
    assert mobile.parse("09541234567", rules=wider) == "+989541234567"
    assert landline.parse("02932345678", rules=wider) == "029-32345678"
    assert plate.parse("10الف305-15", rules=wider).text == "10الف305-15"
    assert iban.is_treasury(IBAN, rules=wider)
    for refused, typed in (
        (iban.parse, IBAN),
        (foreign_id.parse, "105123456789"),
        (economic_code.parse, "411111111111"),
        (deposit_id.parse, "12345"),
    ):
        with pytest.raises(Malformed):
            refused(typed, rules=wider)
