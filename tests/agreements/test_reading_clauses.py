"""Every row of clauses.md that quotes the five published texts: kind, who owes it, how often, on which lines."""

import pytest

from mizban.office.agreements.reading import Reading

from .reading_cast import holds, read

# (kind, obligor): the lines of each occurrence, in order.
Rows = dict[tuple[str, str], list[tuple[int, int]]]

S0: Rows = {
    ("service-purpose", "agency"): [(8, 10)] * 5,
    ("purpose", "agency"): [(14, 18)],
    ("bilateral-statement", "agency"): [(20, 22)],
    ("portal-access", "system"): [(26, 28)],
    ("tracking-code", "system"): [(26, 28)],
    ("register-and-follow", "system"): [(32, 34)],
    ("prompt-result", "agency"): [(36, 38)],
    ("e-services-menu", "agency"): [(42, 42)],
    ("availability", "agency"): [(46, 48)],
    ("fault-notice", "agency"): [(46, 48)],
    ("maintenance-notice", "agency"): [(52, 54)],
    ("confidentiality", "agency"): [(58, 58)],
    ("password-reset", "applicant"): [(60, 62)],
    ("password-reset", "agency"): [(60, 62)],
    ("complete-forms", "applicant"): [(64, 64)],
    ("keep-tracking-code", "applicant"): [(66, 66)],
    ("keep-password", "applicant"): [(68, 68)],
    ("unique-codes", "agency"): [(70, 70)],
    ("disruption-notice", "agency"): [(72, 72)],
    ("free-of-charge", "agency"): [(76, 76)],
    ("valid-until", "agency"): [(80, 80)],
    ("in-force-until-replaced", "both"): [(82, 82)],
    ("binding-until-new-notice", "agency"): [(86, 88)],
}
S1: Rows = {
    ("service-purpose", "agency"): [(8, 12)] * 4,
    ("service-purpose", "ministry"): [(8, 12)],
    ("purpose", "agency"): [(16, 20)],
    ("bilateral-statement", "agency"): [(22, 24)],
    ("portal-access", "system"): [(28, 30)],
    ("tracking-code", "system"): [(28, 30)],
    ("register-and-follow", "system"): [(34, 36)],
    ("prompt-result", "agency"): [(38, 40)],
    ("e-services-menu", "agency"): [(44, 44)],
    ("availability", "agency"): [(46, 48)],
    ("fault-notice", "agency"): [(46, 48)],
    ("maintenance-notice", "agency"): [(54, 56)],
    ("confidentiality", "agency"): [(60, 60)],
    ("password-reset", "applicant"): [(62, 64)],
    ("password-reset", "agency"): [(62, 64)],
    ("complete-forms", "applicant"): [(66, 66)],
    ("keep-tracking-code", "applicant"): [(68, 68)],
    ("keep-password", "applicant"): [(70, 70)],
    ("unique-codes", "agency"): [(72, 72)],
    ("disruption-notice", "agency"): [(74, 74)],
    ("free-of-charge", "agency"): [(78, 78)],
    ("valid-until", "agency"): [(82, 82)],
    ("in-force-until-replaced", "both"): [(84, 84)],
    ("binding-until-new-notice", "agency"): [(88, 88)],
}
S2: Rows = {
    ("service-purpose", "system"): [(9, 9)] * 3,
    ("service-purpose", "agency"): [(9, 9)],
    ("purpose", "agency"): [(13, 13)],
    ("bilateral-statement", "agency"): [(14, 14)],
    ("portal-access", "system"): [(18, 18)],
    ("tracking-code", "system"): [(18, 18)],
    ("register-and-follow", "system"): [(22, 22)],
    ("prompt-result", "agency"): [(23, 23)],
    ("e-services-menu", "agency"): [(27, 27)],
    ("availability", "agency"): [(29, 29)],
    ("fault-notice", "agency"): [(29, 29)],
    ("maintenance-notice", "agency"): [(33, 33)],
    ("confidentiality", "agency"): [(37, 37)],
    ("password-reset", "applicant"): [(38, 38)],
    ("password-reset", "agency"): [(38, 38)],
    ("complete-forms", "applicant"): [(39, 39)],
    ("keep-tracking-code", "applicant"): [(40, 40)],
    ("keep-password", "applicant"): [(41, 41)],
    ("unique-codes", "agency"): [(42, 42)],
    ("disruption-notice", "agency"): [(43, 43)],
    ("free-of-charge", "agency"): [(47, 47)],
    ("valid-until", "agency"): [(51, 51)],
    ("in-force-until-replaced", "both"): [(52, 52)],
    ("binding-until-new-notice", "agency"): [(56, 56)],
}
S3: Rows = {
    ("service-purpose", "agency"): [(8, 10)],
    ("service-purpose", "treasury"): [(10, 12)],
    ("service-purpose", "both"): [(12, 14)],
    ("purpose", "agency"): [(18, 22)],
    ("bilateral-statement", "agency"): [(24, 26)],
    ("portal-access", "system"): [(30, 32)],
    ("tracking-code", "system"): [(30, 32)],
    ("register-and-follow", "system"): [(36, 38)],
    ("prompt-result", "agency"): [(40, 42)],
    ("e-services-menu", "agency"): [(46, 46)],
    ("availability", "agency"): [(50, 52)],
    ("fault-notice", "agency"): [(50, 52)],
    ("maintenance-notice", "agency"): [(56, 58)],
    ("confidentiality", "agency"): [(62, 62)],
    ("password-reset", "applicant"): [(64, 66)],
    ("password-reset", "agency"): [(64, 66)],
    ("complete-forms", "applicant"): [(68, 68)],
    ("keep-tracking-code", "applicant"): [(70, 70)],
    ("keep-password", "applicant"): [(72, 72)],
    ("unique-codes", "agency"): [(74, 74)],
    ("disruption-notice", "agency"): [(76, 76)],
    ("free-of-charge", "agency"): [(80, 80)],
    ("valid-until", "agency"): [(84, 84)],
    ("in-force-until-replaced", "both"): [(86, 86)],
    ("binding-until-new-notice", "agency"): [(90, 90)],
}
S4: Rows = {
    ("register-and-follow", "system"): [(7, 7)],
    ("round-the-clock-contact", "system"): [(7, 7)],
    ("department-choice", "applicant"): [(7, 7)],
    ("prompt-result", "agency"): [(7, 7)],
    ("in-person-visit", "agency"): [(7, 7)],
    ("availability", "agency"): [(7, 7), (21, 21)],
    ("fault-notice", "agency"): [(7, 7), (21, 21)],
    ("purpose", "agency"): [(11, 11)],
    ("applicant-kinds", "agency"): [(11, 11)],
    ("guidance", "agency"): [(15, 15)],
    ("feedback", "agency"): [(15, 15)],
    ("survey", "applicant"): [(15, 15)],
    ("tracking-code", "system"): [(17, 17)],
    ("letter-tracing", "system"): [(17, 17)],
    ("free-of-charge", "agency"): [(25, 25)],
    ("valid-until", "agency"): [(29, 29)],
    ("director-signature", "agency"): [(29, 29)],
    ("in-force-until-replaced", "both"): [(31, 31)],
    ("mutual-signature", "both"): [(31, 31)],
    ("successor", "agency"): [(33, 33)],
    ("termination-backup", "agency"): [(37, 37)],
    ("confidentiality", "agency"): [(41, 41)],
}
ROWS = {"S0": S0, "S1": S1, "S2": S2, "S3": S3, "S4": S4}
EACH = [(name, *row, lines) for name, rows in ROWS.items() for row, lines in rows.items()]


