"""What no official source has confirmed yet, gathered so that one argument changes it.

`formats.md` marks these **[ok?]**: they come from practice. Every parser that leans on one takes `rules=`; a
site passes its own `Rules(...)` or `dataclasses.replace(RULES, ...)`.
"""

from dataclasses import dataclass

_LANDLINE_AREAS = frozenset(
    (
        "011", "013", "017", "021", "023", "024", "025", "026", "028", "031", "034", "035",
        "038", "041", "044", "045", "051", "054", "056", "058", "061", "066", "071", "074",
        "076", "077", "081", "083", "084", "086", "087",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """The unconfirmed settings, with the values in use today."""

    mobile_second_digits: str = "012349"
    """Second digit after the 9, of the operators known to work (formats.md §4)."""

    landline_areas: frozenset[str] = _LANDLINE_AREAS
    """Province codes of landlines (formats.md §5)."""

    plate_zero_allowed: bool = False
    """Whether the two- and three-digit parts of a plate may have a zero (formats.md §8)."""

    iban_account_types: frozenset[str] | None = None
    """Account types taken (the digit after the bank); None takes any, its place is unsure (formats.md §7)."""

    treasury_banks: frozenset[str] = frozenset({"010"})
    """Banks that keep the accounts of the treasury (formats.md §7)."""

    foreign_id_first_digits: str = "123456789"
    """First digit of a foreign person's code; no check digit is public (formats.md §3)."""

    old_economic_code_accepted: bool = True
    """Whether the twelve-digit economic code of before is still taken (formats.md §11)."""

    deposit_id_longest: int = 30
    """Longest شناسه واریز of the treasury, whose structure is not published (formats.md §11)."""


RULES = Rules()
