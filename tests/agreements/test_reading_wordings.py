"""One promise in many words: what a sentence of an agreement promises, who owes it, and what promises nothing."""

import pytest

from mizban.office.agreements.reading import read_text

from .reading_cast import TODAY

TITLE = "توافقنامه سطح خدمات اداره کل استاندارد استان یزد"


def promises(sentence: str) -> list[str]:
    """«kind obligor value unit» of every clause of the sentence, standing alone in an agreement's flat list."""
    reading = read_text(f"{TITLE}\n\n۱- {sentence}\n", today=TODAY)
    return sorted(
        f"{clause.kind} {clause.obligor}"
        + (f" {clause.target.value} {clause.target.unit}" if clause.target else "")
        for clause in reading.clauses
        if clause.kind != "other"
    )


@pytest.mark.parametrize(
    ("sentence", "promise"),
    [
        ("سقف زمانی رسیدگی به درخواست‌ها ۵ روز کاری می‌باشد.", "response-time agency 5 working_days"),
        ("پاسخ استعلام‌ها بین ۲ تا ۳ روز کاری زمان می‌برد.", "response-time agency 3 working_days"),
        ("به ۹۰ درصد درخواست‌ها در کمتر از ۲۴ ساعت پاسخ داده می‌شود.", "response-time agency 24 hours"),
        ("گمرک ظرف ۵ روز کاری پس از تکمیل مدارک، کالا را ترخیص می‌نماید.", "response-time agency 5 working_days"),
        ("کارشناس حداکثر تا پایان روز کاری بعد پاسخ را ارسال می‌کند.", "response-time agency"),
        ("خرابی‌های گزارش‌شده ظرف ۴ ساعت مرتفع می‌گردد.", "restore-time agency 4 hours"),
        ("در صورت قطع سامانه، سرویس ظرف ۲ ساعت مجدداً برقرار خواهد شد.", "restore-time agency 2 hours"),
        ("زمان بازیابی خدمات پس از حادثه بیش از ۶ ساعت نخواهد بود.", "restore-time agency 6 hours"),
        ("امکان استفاده از خدمات سامانه به صورت ۷*۲۴ وجود دارد.", "availability agency"),
        ("سامانه در همه روزها و ساعات در دسترس همگان است.", "availability agency"),
        ("هنگام بروز مشکل فنی پیغام مناسب در صفحه نخست درج می‌گردد.", "fault-notice agency"),
        ("به‌روزرسانی‌های سامانه در ساعات غیر اداری و با اعلام قبلی انجام می‌شود.", "maintenance-notice agency"),
        ("برای هر درخواست یک شناسه یکتا ایجاد و پیامک می‌شود.", "tracking-code system"),
        ("از طریق سامانه می‌توانید درخواست خود را ثبت و وضعیت آن را مشاهده کنید.", "register-and-follow system"),
        ("خدمت از طریق پنجره ملی خدمات دولت هوشمند در دسترس است.", "portal-access system"),
        ("متقاضی بابت این خدمت وجهی پرداخت نمی‌کند.", "free-of-charge agency"),
        ("تعرفه خدمات توسط هیئت مدیره تعیین و در سایت اعلام می‌گردد.", "fee applicant"),
        ("این بیانیه تا اطلاع بعدی معتبر می‌باشد.", "binding-until-new-notice agency"),
        ("تاریخ انقضای توافقنامه ۱۴۰۳/۱۲/۳۰ می‌باشد.", "valid-until agency"),
        ("این توافقنامه از زمان امضا تا دو سال اعتبار دارد.", "valid-until agency 2 years"),
        ("میزان رضایت خدمت‌گیرندگان هر شش ماه سنجیده می‌شود.", "survey agency"),
        ("شهروندان با پاسخ به پرسشنامه رضایت‌سنجی ما را یاری کنند.", "survey applicant"),
        ("در صورت تاخیر، دستگاه ۱۰ درصد هزینه را به متقاضی باز می‌گرداند.", "credit-right agency 10 percent"),
        ("در صورت نیاز از شاکی جهت حضور در جلسه دعوت به عمل می‌آید.", "in-person-visit agency"),
        ("خدمت گیرنده موظف به ورود اطلاعات صحیح و کامل در سامانه است.", "complete-forms applicant"),
        ("اطلاعات کاربران نزد شرکت امانت است و در اختیار غیر قرار داده نمی‌شود.", "confidentiality agency"),
        ("حداکثر زمان انتظار مراجعه‌کننده در سالن ۲۰ دقیقه است.", "response-time agency 20 minutes"),
        ("کارشناسی پرونده تا ۳۰ روز پس از بازدید انجام خواهد شد.", "response-time agency 30 days"),
        ("تیم پشتیبانی موظف است مشکلات سامانه را ظرف ۳ ساعت حل کند.", "restore-time agency 3 hours"),
        ("خرابی‌ها ظرف نیم روز کاری برطرف می‌شود.", "restore-time agency 0.5 working_days"),
        ("سرویس در ۹۹.۹٪ زمان‌ها برقرار خواهد بود.", "availability agency 99.9 percent"),
        ("خروج احتمالی سامانه از مدار در همین صفحه به آگاهی شما خواهد رسید.", "fault-notice agency"),
        ("سازمان متعهد به صیانت از داده‌های شخصی شهروندان است.", "confidentiality agency"),
        ("لطفاً شماره پیگیری خود را یادداشت و نگهداری کنید.", "keep-tracking-code applicant"),
        ("بعد از ثبت نهایی، سامانه کد رهگیری تولید و نمایش می‌دهد.", "tracking-code system"),
        ("خدمت مذکور در درگاه سازمان در دسترس است.", "portal-access system"),
        ("این سند توسط مدیرعامل شرکت امضا و ابلاغ شده است.", "director-signature agency"),
        ("درخواست‌ها بدون فوت وقت بررسی می‌گردد.", "prompt-result agency"),
        ("این توافقنامه تا پایان سال جاری معتبر است.", "valid-until agency"),
        ("در صورت عدم ارائه خدمت در موعد، هزینه به متقاضی بازگردانده می‌شود.", "credit-right agency"),
        ("کارمزد خدمات از حساب مشتری برداشت می‌شود.", "fee applicant"),
        ("پاسخ حداکثر ظرف ۴۸ ساعت تا ۷۲ ساعت داده می‌شود.", "response-time agency 72 hours"),
        ("حداقل زمان بررسی ۵ روز و حداکثر آن ۱۰ روز است.", "response-time agency 10 days"),
        ("پیام‌های مردمی در بازه ۴۸ ساعته پاسخ داده می‌شود.", "response-time agency 48 hours"),
        ("رفع نشتی و اتفاقات آب حداکثر ۶ ساعت پس از اعلام.", "restore-time agency 6 hours"),
        ("سامانه در هر زمان و هر مکان قابل استفاده است.", "availability agency"),
        ("ساعات کاری: شنبه تا چهارشنبه ۷ الی ۱۴", "availability agency"),
        ("سامانه ی خدمات بیست و چهار ساعته آماده ی دریافت درخواست است.", "availability agency"),
        ("بروز خطا در سامانه از طریق ایمیل به مشترکین گزارش می‌شود.", "fault-notice agency"),
        ("زمان قطع برنامه‌ریزی‌شده یک هفته قبل منتشر می‌گردد.", "maintenance-notice agency 7 days"),
        ("داده‌های کاربران به هیچ شخص یا سازمان دیگری داده نمی‌شود.", "confidentiality agency"),
        ("عواقب ناشی از ثبت اطلاعات نادرست بر عهده متقاضی است.", "complete-forms applicant"),
        ("کاربر مسئول هرگونه سوءاستفاده از نام کاربری و رمز خود است.", "keep-password applicant"),
        ("در صورت عدم تنظیم سند جدید، این سند همچنان معتبر است.", "in-force-until-replaced both"),
        ("مدت این توافقنامه تا آخر اسفند ۹۹ می‌باشد.", "valid-until agency"),
        ("متقاضیان از طریق درگاه ملی مجوزها به این خدمت دسترسی دارند.", "portal-access system"),
        ("خدمت به صورت الکترونیکی و از طریق وب‌سایت قابل ارائه است.", "portal-access system"),
        ("چنانچه رمز خود را به خاطر ندارید، از بخش بازیابی رمز اقدام نمایید.", "password-reset applicant"),
        ("شهروندان از پرداخت هزینه معاف هستند.", "free-of-charge agency"),
        ("از خدمت‌گیرندگان هیچ‌گونه وجهی اخذ نخواهد گردید.", "free-of-charge agency"),
        ("این سند تا ابلاغ سند جدید معتبر است.", "in-force-until-replaced both"),
        ("مرکز پاسخگویی ۱۹۷۰ به صورت ۲۴ ساعته فعال است.", "round-the-clock-contact system"),
        ("اطلاعات تماس شما به هیچ عنوان منتشر نخواهد شد.", "confidentiality agency"),
    ],
)  # fmt: skip
def test_a_promise_in_an_office_s_own_words(sentence: str, promise: str) -> None:
    assert promises(sentence) == [promise]


