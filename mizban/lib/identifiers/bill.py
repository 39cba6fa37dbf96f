"""شناسه قبض و شناسه پرداخت: the two numbers with which a bill is paid (formats.md §11)."""

from dataclasses import dataclass
from itertools import cycle

from ..text import persian_digits
from .malformed import Malformed
from .typed import bare_digits

_ASKED = "شناسهٔ قبض و پرداخت را با خط مورب جدا کنید؛ نمونه: ۱۲۳۴۵۶۷۰۰۱۱۴ / ۱۵۰۰۰۵۰۵۱۵"
_SHORTEST, _LONGEST = 6, 18
_LONGEST_TYPED = 200


@dataclass(frozen=True)
class Bill:
    """A bill's own id and the id of one payment of it, ASCII digits without leading zeros."""

    bill_id: str
    payment_id: str

    @property
    def text(self) -> str:
        """The stored form, which `parse` reads back: «123456700114/1500050515»."""
        return f"{self.bill_id}/{self.payment_id}"

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> Bill:
    """Return the bill typed as «bill id / payment id»; Malformed when a control digit is wrong."""
    if len(text) > _LONGEST_TYPED:
        raise Malformed("too-long", f"آنچه نوشته‌اید بسیار بلند است. {_ASKED}")
    halves = text.split("/")
    if len(halves) != 2:
        raise Malformed("not-a-pair", f"هر دو شناسه لازم است. {_ASKED}")
    return pair(halves[0], halves[1])


def pair(bill_id: str, payment_id: str) -> Bill:
    """Return the bill whose two ids were typed apart; Malformed when a control digit is wrong."""
    bill, payment = _id(bill_id), _id(payment_id)
    if bill[-1] != control_digit(bill[:-1]):
        raise Malformed(
            "bill-check-digit", "رقم‌های شناسهٔ قبض با هم جور نیست. آن را از روی قبض دوباره بنویسید."
        )
    # Its last digit but one guards the payment id alone, the last one guards both.
    if payment[-2] != control_digit(payment[:-2]) or payment[-1] != control_digit(bill + payment[:-1]):
        raise Malformed("payment-check-digit", "شناسهٔ پرداخت با این قبض جور نیست. هر دو را دوباره بنویسید.")
    return Bill(bill, payment)


def control_digit(digits: str) -> str:
    """Return the control digit of ASCII digits: weights 2 to 7 from the right, modulo 11."""
    rest = (
        sum(int(digit) * weight for digit, weight in zip(reversed(digits), cycle(range(2, 8)), strict=False))
        % 11
    )
    return "0" if rest < 2 else str(11 - rest)


def show(value: Bill) -> str:
    """Return both ids in Persian digits."""
    return persian_digits(f"{value.bill_id} / {value.payment_id}")


def _id(text: str) -> str:
    digits = bare_digits(text, asked=_ASKED).lstrip("0")
    if not _SHORTEST <= len(digits) <= _LONGEST:
        raise Malformed("wrong-length", f"رقم‌های شناسه کم یا زیاد است. {_ASKED}")
    return digits
