"""How each kind of question is put: one line a kind, so that a new kind is one line more."""

from dataclasses import dataclass
from functools import partial

RADIOS_UP_TO = 5
# What core.cases.files takes; a test holds the two together, and importing it here would load the models.
EXTENSIONS = {"pdf": ".pdf", "jpg": ".jpg,.jpeg", "png": ".png", "xlsx": ".xlsx"}


@dataclass(frozen=True, slots=True)
class Widget:
    """A control: the macro of `kit/_widgets.html` that draws it, and what that macro is told.

    `help` is said where the declaration says nothing; `shows_example` adds the declaration's example to it;
    `unit` stands in the label; `grouped` means several controls under one legend; `keeps_latin` leaves digits
    as typed; `shown_as` names the macro of `kit/_answers.html` that shows an answer of this kind.
    """

    macro: str = "line"
    size: int = 0
    inputmode: str = ""
    dir: str = ""
    type: str = "text"
    autocomplete: str = "off"
    help: str = ""
    unit: str = ""
    shows_example: bool = False
    grouped: bool = False
    keeps_latin: bool = False
    shown_as: str = "spoken"


_digits = partial(Widget, inputmode="numeric", dir="ltr", shown_as="isolated")
_phone = partial(
    Widget, size=15, inputmode="tel", dir="ltr", type="tel", autocomplete="tel", shown_as="isolated"
)
_secret = partial(Widget, size=20, dir="ltr", type="password", shown_as="nothing")

WIDGETS: dict[str, Widget] = {
    "text": Widget(),
    "long_text": Widget("area", shown_as="long_text"),
    "number": _digits(size=10, shown_as="spoken"),
    "rials": _digits(size=20, unit="ریال", shown_as="spoken"),
    "date": _digits(size=12, help="سال، ماه و روز", shows_example=True, shown_as="spoken"),
    "choice": Widget("radios", grouped=True),
    "choices": Widget("ticks", grouped=True),
    "yes_no": Widget("yes_no", grouped=True),
    "unit": Widget("select"),
    "agency": Widget("select"),
    "file": Widget("file", help="PDF یا JPG یا PNG، تا ۵ مگابایت", shown_as="files"),
    "files": Widget("file", help="PDF یا JPG یا PNG، هر کدام تا ۵ مگابایت", shown_as="files"),
    "national_id": _digits(size=14, help="ده رقم، با صفرهای آغاز آن"),
    "legal_id": _digits(size=15, help="یازده رقم"),
    "foreign_id": _digits(size=16, help="دوازده رقم کد فراگیر"),
    "mobile": _phone(help="یازده رقم که با ۰۹ آغاز می‌شود"),
    "landline": _phone(help="با پیش‌شمارهٔ شهر"),
    "postal_code": _digits(size=14, autocomplete="postal-code", help="ده رقم"),
    "iban": Widget(
        size=34, dir="ltr", help="با یا بی IR، رقم فارسی یا لاتین", keeps_latin=True, shown_as="iban"
    ),
    "vin": Widget(size=22, dir="ltr", help="هفده نویسه، روی کارت خودرو", keeps_latin=True, shown_as="latin"),
    "plate": Widget("plate", grouped=True, help="همان‌گونه که روی پلاک است، از چپ به راست", shown_as="plate"),
    "plot": Widget("plot", grouped=True, help="اگر پلاک فرعی ندارد، فرعی را ۰ بنویسید"),
    "email": Widget(
        size=30, inputmode="email", dir="ltr", type="email", autocomplete="email", shown_as="latin"
    ),
    "declaration": Widget("declaration"),
    "economic_code": _digits(size=18, help="یازده رقم شناسهٔ ملی، یا کد ملی با چهار رقم پس از آن"),
    "deposit_id": _digits(size=32, help="شناسهٔ واریز، روی فیش یا اعلامیه"),
    "bill": _digits(size=36, help="شناسهٔ قبض / شناسهٔ پرداخت"),
    "period": Widget("period", grouped=True, help="سال، ماه و روز"),
    "address": Widget("address", grouped=True),
    "case": Widget("case", grouped=True, help="هر دو روی رسید آن درخواست است"),
    "items": Widget("items", grouped=True),
    "rows": Widget("rows", grouped=True, shown_as="table"),
    "computed": Widget("computed"),
    # Kinds that no service declares: the pages that let people in ask for these.
    "tracking_code": _digits(size=18, help="دوازده رقم، روی رسید"),
    "tracking_password": _secret(inputmode="numeric", autocomplete="off", help="دوازده رقم، روی رسید"),
    "one_time_code": _digits(size=10, autocomplete="one-time-code"),
    "username": Widget(size=20, dir="ltr", autocomplete="username", keeps_latin=True, shown_as="latin"),
    "password": _secret(autocomplete="current-password"),
    "new_password": _secret(autocomplete="new-password"),
}