@pytest.mark.parametrize(
    ("sentence", "both"),
    [
        (
            "پاسخ اولیه ظرف ۴۸ ساعت اداری و نتیجه نهایی حداکثر ظرف ۲۱ روز کاری ابلاغ می‌شود.",
            ["response-time agency 21 working_days", "response-time agency 48 working_hours"],
        ),
        (
            "اولویت عادی: زمان پاسخ ۱ روز کاری، زمان رفع ۵ روز کاری",
            ["response-time agency 1 working_days", "restore-time agency 5 working_days"],
        ),
        (
            "پاسخ درخواست‌ها ظرف ۳ روز کاری و رفع خرابی ظرف ۴ ساعت انجام می‌شود.",
            ["response-time agency 3 working_days", "restore-time agency 4 hours"],
        ),
        (
            "رفع خرابی ظرف ۴ ساعت و پاسخ درخواست‌ها ظرف ۳ روز کاری انجام می‌شود.",
            ["response-time agency 3 working_days", "restore-time agency 4 hours"],
        ),
        (
            "گواهی داخل کشور حداکثر ۲ روز کاری و خارج از کشور حداکثر ۷ روز کاری صادر می‌شود.",
            ["response-time agency 2 working_days", "response-time agency 7 working_days"],
        ),
        (
            "بررسی اولیه ۲۴ ساعت و بررسی نهایی ۷۲ ساعت زمان می‌برد.",
            ["response-time agency 24 hours", "response-time agency 72 hours"],
        ),
        (
            "رفع قطعی برق در مناطق شهری حداکثر ۲ ساعت و در مناطق روستایی ۴ ساعت است.",
            ["restore-time agency 2 hours", "restore-time agency 4 hours"],
        ),
        (
            "به کاربر کد رهگیری اختصاص داده می‌شود و نگهداری آن به عهده کاربر است.",
            ["keep-tracking-code applicant", "tracking-code system"],
        ),
    ],
)
def test_two_promises_of_one_sentence_keep_their_own_figures(sentence: str, both: list[str]) -> None:
    assert promises(sentence) == both


