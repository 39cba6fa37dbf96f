"""What makes a month's list consistent: no database, no clock."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mizban.core.declarations.rules import rule
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import MONTHS, to_jalali
from mizban.lib.text import persian_digits

MOST_NAMED = 8
MONTH_NAMES = ("farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar", "mehr", "aban", "azar", "dey",
               "bahman", "esfand")  # fmt: skip

Broken = dict[str, Malformed]


@rule("salary-rows")
def something_is_left(answers: Mapping[str, Any]) -> Broken:
    """Of nobody's pay more is deducted than there is: net is gross without the deductions, and something is left."""
    rows = answers["salaries"]
    if not isinstance(rows, list):
        return {}
    wrong = [persian_digits(str(number)) for number, row in enumerate(rows, start=1) if row["net"] <= 0]
    if not wrong:
        return {}
    named = "، ".join(wrong[:MOST_NAMED]) + ("، …" if len(wrong) > MOST_NAMED else "")
    return {"salaries": Malformed("too-little", f"در سطر {named} کسور از ناخالص کمتر نیست؛ چیزی نمی‌ماند.")}


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
