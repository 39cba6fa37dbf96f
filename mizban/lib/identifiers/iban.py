"""شبا: IR, two check digits, three of the bank and nineteen of the account (formats.md §7)."""

import re

from .malformed import Malformed
from .rules import RULES, Rules
from .typed import bare_capitals

HIDDEN = "•••"
_ASKED = "شبا IR و ۲۴ رقم است؛ نمونه: IR27 0170 0000 0010 0324 2000 01"
_IRANIAN = re.compile(r"IR[0-9]{24}")
_FOREIGN = re.compile(r"(?!IR)[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30}")


def parse(text: str, *, rules: Rules = RULES) -> str:
    """Return a typed IBAN as IR and 24 ASCII digits; typed with or without IR, in any case and grouping."""
    typed = bare_capitals(text, asked=_ASKED)
    value = typed if typed[:1].isalpha() else f"IR{typed}"
    if _FOREIGN.fullmatch(value):
        raise Malformed("foreign-iban", f"این شبا ایرانی نیست. {_ASKED}")
    if not _IRANIAN.fullmatch(value):
        raise Malformed("wrong-length", f"رقم‌های شبا کم یا زیاد است. {_ASKED}")
    # Comparing the digits, not the remainder, also refuses 00, 01 and 99, which stand for others.
    if value[2:4] != check_digits(value[4:]):
        raise Malformed("check-digit", "رقم‌های شبا با هم جور نیست. آن را از برنامهٔ بانک خود دوباره بردارید.")
    if rules.iban_account_types is not None and value[7] not in rules.iban_account_types:
        raise Malformed("account-type", f"این نوع حساب پذیرفته نیست. {_ASKED}")
    return value


def check_digits(bban: str) -> str:
    """Return the two check digits of a bank and account number of 22 ASCII digits."""
    return f"{98 - int(bban + '182700') % 97:02}"


def bank(value: str) -> str:
    """Return the three digits of the bank in a stored IBAN."""
    return value[4:7]


def is_treasury(value: str, *, rules: Rules = RULES) -> bool:
    """Say whether a stored IBAN is kept where the treasury keeps its accounts."""
    return bank(value) in rules.treasury_banks


def show(value: str) -> str:
    """Return a stored IBAN in groups of four. Its digits stay ASCII: it is copied into banks' programs."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


def mask(value: str) -> str:
    """Return it for lists, with the account hidden: «IR27•••0001» (service_desk_rules.md §9)."""
    return f"{value[:4]}{HIDDEN}{value[-4:]}" if _IRANIAN.fullmatch(value) else HIDDEN