@pytest.mark.parametrize(
    "sentence",
    [
        "کارت هوشمند تا ۵ سال اعتبار دارد.",
        "متقاضی باید ظرف ۱۰ روز نسبت به تکمیل مدارک اقدام نماید.",
        "متقاضی در صورت اعتراض ظرف ۲۰ روز می‌تواند به هیئت تجدیدنظر مراجعه کند.",
        "قانون مدیریت خدمات کشوری مصوب ۱۳۸۶/۰۷/۰۸ مبنای این سند است.",
        "تلفن تماس: ۰۲۱-۸۸۸۸۸۸۸۸ داخلی ۲۴۷",
        "صورتجلسه شماره ۲۴/۷ مورخ ۱۴۰۱/۰۲/۰۳ کمیسیون",
        "رسید خرابی: اعلام وصول خرابی که از سوی خدمت‌گیرنده اعلام می‌شود.",
        "رونوشت: دبیرخانه جهت ثبت و پیگیری",
        "کارکرد سالانه دستگاه در سال ۱۴۰۲ بیش از ۹۵ درصد بود.",
        "در صورت نقص مدارک، مراتب از طریق پیامک به متقاضی اطلاع داده می‌شود.",
        "شماره حساب ۲۱۷۰۱۰۴۵۶۷۰۰۲ بانک ملی",
        "سازمان مسئولیتی در قبال فراموشی رمز ندارد.",
        "جلسات کمیسیون هر ۱۵ روز یک بار تشکیل می‌شود.",
        "آمار حوادث رانندگی هر ماه منتشر می‌شود.",
        "قبل از شروع تعمیرات ساختمان، مالک باید به شهرداری اطلاع دهد.",
        "کارشناس پس از بازدید گزارش خود را ارائه می‌نماید.",
        "مهلت تکمیل پرونده توسط متقاضی ۳۰ روز است.",
        "سوابق متقاضی حداقل ۵ سال نگهداری می‌شود.",
        "متقاضی باید ۴۸ ساعت قبل از بازدید با اداره هماهنگ کند.",
    ],
)
def test_what_promises_nothing_is_no_clause(sentence: str) -> None:
    assert promises(sentence) == []
