"""What changed between two versions, said to a site officer in words; nothing can change unsaid."""

from dataclasses import fields

import pytest

from mizban.core.declarations import grammar, naming
from mizban.core.declarations.differences import differences
from mizban.core.declarations.fields import Field
from mizban.core.declarations.reading import read
from tests.example import RESIDENCE

BEFORE = read(RESIDENCE)
GRAMMAR = (Field, grammar.Declaration, grammar.Identity, grammar.State, grammar.Step, grammar.Target,
           grammar.PartyRole, grammar.Approval)  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "instead", "expected"),
    [
        ("within: 3", "within: 5", "مهلت «پاسخ» از ۳ به ۵ روز کاری."),
        (
            "within: 3, unit: working_days",
            "within: 90, unit: working_minutes",
            "مهلت «پاسخ» از ۳ روز کاری به ۹۰ دقیقهٔ کاری.",
        ),
        (
            "label: کد پستی",
            "label: کد پستی خانه",
            "پرسش «کد پستی»: عنوان از «کد پستی» به «کد پستی خانه» تغییر کرد.",
        ),
        ("label: کد پستی}", "label: کد پستی, required: false}", "پرسش «کد پستی»: اختیاری شد."),
        ("label: کد پستی}", "label: کد پستی, help: ده رقم}", "پرسش «کد پستی»: راهنما افزوده شد: «ده رقم»."),
        (
            "  - {name: postal_code, kind: postal_code, label: کد پستی}\n",
            "",
            "پرسش «کد پستی» برداشته شد.",
        ),
        ("form:\n", "form:\n  - {name: more, kind: text, label: بیشتر}\n", "پرسش «بیشتر» افزوده شد."),
        (
            "{owner: false}",
            "{owner: true}",
            "پرسش «اجاره‌نامه»: شرط پرسیدن از اگر «مالک هستم» «خیر» باشد به اگر «مالک هستم» «بله» باشد تغییر کرد.",
        ),
        (
            "label: رد شد,",
            "label: پذیرفته نشد,",
            "حالت «رد شد»: عنوان از «رد شد» به «پذیرفته نشد» تغییر کرد.",
        ),
        ("by: expert", "by: head", "گام «تأیید»: کنندهٔ گام از «کارشناس» به «رئیس واحد» تغییر کرد."),
        ("risky: true, ", "", "گام «رد»: دیگر تأیید نمی‌خواهد."),
        ("to: approved,", "to: refused,", "گام «تأیید»: حالت پس از گام از «تأیید شد» به «رد شد» تغییر کرد."),
        (
            "[approve, refuse]",
            "[approve]",
            "مهلت «پاسخ»: گام‌های پایان از «تأیید»، «رد» به «تأیید» تغییر کرد.",
        ),
        (
            "[natural]",
            "[natural, legal]",
            "خدمت: متقاضیان از «شخص حقیقی» به «شخص حقیقی»، «شخص حقوقی» تغییر کرد.",
        ),
        (
            "title: گواهی سکونت",
            "title: گواهی نشانی",
            "خدمت: عنوان از «گواهی سکونت» به «گواهی نشانی» تغییر کرد.",
        ),
    ],
)
def test_a_change_is_said_in_words(wrong: str, instead: str, expected: str) -> None:
    from mizban.core.declarations.reading import read_published

    assert wrong in RESIDENCE
    # Some of these leave a fault behind, such as a state that is never reached; the difference is said all the same.
    after = read_published(RESIDENCE.replace(wrong, instead, 1))
    assert expected in differences(BEFORE, after)


def test_the_same_text_has_no_difference() -> None:
    assert differences(BEFORE, read(RESIDENCE + "# یادداشت\n")) == []


def test_what_is_turned_back_is_said_the_other_way_round() -> None:
    after = read(RESIDENCE.replace("label: کد پستی}", "label: کد پستی, required: false}"))
    assert differences(BEFORE, after) == ["پرسش «کد پستی»: اختیاری شد."]
    assert differences(after, BEFORE) == ["پرسش «کد پستی»: اجباری شد."]


@pytest.mark.parametrize("part", GRAMMAR, ids=lambda part: part.__name__)
def test_every_attribute_of_the_grammar_has_its_words(part: type) -> None:
    told = {*naming.ATTRIBUTES, *naming.BOTH_WAYS, "name"} | set(naming.SKIPPED.get(part, ()))
    assert {field.name for field in fields(part)} <= told
