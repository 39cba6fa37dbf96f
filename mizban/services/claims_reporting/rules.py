"""What makes a report of debts and claims consistent: no database, no clock."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mizban.core.declarations.rules import rule
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import from_jalali, month_length, spoken
from mizban.lib.rials import grouped

LAST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12, "year": 12}
# Each figure of the form, by the side and the kinds of party whose rows make it up; a claim on a bank is on a person.
FIGURES = {
    "debts_to_persons": ("debt", ("person",)),
    "debts_to_agencies": ("debt", ("agency",)),
    "debts_to_banks": ("debt", ("bank",)),
    "claims_from_persons": ("claim", ("person", "bank")),
    "claims_from_agencies": ("claim", ("agency",)),
}

Broken = dict[str, Malformed]


def ends_on(year: int, period: str) -> date:
    """The last day of a period: 31 Khordad, 31 Shahrivar, 30 Azar, or 29/30 Esfand. MalformedDate for no such year."""
    month = LAST_MONTH[period]
    return from_jalali(year, month, month_length(year, month))


@rule("claims-table")
def figures_are_sums_of_the_table(answers: Mapping[str, Any]) -> Broken:
    """Each figure is the sum of the rows it stands for."""
    rows = answers["table"]
    if not isinstance(rows, list):
        return {}
    wrong = {}
    for figure, (side, kinds) in FIGURES.items():
        right = sum(row["amount"] for row in rows if row["side"] == side and row["party_kind"] in kinds)
        if answers[figure] != right:
            wrong[figure] = Malformed(
                "wrong-sum", f"جمع سطرهای جدول برای این ردیف {grouped(right)} ریال است."
            )
    return wrong


@rule("claims-offset")
def offset_has_two_sides(answers: Mapping[str, Any]) -> Broken:
    """Only what is owed on both sides can be set off: no more than the smaller of the two."""
    most = min(answers["debts_total"], answers["claims_total"])
    if answers["offset"] <= most:
        return {}
    return {
        "offset": Malformed("too-much", f"تهاتر از بدهی و از مطالبات بیشتر نمی‌شود: تا {grouped(most)} ریال.")
    }


@rule("claims-period")
def period_is_over(answers: Mapping[str, Any]) -> Broken:
    """A period is reported when it is over: the letter is not older than its last day."""
    last = ends_on(answers["year"], answers["period"])
    if date.fromisoformat(answers["letter_date"]) >= last:
        return {}
    return {
        "period": Malformed(
            "not-over", f"این دوره {spoken(last)} پایان می‌یابد و نامه پیش از آن نوشته شده است."
        )
    }
