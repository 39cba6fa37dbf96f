"""The words pages use for what the reader finds: kinds of clause, who owes them, sections, states."""

from collections.abc import Mapping
from typing import Any

from mizban.lib.text import persian_digits

KINDS = {
    "purpose": "هدف",
    "bilateral-statement": "بیانیهٔ دوجانبه",
    "service-purpose": "موضوع خدمت",
    "portal-access": "دسترسی از درگاه",
    "tracking-code": "کد رهگیری",
    "register-and-follow": "ثبت و پیگیری",
    "prompt-result": "نتیجه در کوتاه‌ترین زمان",
    "response-time": "مهلت پاسخ",
    "restore-time": "مهلت بازگشت پس از قطعی",
    "in-person-visit": "مراجعهٔ حضوری",
    "e-services-menu": "فهرست خدمات الکترونیک",
    "availability": "دسترس‌پذیری",
    "fault-notice": "اعلام نقص فنی",
    "maintenance-notice": "اعلام نگهداری",
    "disruption-notice": "اعلام پیشین اخلال",
    "confidentiality": "محرمانگی",
    "password-reset": "بازیابی رمز",
    "complete-forms": "پاسخ درست و کامل",
    "keep-tracking-code": "نگهداری کد رهگیری",
    "keep-password": "نگهداری رمز",
    "unique-codes": "یکتایی کد و رمز",
    "free-of-charge": "رایگان",
    "fee": "هزینه",
    "valid-until": "تاریخ اعتبار",
    "in-force-until-replaced": "اعتبار تا جایگزینی",
    "binding-until-new-notice": "پابرجا تا ابلاغ تازه",
    "director-signature": "امضای مدیرکل",
    "mutual-signature": "امضای دو سازمان",
    "successor": "توافق‌نامهٔ بعدی",
    "termination-backup": "پشتیبان پیش از پایان",
    "department-choice": "گزینش واحد",
    "round-the-clock-contact": "تماس شبانه‌روزی",
    "guidance": "راهنمایی",
    "feedback": "نظر مردم",
    "survey": "نظرسنجی",
    "letter-tracing": "ردیابی نامه",
    "applicant-kinds": "متقاضیان",
    "credit-right": "حق اعتبار",
    "other": "شناخته نشد",
}

# What each kind of clause means for the reader, in one short sentence; a kind without one speaks by its own text.
PLAIN = {
    "purpose": "کیفیت خدمت با شما قرار گذاشته می‌شود.",
    "bilateral-statement": "سطح خدمت، روش نظارت و مسئولیت هر طرف را روشن می‌کند.",
    "valid-until": "تاریخ پایان دارد.",
    "director-signature": "با امضای مدیرکل اعتبار دارد.",
    "mutual-signature": "میان دو دستگاه، هر دو آن را امضا می‌کنند.",
    "portal-access": "این خدمت را از همین درگاه می‌گیرید.",
    "tracking-code": "هر درخواست کد رهگیری خودش را دارد.",
    "register-and-follow": "درخواست و شکایت را اینجا ثبت و پیگیری می‌کنید.",
    "prompt-result": "پاسخ را در کوتاه‌ترین زمان می‌دهیم.",
    "response-time": "پاسخ را در مهلتی که نوشته‌ایم می‌دهیم.",
    "restore-time": "اگر خدمت قطع شود، در مهلتی که نوشته‌ایم بازمی‌گردد.",
    "in-person-visit": "تنها اگر لازم باشد شما را به مراجعهٔ حضوری دعوت می‌کنیم.",
    "e-services-menu": "همهٔ خدمات الکترونیکی در فهرست خدمات هست.",
    "availability": "درگاه تمام‌وقت در دسترس است.",
    "fault-notice": "اگر نقصی پیش آید خبر می‌دهیم.",
    "maintenance-notice": "نگهداری درگاه را از پیش خبر می‌دهیم.",
    "disruption-notice": "هر اخلال را از پیش خبر می‌دهیم.",
    "confidentiality": "آنچه می‌نویسید و می‌فرستید محرمانه می‌ماند.",
    "password-reset": "اگر رمز را گم کردید، مسئول سایت راه ساختن رمز تازه را می‌دهد.",
    "complete-forms": "فرم را درست و کامل پر می‌کنید.",
    "keep-tracking-code": "کد رهگیری را نگه می‌دارید.",
    "keep-password": "رمز را نگه می‌دارید و به کسی نمی‌دهید.",
    "unique-codes": "کد و رمز شما را کس دیگری ندارد.",
    "free-of-charge": "این خدمت رایگان است.",
    "fee": "این خدمت هزینه دارد؛ مبلغ آن در متن بند است.",
    "in-force-until-replaced": "تا اصلاح یا جایگزینی پابرجاست.",
    "binding-until-new-notice": "تا ابلاغ تازه پابرجاست.",
    "successor": "پیش از پایان، توافق‌نامهٔ تازه نوشته و امضا می‌شود.",
    "termination-backup": "پیش از پایان خدمت، از اطلاعات شما نسخهٔ پشتیبان گرفته می‌شود.",
    "department-choice": "واحدی را که با آن کار دارید برمی‌گزینید.",
    "round-the-clock-contact": "هر ساعت از هر روز می‌توانید پیام بفرستید.",
    "guidance": "دربارهٔ خدمات راهنمایی می‌کنیم.",
    "feedback": "نظر شما را برای بهترکردن کار می‌خواهیم.",
    "survey": "اگر خواستید، در نظرسنجی شرکت می‌کنید.",
    "letter-tracing": "نامه را با کد رهگیری و رمز در دبیرخانه دنبال می‌کنید.",
    "applicant-kinds": "برای اشخاص حقیقی و حقوقی است.",
    "credit-right": "اگر به وعده عمل نشود، حق اعتبار دارید.",
}
PLAIN_FOR_APPLICANT = {"password-reset": "اگر رمز را گم کردید، با مسئول سایت تماس می‌گیرید."}
# Of the agreement itself rather than of the service.
ABOUT_ITSELF = {
    *("purpose", "bilateral-statement", "valid-until", "in-force-until-replaced", "binding-until-new-notice"),
    *("director-signature", "mutual-signature", "successor"),
}


