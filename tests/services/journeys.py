"""The happy path of every offering as a table: who takes which step and what they write in it.

People are those of the demo's offices (`mizban.config.demo`), by username; `APPLICANT` acts on the tracking page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

APPLICANT = "applicant"
MARYAM = {
    "applicant_kind": "natural",
    "applicant_name": "مریم رضایی",
    "applicant_identifier": "1367458218",
    "applicant_mobile": "09141234567",
}
ROADS = {
    "applicant_kind": "agency",
    "applicant_name": "راهداری آذربایجان شرقی",
    "applicant_identifier": "10380284790",
    "applicant_mobile": "09141234567",
}
REQUEST = {
    "department": "housing",
    "kind": "request",
    "text": "پروانهٔ ساخت من چهار ماه است که در کمیسیون مانده است.",
}
PLATE = {"two": "۱۲", "letter": "الف", "three": "۳۴۵", "region": "۱۵"}
BOTH = {"by_authority": "yes", "complete": "yes"}


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of the table; `after` says how many days pass before it."""

    step: str
    who: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    after: int = 0


@dataclass(frozen=True, slots=True)
class Journey:
    """From filing at `office` to the end: `state` it ends in, `said` on the tracking page, in time or late.

    `changes` are answers to the form that differ from the declaration's own examples.
    """

    office: str
    service: str
    applicant: Mapping[str, str]
    changes: Mapping[str, Any]
    steps: tuple[Taken, ...]
    state: str
    said: str
    in_time: bool = True

    @property
    def first(self) -> Taken:
        """The step a clerk begins with."""
        return self.steps[0]

    def brought(self, who: str) -> int:
        """The place of the step that brings somebody's agency in: the one before their own first."""
        return next(place for place, taken in enumerate(self.steps) if taken.who == who) - 1