def occurrences(reading: Reading, kind: str, obligor: str) -> list[tuple[int, int]]:
    return [each.lines for each in reading.clauses if each.kind == kind and each.obligor == obligor]


@pytest.mark.parametrize(("name", "kind", "obligor", "lines"), EACH)
def test_a_row_of_the_clause_table_is_read(
    name: str, kind: str, obligor: str, lines: list[tuple[int, int]]
) -> None:
    assert occurrences(read(name), kind, obligor) == lines


@pytest.mark.parametrize("name", ROWS)
def test_nothing_is_claimed_that_the_table_does_not_hold(name: str) -> None:
    claimed = {(each.kind, str(each.obligor)) for each in read(name).clauses}
    assert claimed == set(ROWS[name])


PURPOSES = [
    (
        "S0",
        [
            "مجوز تغییر مالکیت",
            "مجوز حذف خودرو",
            "مجوز کمیسیون خرید و فروش",
            "صدور سند فروش",
            "مجوز تعویض پلاک خودروهای دولتی",
        ],
    ),
    (
        "S1",
        [
            "پیگیری و اخذ اطلاعات مربوط به بدهی",
            "بررسی و رفع موارد واخواهی",
            "جمع‌بندی و تایید",
            "ارسال به وزارت امور اقتصادی و دارایی",
            "ارائه به مجلس شورای اسلامی",
        ],
    ),
    (
        "S2",
        [
            "تمامی مراحل درخواست ارسال سند به صورت سیستمی",
            "امکان پایش و رصد چرخه سند",
            "نیازی نیست اسناد از مخزن خارج شود",
            "کلیه تاییدها به صورت سیستمی انجام می‌شود",
        ],
    ),
    (
        "S3",
        [
            "واریز، اعلام وصول و ثبت و ضبط می‌شود",
            "سپرده وصولی مسترد می‌گردد",
            "ملزم به اخذ تائیدیه مانده وجوه سپرده",
        ],
    ),
]


