"""The words pages use for what the reader finds: kinds of clause, who owes them, sections, states."""

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
    "in-force": ("پابرجا", "kept"),
    "expired-in-force": ("پایان‌یافته ولی پابرجا", "hold"),
    "expired": ("پایان‌یافته", "late"),
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
