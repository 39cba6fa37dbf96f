"""Articles 41 and 42 as plain functions: no database, no clock."""

from collections.abc import Mapping
from typing import Any

from mizban.core.declarations.rules import rule
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.rials import grouped

ALL_KINDS = "all"

Broken = dict[str, Malformed]


@rule("deposit-refund")
def refund_within_deposit(answers: Mapping[str, Any]) -> Broken:
    """Nobody gets back more than was deposited."""
    asked, deposited = answers.get("refund_amount"), answers["amount"]
    if asked is None or asked <= deposited:
        return {}
    return {
        "refund_amount": Malformed(
            "too-much", f"استرداد از مبلغ سپرده بیشتر نمی‌شود: تا {grouped(deposited)} ریال."
        )
    }


@rule("deposit-items")
def items_add_up(answers: Mapping[str, Any]) -> Broken:
    """Deposits told one by one are those of the amount asked for."""
    total = answers.get("items_total")
    if total is None or total == answers["amount"]:
        return {}
    return {
        "items": Malformed("wrong-sum", f"جمع سطرها {grouped(total)} ریال است؛ باید با مبلغ سپرده یکی باشد.")
    }


@rule("deposit-kind")
def kind_fits_the_request(answers: Mapping[str, Any]) -> Broken:
    """A balance is of all deposits, a deposit and its refund are of one kind."""
    of_all = answers["deposit_kind"] == ALL_KINDS
    if of_all == (answers["request"] == "balance"):
        return {}
    said = "نوع همین سپرده را برگزینید." if of_all else "تأییدیهٔ مانده برای همهٔ سپرده‌هاست؛ همان را برگزینید."
    return {"deposit_kind": Malformed("wrong-kind", said)}


@rule("deposit-balance-applicant")
def balance_is_asked_by_agencies(answers: Mapping[str, Any]) -> Broken:
    """The yearly confirmation is the duty of agencies and the treasury; a depositor has no balance there."""
    if answers["request"] != "balance" or answers.get("applicant_kind", "agency") == "agency":
        return {}
    return {"request": Malformed("agencies-only", "تأییدیهٔ مانده را دستگاه اجرایی می‌خواهد، نه واریزکننده.")}


@rule("deposit-difference")
def difference_adds_up(answers: Mapping[str, Any]) -> Broken:
    """What the office offers for confirmation: the difference of the two balances, whichever is greater."""
    difference = abs(answers["book_balance"] - answers["treasury_balance"])
    if answers["difference"] == difference:
        return {}
    return {"difference": Malformed("wrong-sum", f"اختلاف دو مانده {grouped(difference)} ریال است.")}