SERVICE_DESK = Journey(
    office="markazi-roads",
    service="service-desk",
    applicant=MARYAM,
    changes=REQUEST,
    steps=(
        Taken("start", "babak"),
        Taken("return", "babak", {"item": "تصویر پشت کارت ملی"}),
        Taken("supply", APPLICANT, {"note": "تصویر پشت کارت پیوست است."}),
        Taken("reply", "nasrin", {"reply": "پروانهٔ ساخت شما صادر شد و در ادارهٔ مسکن آماده است."}),
        Taken("close", "babak"),
    ),
    state="closed",
    said="پروانهٔ ساخت شما صادر شد",
)
VEHICLES = Journey(
    office="eaz-economy",
    service="government-vehicles",
    applicant=ROADS,
    changes={"permit": "plate"},
    steps=(
        Taken("confirm_letter", "dara", {"spoke_with": "دبیرخانهٔ راهداری"}),
        Taken("start", "dara"),
        Taken("return", "dara", {"item": "تأیید تأمین اعتبار"}),
        Taken("supply", APPLICANT, {"note": "پیوست شد."}),
        Taken("propose", "dara", {"opinion": "مدارک کامل است و موافقت می‌شود."}),
        Taken("approve", "roya", {"permit_number": "۱۲/۴۵"}),
        Taken("send_to_police", "dara", {"number": "۱۴۰۵/۹"}),
        Taken("police_plated", "soroush", {"new_plate": PLATE, "plated_on": "۱۴۰۵/۰۸/۳۰"}),
    ),
    state="issued",
    said="۱۲/۴۵",
)
INSTALMENTS = Journey(
    office="eaz-economy",
    service="debt-instalments",
    applicant=MARYAM,
    changes={},
    steps=(
        Taken("ask_creditor", "nima", {"asked": "اصل بدهی و جریمه"}),
        Taken(
            "endorse",
            "yousef",
            {"confirmed_total": "1000000000", "accountant": "شیرین صادقی", "letter_number": "۱۲/۴"},
        ),
        Taken("pass_general", "nima", BOTH),
        Taken("ask_ministry", "nima", {"question": "سقف قسط‌ها چیست؟"}),
        Taken("ministry_reply", "majid", {"reply": "تا ۳۶ قسط"}),
        Taken("propose", "nima", {"opinion": "agree", "grounds": "شرایط ماده ۴۷ فراهم است."}),
        Taken(
            "approve",
            "hamed",
            {
                "total": "1000000000",
                "down_payment": "0",
                "count": "7",
                "every": "1",
                "first_on": "۱۴۰۵/۱۰/۳۰",
                "each": "142857142",
                "letter_number": "۹۱",
            },
        ),
        Taken("accept", APPLICANT, {"accepted": "yes"}),
        Taken("conclude", "nima", {"agreement_number": "۱۴۰۵/ت/۱۲"}),
    ),
    state="agreed",
    said="۷ قسط، هر کدام ۱۴۲٬۸۵۷٬۱۴۲ ریال",
)
CLAIMS = Journey(
    office="eaz-economy",
    service="claims-reporting",
    applicant=ROADS,
    changes={},
    steps=(
        Taken("confirm_letter", "nima", {"spoke_with": "دبیرخانهٔ راهداری"}),
        Taken("start", "nima"),
        Taken(
            "dispute",
            "nima",
            {
                "item": "بدهی به شرکت آب",
                "reason": "در گزارش شرکت آب نیامده است.",
                "answer_by": "۱۴۰۵/۰۹/۱۰",
            },
        ),
        Taken("correct", APPLICANT, {"outcome": "corrected", "answer": "رقم اصلاح شد."}),
        Taken("confirm", "nima", {"debts": "55000000000", "claims": "21000000000"}),
        Taken("consolidate", "parvin", {"row": "۱۲"}),
        Taken("sign", "hamed"),
        Taken("send_to_ministry", "nima", {"number": "۱۴۰۵/۷۷"}),
        Taken("present", "majid", {"presented_on": "۱۴۰۵/۰۸/۳۰", "number": "۱۲"}),
    ),
    state="presented",
    said="به مجلس شورای اسلامی ارائه کرد",
)
DEEDS = Journey(
    office="eaz-economy",
    service="deed-dispatch",
    applicant=ROADS,
    changes={"recipient": "third", "owner": "tabriz-medical"},
    steps=(
        Taken("confirm_letter", "dara", {"spoke_with": "دبیرخانهٔ راهداری"}),
        Taken("ask_ministry", "dara", {"asked": "ارسال سند پلاک ۱۶۱۷ فرعی از ۷۲ اصلی"}),
        Taken("ministry_endorses", "pari", {"letter_number": "۱/۱۲"}),
        Taken("ask_owner", "dara", {"asked": "ارسال به ادارهٔ ثبت"}),
        Taken("owner_consents", "leila", {"signer": "آرش صمدی، مدیر"}),
        Taken("issue_copy", "dara", {"number": "۳۱"}, after=17),
    ),
    state="copy_sent",
    said="نسخهٔ مصدق سند را فرستاد: شمارهٔ ۳۱",
    in_time=False,
)
SALARIES = Journey(
    office="eaz-economy",
    service="salaries",
    applicant=ROADS,
    changes={},
    steps=(
        Taken("confirm_letter", "omid", {"spoke_with": "ذی‌حسابی راهداری"}),
        Taken(
            "return_file",
            "omid",
            {"item": "شبای سطر ۱۷", "errors": "سطر ۱۷: شبا به نام دارندهٔ کد ملی نیست."},
        ),
        Taken("resend_file", APPLICANT, {"note": "شبا اصلاح شد."}),
        Taken("check_structure", "omid", {"rows": "۱۲۴"}),
        Taken("check_figures", "omid", {"gross": "24800000000", "net": "20000000000"}),
        Taken("request_funds", "zohreh", {"request_number": "۱۲", "amount": "24800000000"}),
        Taken("secure_credit", "elham", {"credit_number": "۹", "amount": "24800000000"}),
        Taken("order_payment", "hamed", {"order_number": "۱"}),
        Taken("pay_net", "omid", {"paid_on": "۱۴۰۵/۰۸/۳۰", "paid": "۱۲۴", "failed": "۰"}),
        Taken("pay_deductions", "omid", {"paid_on": "۱۴۰۵/۰۸/۳۰", "amount": "4800000000"}),
        Taken("report", "omid", {"report_number": "۱۴۰۵/۸"}),
    ),
    state="reported",
    said="۱۴۰۵/۸",
)
DEPOSITS = Journey(
    office="eaz-economy",
    service="deposits",
    applicant=MARYAM,
    changes={"request": "refund"},
    steps=(
        Taken("ask_holder", "omid", {"asked": "سپردهٔ مناقصه"}),
        Taken("release", "yousef", {"amount": "350000000", "accountant": "شیرین صادقی"}),
        Taken("ask_funds", "omid", {"amount": "350000000", "request_number": "۹"}),
        Taken("fund", "elham", {"funding_number": "۴"}),
        Taken("pay", "zohreh", {"mode": "machine", "order_number": "۱", "amount": "350000000"}),
    ),
    state="refunded",
    said="حوالهٔ ۱، مکانیزه",
)
JOURNEYS = (SERVICE_DESK, VEHICLES, INSTALMENTS, CLAIMS, DEEDS, SALARIES, DEPOSITS)
# What goes wrong with each: something is missing and asked again, a party says no, somebody does not accept the answer.
GROUNDS = {"grounds": "پاسخ با مدارکی که فرستادیم جور نیست.", "reason": "مدارک دوباره دیده شد و درست نیست."}
UNHAPPY = (
    Journey(
        office="markazi-roads",
        service="service-desk",
        applicant=MARYAM,
        changes=REQUEST,
        steps=(
            Taken("return", "babak", {"item": ["text", "تصویر پشت کارت ملی"]}),
            Taken(
                "supply", APPLICANT, {"text": f"{REQUEST['text']} شمارهٔ آن دوازده است.", "note": "پیوست شد."}
            ),
            Taken("reply", "nasrin", {"reply": "پروانهٔ ساخت شما هنوز آماده نیست."}),
            Taken("object", APPLICANT, GROUNDS, after=1),
            Taken("uphold", "babak", GROUNDS),
            Taken("appeal", APPLICANT, GROUNDS),
            Taken("deny_appeal", "karim", GROUNDS),
        ),
        state="final",
        said="تجدیدنظر شما را نپذیرفت",
    ),
    Journey(
        office="eaz-economy",
        service="government-vehicles",
        applicant=ROADS,
        changes={"permit": "plate"},
        steps=(
            Taken("return_letter", "dara", {"item": ["official_letter"]}),
            Taken("resend_letter", APPLICANT),
            Taken("confirm_letter", "dara", {"spoke_with": "دبیرخانهٔ راهداری"}),
            Taken("start", "dara"),
            Taken("return", "dara", {"item": ["engine"]}),
            Taken("supply", APPLICANT, {"engine": "12484123456"}),
            Taken("propose", "dara", {"opinion": "مدارک کامل نیست و رد می‌شود."}),
            Taken("refuse", "roya", GROUNDS),
            Taken("object", APPLICANT, GROUNDS),
            Taken("grant", "hamed", GROUNDS),
            Taken("propose", "dara", {"opinion": "مدارک کامل است و موافقت می‌شود."}),
            Taken("approve", "hamed", {"permit_number": "۱۲/۴۵"}),
            Taken("send_to_police", "dara", {"number": "۱۴۰۵/۹"}),
            Taken("police_objects", "soroush", {"mismatch": "شمارهٔ موتور جور نیست"}),
        ),
        state="approved",
        said="نامه را برای اصلاح برگرداند",
    ),
    Journey(
        office="eaz-economy",
        service="debt-instalments",
        applicant=MARYAM,
        changes={},
        steps=(
            Taken("return", "nima", {"item": ["finality"]}),
            Taken("supply", APPLICANT, {"finality": "رأی ۱۲/۴۵۱۸ مورخ ۱۴۰۴/۱۱/۰۲"}),
            Taken("ask_creditor", "nima", {"asked": "اصل بدهی و جریمه"}),
            Taken("not_endorse", "yousef", GROUNDS),
            Taken("refuse", "parvin", GROUNDS),
            Taken("object", APPLICANT, GROUNDS),
            Taken("uphold", "hamed", GROUNDS),
            Taken("appeal", APPLICANT, GROUNDS),
            Taken("grant_appeal", "majid", GROUNDS),
        ),
        state="legal_check",
        said="از وزارت تجدیدنظر شما را پذیرفت",
    ),
    Journey(
        office="eaz-economy",
        service="claims-reporting",
        applicant=ROADS,
        changes={},
        steps=(
            Taken("return_letter", "nima", {"item": ["official_letter"]}),
            Taken("leave_out", "parvin", {"reason": "پس از دو یادآوری نرسید."}),
            Taken("object", APPLICANT, GROUNDS),
            Taken("uphold", "hamed", GROUNDS),
        ),
        state="upheld",
        said="اعتراض شما را وارد ندانست",
    ),
    Journey(
        office="eaz-economy",
        service="deed-dispatch",
        applicant=ROADS,
        changes={},
        steps=(
            Taken("confirm_letter", "dara", {"spoke_with": "دبیرخانهٔ راهداری"}),
            Taken("ask_ministry", "dara", {"asked": "ارسال سند پلاک ۱۶۱۷ فرعی از ۷۲ اصلی"}),
            Taken("ministry_objects", "pari", GROUNDS),
            Taken("refuse", "roya", GROUNDS),
            Taken("object", APPLICANT, GROUNDS),
            Taken("uphold", "hamed", GROUNDS),
        ),
        state="upheld",
        said="اعتراض شما را وارد ندانست",
    ),
    Journey(
        office="eaz-economy",
        service="salaries",
        applicant=ROADS,
        changes={},
        steps=(
            Taken("confirm_letter", "omid", {"spoke_with": "ذی‌حسابی راهداری"}),
            Taken("return_file", "omid", {"item": ["payroll"]}),
            Taken("lapse", "zohreh", {"reason": "پس از دو یادآوری نرسید."}),
            Taken("reopen", APPLICANT, {"reason": "ذی‌حساب در مرخصی بود.", "item": ["payroll"]}, after=1),
            Taken("resend_file", APPLICANT),
        ),
        state="received",
        said="شما فایل اصلاح‌شده را فرستادید",
    ),
    Journey(
        office="eaz-economy",
        service="deposits",
        applicant=MARYAM,
        changes={"request": "refund"},
        steps=(
            Taken("ask_holder", "omid", {"asked": "سپردهٔ مناقصه"}),
            Taken("hold", "yousef", GROUNDS),
            Taken("refuse", "zohreh", GROUNDS),
            Taken("object", APPLICANT, GROUNDS),
            Taken("uphold", "hamed", GROUNDS),
        ),
        state="upheld",
        said="اعتراض شما را وارد ندانست",
    ),
)
