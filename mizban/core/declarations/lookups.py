"""Look-ups every service may name in `prefill`: what the one who opens the form need not type."""

from mizban.lib.jalali import numeric, to_jalali
from mizban.lib.text import persian_digits

from .rules import LOOK_UPS, Asking, look_up

__all__ = ["LOOK_UPS"]


@look_up("this-year")
def this_year(asking: Asking) -> str:
    """The Jalali year."""
    return persian_digits(str(to_jalali(asking.today)[0]))


@look_up("today")
def today(asking: Asking) -> str:
    """The Jalali date."""
    return persian_digits(numeric(asking.today))


@look_up("agency-name")
def agency_name(asking: Asking) -> str:
    """The signed-in agency."""
    return asking.agency.get("name", "")


@look_up("agency-legal-id")
def agency_legal_id(asking: Asking) -> str:
    """The signed-in agency's شناسهٔ ملی."""
    return persian_digits(asking.agency.get("legal_id", ""))