def plain(kind: str, obligor: str, text: str) -> str:
    """A clause in plain words; a kind that has none speaks by `text`, the clause's repaired text."""
    if obligor == "applicant" and kind in PLAIN_FOR_APPLICANT:
        return PLAIN_FOR_APPLICANT[kind]
    return PLAIN.get(kind, text)


OBLIGORS = {
    "agency": "دستگاه",
    "applicant": "متقاضی",
    "system": "سامانه",
    "ministry": "وزارت",
    "treasury": "خزانهٔ معین",
    "both": "هر دو طرف",
}

SECTIONS = {
    "introduction": "مقدمه",
    "purpose": "هدف",
    "definitions": "تعاریف",
    "responsibility": "مسئولیت",
    "follow-up": "پیگیری",
    "availability": "دسترس‌پذیری",
    "updates": "به‌روزرسانی",
    "obligations": "تعهدات متقابل",
    "fees": "هزینه‌ها و پرداخت‌ها",
    "validity": "دورهٔ عملکرد",
    "termination": "خاتمه",
    "confidentiality": "محرمانگی",
    "other": "دیگر",
}

# State of a version: the word, and the mark of the page (look.md).
STATES = {
    "draft": ("پیش‌نویس", "none"),
    "awaiting-signature": ("در انتظار امضا", "turn"),
    "signed": ("امضاشده، در انتظار آغاز", "open"),
    "in-force": ("پابرجا", "kept"),
    "expired-in-force": ("پایان‌یافته ولی پابرجا", "hold"),
    "expired": ("پایان‌یافته", "late"),
    "replaced": ("جایگزین‌شده", "none"),
    "rescinded": ("فسخ‌شده", "none"),
    "ended": ("پایان‌داده", "none"),
}

# Which kinds of clause a finding speaks of; one that is not here speaks of every clause on its lines.
FINDING_KINDS = {
    "vague-target": {"prompt-result"},
    "unmeetable-clause": {"disruption-notice"},
    "expired": {"valid-until"},
    "contradictory-validity": {"valid-until", "in-force-until-replaced", "binding-until-new-notice"},
    "conditional-service": {"service-purpose"},
    "title-purpose-mismatch": {"service-purpose"},
}

# Units of promised figures, as the reader and the desk name them.
UNITS = {
    "working_days": "روز کاری",
    "working_hours": "ساعت کاری",
    "working_minutes": "دقیقه کاری",
    "days": "روز",
    "hours": "ساعت",
    "minutes": "دقیقه",
    "months": "ماه",
    "years": "سال",
    "percent": "درصد",
}

# Said wherever a signature made here stands.
SIGNED_SIMPLY = "امضای ساده، نه گواهی مطمئن"

ROLES = {"director": "مدیرکل", "site_officer": "مسئول سایت", "head": "رئیس واحد", "expert": "کارشناس"}


def amount(target: Mapping[str, Any]) -> str:
    """«۷ روز کاری» from {"value", "unit"}."""
    return persian_digits(f"{target['value']:g} {UNITS.get(target['unit'], target['unit'])}")


def owner_of(owner: str, units: Mapping[str, str]) -> str:
    """Who answers for a clause: «ادارهٔ مسکن», «مدیرکل»; `units` are names by slug. Empty for nobody."""
    kind, _, name = owner.partition(":")
    return (units if kind == "unit" else ROLES).get(name, name)
