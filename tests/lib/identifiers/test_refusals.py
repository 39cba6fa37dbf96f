"""A refusal says what is wrong and what is right, and programs get its name."""

import pickle
from typing import Any

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

from ..vectors import answered


@pytest.mark.parametrize(
    ("module", "typed", "code"),
    [
        (national_id, "", "empty"),
        (national_id, " - \u200f", "empty"),
        (national_id, "12345۶789x", "not-digits"),
        (national_id, "²²²²²²²²²²", "not-digits"),
        (national_id, "136745821", "leading-zero"),
        (national_id, "65123492", "leading-zero"),
        (national_id, "1367458", "wrong-length"),
        (national_id, "13674582181", "wrong-length"),
        (national_id, "1367458219", "check-digit"),
        (national_id, "1111111111", "never-issued"),
        (national_id, "0001234560", "never-issued"),
        (national_id, "1360000003", "never-issued"),
        (legal_id, "1038028479", "wrong-length"),
        (legal_id, "10000000005", "never-issued"),
        (legal_id, "10380284792", "check-digit"),
        (foreign_id, "12345678901", "wrong-length"),
        (foreign_id, "012345678901", "wrong-start"),
        (mobile, "0914123456", "not-a-mobile"),
        (mobile, "+1 914 123 4567", "not-a-mobile"),
        (mobile, "09541234567", "unknown-operator"),
        (landline, "33334444", "no-area"),
        (landline, "02912345678", "not-a-landline"),
        (landline, "02932345678", "unknown-area"),
        (postal_code, "516661647", "wrong-length"),
        (postal_code, "5266616471", "never-issued"),
        (iban, "IR8205401026800208179090", "wrong-length"),
        (iban, "IR820540102680020817909003", "check-digit"),
        (iban, "GB82WEST12345698765432", "foreign-iban"),
        (plate, "12خ345-15", "unknown-letter"),
        (plate, "10الف345-15", "wrong-digits"),
        (plate, "12الف345-05", "wrong-region"),
        (plate, "12الف345", "not-a-plate"),
        (plate, "123-45678", "motorcycle"),
        (vin, "NAAM01CA5OE123456", "forbidden-letter"),
        (vin, "NAAM01CA5DE12345", "not-a-vin"),
        (plot, "72/1617", "which-is-main"),
        (plot, "211-253-254/6932-6933", "not-a-plot"),
        (plot, "۳ فرعی از ۰", "no-main"),
        (economic_code, "12345", "wrong-length"),
        (economic_code, "13674582190001", "check-digit"),
        (deposit_id, "1" * 31, "wrong-length"),
        (bill, "123456700114", "not-a-pair"),
        (bill, "1/2", "wrong-length"),
        (bill, "123456700115/1500050515", "bill-check-digit"),
        (bill, "123456700114/1500050516", "payment-check-digit"),
        (bill, "123456700114/1500050505", "payment-check-digit"),
    ],
)
def test_a_refusal_has_a_name(module: Any, typed: str, code: str) -> None:
    answer = answered(module.parse, typed)
    assert isinstance(answer, Malformed)
    assert answer.code == code


def test_a_slip_in_a_national_id_is_told_as_the_voice_wants_it() -> None:
    with pytest.raises(Malformed, match="رقم آخر با بقیه جور نیست"):
        national_id.parse("1367458219")


def test_a_lost_zero_is_asked_for_and_never_padded() -> None:
    with pytest.raises(Malformed, match="صفرهای اول را هم بنویسید"):
        national_id.parse("65123492")


def test_a_missing_area_is_asked_for_with_the_number_that_was_typed() -> None:
    with pytest.raises(Malformed, match="نمونه: ۰۴۱۳۳۳۳۴۴۴۴"):
        landline.parse("33334444")


def test_a_refusal_is_a_value_error_that_can_be_sent_to_another_process() -> None:
    refused = Malformed("empty", "چیزی ننوشته‌اید.")
    copied = pickle.loads(pickle.dumps(refused))  # noqa: S301  # our own bytes
    assert isinstance(refused, ValueError)
    assert (copied.code, copied.message, str(copied)) == ("empty", "چیزی ننوشته‌اید.", "چیزی ننوشته‌اید.")