@pytest.mark.parametrize(("name", "tasks"), PURPOSES)
def test_a_purpose_is_one_clause_a_verb(name: str, tasks: list[str]) -> None:
    texts = [each.text for each in read(name).clauses if each.kind == "service-purpose"]
    assert len(texts) == len(tasks)
    assert all(holds(text, task) for text, task in zip(texts, tasks, strict=True))


REPAIRED = [
    ("S0", "confidentiality", "دستگاه اجرایی متعهد به حفظ و محرمانگی کلیه اطلاعات ارباب رجوع می‌باشد."),
    ("S1", "free-of-charge", "این خدمت بدون هزینه ارائه می‌گردند."),
    ("S0", "complete-forms", "خدمت‌گیرنده می‌بایست کلیه اطلاعات فرم‌ها را به درستی و کامل پاسخ دهد."),
    (
        "S3",
        "disruption-notice",
        "هر گونه اخلال در خدمات سایت می‌بایست قبلا توسط دستگاه اجرایی اطلاع‌رسانی گردد.",
    ),
    ("S0", "valid-until", "این توافق‌نامه تا تاریخ 1401/12/29 اعتبار دارد."),
    (
        "S3",
        "portal-access",
        (
            'خدمت "پرداخت حقوق کارکنان دولت" از طریق پورتال قابل دسترس می‌باشد و جهت پیگیری درخواست‌ها، '
            "کد پیگیری منحصر به فرد ارائه می‌گردد."
        ),
    ),
    (
        "S1",
        "binding-until-new-notice",
        "این توافق‌نامه تا زمان اتمام آن لازم‌الاجرا بوده و تا زمانی که ابلاغیه جدیدی برای خدمت اعلام نشود پابرجاست.",
    ),
]


@pytest.mark.parametrize(("name", "kind", "text"), REPAIRED)
def test_broken_runs_are_whole_again(name: str, kind: str, text: str) -> None:
    assert [each.text for each in read(name).clauses if each.kind == kind] == [text]


def test_reversed_and_clean_copies_of_one_form_read_alike() -> None:
    from mizban.lib.text import compact_key

    clean = {
        each.kind: compact_key(each.text) for each in read("S2").clauses if each.kind != "service-purpose"
    }
    skip = {
        "purpose",
        "portal-access",
        "tracking-code",
        "valid-until",
        "unique-codes",
    }  # their titles, dates and slips
    for name in ("S0", "S1", "S3"):
        broken = {each.kind: compact_key(each.text) for each in read(name).clauses}
        assert {k: v for k, v in broken.items() if k in clean and k not in skip} == {
            k: v for k, v in clean.items() if k not in skip
        }
