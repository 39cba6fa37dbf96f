"""Article 47 of the Public Accounts Act as plain functions: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mizban.core.declarations.rules import rule
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import add_months
from mizban.lib.rials import Rials, grouped, instalments

Broken = dict[str, Malformed]


@dataclass(frozen=True, slots=True)
class Instalment:
    """One line of the table: its number from 1, the day it falls due and the amount."""

    number: int
    due_on: date
    amount: Rials


def schedule(
    total: int, *, down_payment: int, count: int, first_on: date, every_months: int = 1
) -> list[Instalment]:
    """The table of instalments: equal parts, the last takes the remainder; the same Jalali day, clipped to the month.

    `total` and `down_payment` in rials. ValueError for fewer than one part or a down payment above the total.
    """
    parts = instalments(Rials(total) - down_payment, count)
    return [
        Instalment(number + 1, add_months(first_on, number * every_months), part)
        for number, part in enumerate(parts)
    ]


@rule("debt-total")
def total_is_the_sum(answers: Mapping[str, Any]) -> Broken:
    """Principal and penalty make the total."""
    total = answers["principal"] + answers["penalty"]
    if answers["total"] == total:
        return {}
    return {
        "total": Malformed(
            "wrong-sum", f"اصل بدهی و جریمه روی هم {grouped(total)} ریال است؛ جمع را درست کنید."
        )
    }


@rule("debt-plan")
def plan_fits_the_wish(answers: Mapping[str, Any]) -> Broken:
    """Grace is one payment, instalments are two or more; a down payment leaves something to be paid."""
    wrong = _less_than_total(answers)
    if answers["kind"] == "grace" and answers["count"] != 1:
        wrong["count"] = Malformed(
            "one-payment", "پرداخت یکجا یک قسط است؛ ۱ بنویسید یا «تقسیط بدهی» را برگزینید."
        )
    if answers["kind"] != "grace" and answers["count"] < 2:
        wrong["count"] = Malformed("two-or-more", "تقسیط دست‌کم دو قسط دارد؛ نمونه: ۶.")
    return wrong


@rule("debt-approval")
def approval_adds_up(answers: Mapping[str, Any]) -> Broken:
    """What the director signs is what the table will say."""
    if wrong := _less_than_total(answers):
        return wrong
    each = instalments(answers["total"] - answers["down_payment"], answers["count"])[0]
    if each < 1:
        return {"count": Malformed("too-many", "مبلغ برای این شمار قسط کم است؛ قسط‌های کمتری بنویسید.")}
    if answers["each"] != each:
        return {"each": Malformed("wrong-instalment", f"هر قسط {grouped(each)} ریال است.")}
    return {}


def _less_than_total(answers: Mapping[str, Any]) -> Broken:
    if answers["down_payment"] < answers["total"]:
        return {}
    return {"down_payment": Malformed("down-payment", "پیش‌پرداخت باید کمتر از جمع بدهی باشد.")}
