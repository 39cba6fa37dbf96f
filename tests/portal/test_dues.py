"""The due card in its five states, its account that adds up, and the chip of a row."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.people.actors import Guest, Staff
from mizban.office.calendar.deadlines import Pause, Target, deadline
from mizban.web.dues import chip_for, due_card
from mizban.web.reasons import amount, day_range, reasons
from mizban.web.timelines import timeline_items
from mizban.web.words import with_persian_digits
from tests.calendar.year_1405 import CALENDAR, at, day
from tests.conftest import SATURDAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 21)


def told(case: Case, now: datetime) -> tuple[str, str, tuple[str, ...]]:
    """State, heading and lines of the card, and the same verdict from the row alone."""
    fresh = Case.objects.get(pk=case.pk)
    card = due_card(fresh, now=now, for_applicant=True)
    return card.state, card.heading, card.lines


def test_an_open_promise_counts_the_days_left(case: Case) -> None:
    assert told(case, SATURDAY) == ("open", "موعد پاسخ", ("۷ روز کاری مانده",))
    assert chip_for(case, now=SATURDAY) == ("open", "۷ روز مانده")


def test_on_the_day_it_is_due_the_hours_count(case: Case) -> None:
    now = SATURDAY + 9 * DAY + HOUR
    card = due_card(case, now=now, for_applicant=True)
    assert (card.state, card.lines, card.time, card.day) == (
        "soon",
        ("۴ ساعت کاری مانده",),
        "۱۵:۰۰",
        card.today,
    )
    assert chip_for(case, now=now) == ("soon", "۴ ساعت مانده")


def test_a_late_case_says_by_how_much(case: Case) -> None:
    assert told(case, SATURDAY + 10 * DAY) == ("late", "از موعد گذشته‌ایم", ("۱ روز کاری دیر شده",))
    assert chip_for(case, now=SATURDAY + 10 * DAY) == ("late", "۱ روز گذشته")
    evening = SATURDAY + 9 * DAY + 8 * HOUR
    assert told(case, evening) == ("late", "از موعد گذشته‌ایم", ("ساعت اداری روز موعد گذشت",))
    assert chip_for(case, now=evening) == ("late", "از موعد گذشته")


def test_while_the_clock_stands_the_card_shows_the_date_of_an_answer_today(
    case: Case, as_babak: Staff
) -> None:
    case.take("return", by=as_babak, at=SATURDAY + 2 * DAY, answers={"item": "تصویر سند"})
    card = due_card(case, now=SATURDAY + 3 * DAY, for_applicant=True)
    assert (card.state, card.day, card.lines[0]) == ("hold", date(2026, 12, 1), "اگر امروز پاسخ دهید")
    assert card.note == "۵ روز کاری از مهلت مانده است و دست نمی‌خورد. تا پاسخ شما نرسد، ساعت نمی‌گذرد."
    assert card.why[-1] == "از دوشنبه ۲ آذر، ۱۰:۰۰ ساعت ایستاده است («در انتظار تکمیل»)."
    assert "متقاضی" in due_card(case, now=SATURDAY + 3 * DAY, for_applicant=False).note
    assert chip_for(case, now=SATURDAY + 3 * DAY) == ("hold", "ساعت ایستاده است")


def test_an_answer_in_time_is_kept_and_a_late_one_is_late_for_ever(
    open_case: Callable[..., Opened], as_babak: Staff
) -> None:
    kept, late = open_case().case, open_case().case
    kept.take("reply", by=as_babak, at=SATURDAY + 4 * DAY, answers={"reply": "انجام شد، موفق باشید."})
    late.take("reply", by=as_babak, at=SATURDAY + 10 * DAY, answers={"reply": "انجام شد، موفق باشید."})
    now = SATURDAY + 30 * DAY
    assert told(kept, now) == ("kept", "در مهلت پاسخ داده شد", ("موعد: دوشنبه ۹ آذر", "۳ روز کاری زودتر"))
    assert told(late, now) == ("late", "دیر پاسخ داده شد", ("موعد: دوشنبه ۹ آذر", "۱ روز کاری دیرتر"))
    assert chip_for(kept, now=now) == ("kept", "در مهلت پاسخ داده شد")
    assert chip_for(late, now=now) == ("late", "دیر پاسخ داده شد")
    assert [item.state for item in timeline_items(late, with_texts=False, file_url=str)] == ["late", "kept"]


def test_a_verdict_stands_although_the_calendar_changed_since(case: Case, as_babak: Staff) -> None:
    case.take("reply", by=as_babak, at=SATURDAY + 10 * DAY, answers={"reply": "انجام شد، موفق باشید."})
    Case.objects.update(due_at=case.due_at and case.due_at - DAY)
    card = due_card(Case.objects.get(), now=SATURDAY + 12 * DAY, for_applicant=True)
    assert card.lines == ("موعد: یکشنبه ۸ آذر", "۲ روز کاری دیرتر")
    assert card.why == ("این موعد با تقویمی حساب شده است که در آن هنگام برقرار بود.",)


def test_a_withdrawn_case_owes_no_answer(case: Case) -> None:
    case.take("withdraw", by=Guest(case.pk), at=SATURDAY + HOUR)
    assert told(case, SATURDAY + DAY) == ("hold", "پس گرفته شد", ("دیگر پاسخی در راه نیست",))
    assert chip_for(case, now=SATURDAY + DAY) == ("none", "پس گرفته شد")


def test_the_account_adds_up_to_the_promise(case: Case) -> None:
    assert due_card(case, now=SATURDAY, for_applicant=True).why == (
        "شنبه ۳۰ آبان، ۱۰:۰۰ ثبت شد؛ مهلت ۷ روز کاری است.",
        "یکشنبه ۱ تا چهارشنبه ۴ آذر: ۴ روز کاری شمرده شد؛ ۳ روز کاری ماند.",
        "پنجشنبه ۵ و جمعه ۶ آذر تعطیل هفته است.",
        "شنبه ۷ تا دوشنبه ۹ آذر: ۳ روز کاری شمرده شد.",
        "پس موعد دوشنبه ۹ آذر، ساعت ۱۵:۰۰ است.",
    )


def test_holidays_are_named_and_pauses_dated() -> None:
    asked = Pause(at(1405, 3, 4, 9), at(1405, 3, 9, 12), "در انتظار تکمیل شما")
    found = deadline(
        Target("answer", 2, "working_days"), filed_at=at(1405, 3, 3, 16), pauses=[asked], calendar=CALENDAR
    )
    account = reasons(found, calendar=CALENDAR, today=day(1405, 3, 3))
    assert account[0] == "یکشنبه ۳ خرداد، ۱۶:۰۰ ثبت شد؛ مهلت ۲ روز کاری است."
    assert any(
        line.startswith("از دوشنبه ۴ خرداد، ۹:۰۰ تا شنبه ۹ خرداد، ۱۲:۰۰ ساعت ایستاد") for line in account
    )
    plain = deadline(Target("answer", 3, "working_days"), filed_at=at(1405, 3, 5, 9), calendar=CALENDAR)
    assert "چهارشنبه ۶ خرداد تعطیل است: عید سعید قربان." in reasons(
        plain, calendar=CALENDAR, today=day(1405, 3, 3)
    )


def test_minutes_are_told_in_hours() -> None:
    found = deadline(
        Target("answer", 900, "working_minutes"), filed_at=at(1405, 8, 23, 10), calendar=CALENDAR
    )
    account = reasons(found, calendar=CALENDAR, today=day(1405, 8, 23))
    assert account[0].endswith("مهلت ۱۵ ساعت کاری است.")
    assert account[1] == "شنبه ۲۳ تا دوشنبه ۲۵ آبان: ۱۵ ساعت کاری شمرده شد."


@pytest.mark.parametrize(
    ("value", "said"),
    [(3, "۳ روز کاری"), (90 * HOUR / 60, "۱ ساعت و ۳۰ دقیقهٔ کاری"), (HOUR, "۱ ساعت کاری"), (0 * HOUR, "۰ دقیقهٔ کاری")],
)  # fmt: skip
def test_amounts_in_words(value: int | timedelta, said: str) -> None:
    assert amount(value) == said


def test_a_range_over_the_end_of_a_month_names_both() -> None:
    days = [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)]
    assert day_range(days, TODAY) == "جمعه ۲۹ آبان تا یکشنبه ۱ آذر"
    assert day_range(days[:1], TODAY) == "جمعه ۲۹ آبان"


def test_events_are_told_newest_first_with_words_and_without_codes(case: Case, as_babak: Staff) -> None:
    case.take(
        "return", by=as_babak, at=SATURDAY + HOUR, answers={"item": "سند 12", "explanation": "صفحهٔ 3 از A4"}
    )
    item = timeline_items(case, with_texts=True, file_url=str)[0]
    assert (item.state, item.quote) == ("turn", "صفحهٔ ۳ از A4")
    assert item.sentence == "بابک امینی برای تکمیل به شما برگرداند: سند ۱۲. ساعت مهلت ایستاد."
    assert timeline_items(case, with_texts=False, file_url=str)[0].quote is None


def test_an_invitation_names_its_day(case: Case, as_babak: Staff) -> None:
    case.take("start", by=as_babak, at=SATURDAY + HOUR)
    invited = {"reason": "دیدن سند", "place": "اتاق 214", "day": "1405/09/10", "hour": "9 تا 11"}
    case.take("invite", by=as_babak, at=SATURDAY + 2 * HOUR, answers=invited)
    sentence = timeline_items(case, with_texts=True, file_url=str)[0].sentence
    assert "سه‌شنبه ۱۰ آذر ۱۴۰۵، ساعت ۹ تا ۱۱، اتاق ۲۱۴." in sentence


def test_addresses_and_chassis_numbers_keep_their_digits() -> None:
    assert with_persian_digits("نامهٔ 12 در http://a.ir/3 و NAAM01") == "نامهٔ ۱۲ در http://a.ir/3 و NAAM01"
