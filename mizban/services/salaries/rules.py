"""What makes a month's list consistent: no database, no clock."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mizban.core.declarations.rules import rule
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import MONTHS, to_jalali
from mizban.lib.rials import grouped
from mizban.lib.text import persian_digits

DEDUCTIONS = ("pension", "insurance", "tax", "other_deductions")
MONTH_NAMES = ("farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar", "mehr", "aban", "azar", "dey",
               "bahman", "esfand")  # fmt: skip

Broken = dict[str, Malformed]


@rule("salary-sums")
def net_is_gross_without_deductions(answers: Mapping[str, Any]) -> Broken:
    """Net is gross without the sum of the deductions, and something is left."""
    deducted = sum(answers[name] for name in DEDUCTIONS)
    if deducted >= answers["gross"]:
        return {
            "gross": Malformed(
                "too-little", f"جمع کسور {grouped(deducted)} ریال است؛ ناخالص باید از آن بیشتر باشد."
            )
        }
    net = answers["gross"] - deducted
    if answers["net"] == net:
        return {}
    return {
        "net": Malformed("wrong-sum", f"ناخالص بدون کسور {grouped(net)} ریال است؛ جمع خالص را درست کنید.")
    }


@rule("salary-month")
def month_is_near(answers: Mapping[str, Any]) -> Broken:
    """A list is sent for a month that has begun or is the next one, counted from its letter."""
    year, month, _ = to_jalali(date.fromisoformat(answers["letter_date"]))
    asked = answers["year"] * 12 + MONTH_NAMES.index(answers["month"])
    if asked <= year * 12 + month:
        return {}
    newest = persian_digits(f"{MONTHS[month % 12]} {year + month // 12}")
    return {"month": Malformed("too-early", f"تا {newest} را می‌توان فرستاد؛ تاریخ نامه و ماه را ببینید.")}


@rule("salary-payment")
def payment_fits(answers: Mapping[str, Any]) -> Broken:
    """Nobody fails twice: payments that came back are fewer than those made."""
    if answers["failed"] <= answers["paid"]:
        return {}
    return {"failed": Malformed("too-many", "شمار برگشتی از شمار پرداخت‌ها بیشتر نمی‌شود.")}
