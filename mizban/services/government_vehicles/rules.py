"""The by-law of government vehicles as plain functions: no database, no clock."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mizban.core.declarations.rules import rule
from mizban.lib.identifiers import vin
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import to_jalali
from mizban.lib.text import persian_digits

NONE_YET = "ندارد"
# Old vehicles have shorter numbers than a VIN (formats.md §9).
CHASSIS = re.compile(r"[A-Z0-9]{5,20}")
OLDEST_JALALI, OLDEST_GREGORIAN = 1330, 1951
GREGORIAN_FROM = 1900

Broken = dict[str, Malformed]


@rule("vehicle-identity")
def identity(answers: Mapping[str, Any]) -> Broken:
    """A vehicle is known by its VIN or chassis number; only one that is still to be bought has none."""
    typed = str(answers.get("chassis", "")).replace(" ", "").replace("-", "").upper()
    if typed == NONE_YET:
        if answers.get("deal") == "purchase":
            return {}
        return {"chassis": Malformed("chassis-missing", "شمارهٔ VIN یا شاسی این خودرو را بنویسید.")}
    if not CHASSIS.fullmatch(typed):
        return {
            "chassis": Malformed(
                "not-a-chassis", "شمارهٔ شاسی ۵ تا ۲۰ حرف لاتین و رقم است؛ نمونه: NAAM01CA5DE123456."
            )
        }
    return _vin(typed) if len(typed) == vin.LENGTH else {}


def _vin(typed: str) -> Broken:
    try:
        vin.parse(typed)
    except Malformed as refusal:
        return {"chassis": refusal}
    return {}


@rule("vehicle-model-year")
def model_year(answers: Mapping[str, Any]) -> Broken:
    """A model is of 1330 to the year after the letter, or of the same years in the Gregorian calendar."""
    year, written = answers["model_year"], date.fromisoformat(answers["letter_date"])
    newest = {False: to_jalali(written)[0] + 1, True: written.year + 1}[year >= GREGORIAN_FROM]
    oldest = OLDEST_GREGORIAN if year >= GREGORIAN_FROM else OLDEST_JALALI
    if oldest <= year <= newest:
        return {}
    return {
        "model_year": Malformed(
            "no-such-model", persian_digits(f"سال ساخت از {oldest} تا {newest} است؛ نمونه: ۱۴۰۲ یا ۲۰۲۳.")
        )
    }


@rule("vehicle-receiver")
def receiver(answers: Mapping[str, Any]) -> Broken:
    """Nobody transfers a vehicle to itself."""
    if "receiver_id" in answers and answers["receiver_id"] == answers.get("applicant_identifier"):
        return {
            "receiver_id": Malformed(
                "same-agency", "دستگاه مقصد همان دستگاه شماست؛ دستگاه گیرنده را بنویسید."
            )
        }
    return {}
