"""The rules of agreements, without a database: states, gaps, what stands in the way, the text that is signed."""

from datetime import date, timedelta
from typing import Any

import pytest

from mizban.lib.jalali import from_jalali
from mizban.office.agreements import gate, measures, states
from mizban.office.agreements.composing import compose, redated
from mizban.office.agreements.words import KINDS

TODAY = from_jalali(1405, 8, 30)
DAY = timedelta(days=1)
FIVE, SEVEN, TEN = ({"value": value, "unit": "working_days"} for value in (5, 7, 10))


def test_the_state_follows_from_what_was_done_and_the_day() -> None:
    def state(standing: str, until: date | None, *, holdover: bool = False) -> str:
        return states.state_of(standing, until, holdover=holdover, today=TODAY)

    assert state("in-force", TODAY) == "in-force"
    assert state("in-force", None) == "in-force"
    assert state("in-force", TODAY - DAY) == "expired"
    assert state("in-force", TODAY - DAY, holdover=True) == "expired-in-force"
    for done in ("awaiting-signature", "signed", "replaced", "rescinded", "ended"):
        assert state(done, TODAY - DAY, holdover=True) == done


def test_days_without_a_valid_agreement_are_counted() -> None:
    first, until = TODAY - 100 * DAY, TODAY - 40 * DAY
    assert states.gap([], today=TODAY) == states.Gap(0, 0)
    assert states.gap([states.Span(first, None, until, holdover=True)], today=TODAY) == states.Gap(40, 40)
    # Twenty days held over, then ten of nothing, then a successor.
    spans = [
        states.Span(first, TODAY - 20 * DAY, until, holdover=True),
        states.Span(TODAY - 10 * DAY, None, TODAY + DAY, holdover=False),
    ]
    assert states.gap(spans, today=TODAY) == states.Gap(29, 19)
    # What had ended before Mizban knew it is counted from its end.
    assert states.gap([states.Span(TODAY, None, until, holdover=True)], today=TODAY).days == 40


def drafted(**changes: Any) -> gate.Drafted:
    facts: dict[str, Any] = {
        "title": "گواهی سکونت",
        "services": ["residence"],
        "valid_from": TODAY,
        "valid_until": TODAY + 300 * DAY,
        "clauses": [clause("response-time", target={"value": 5, "unit": "working_days"})],
        "reading": {},
    }
    return gate.Drafted(**(facts | changes))


def clause(kind: str, **changes: Any) -> dict[str, Any]:
    usual = {
        "id": "c1",
        "kind": kind,
        "text": "متن بند.",
        "obligor": "agency",
        "target": None,
        "lines": [1, 1],
        "confidence": 0.9,
        "owner": "role:director",
        "measure": measures.default_of(kind),
        "unmeasurable": "",
        "confirmed": True,
        "section": "obligations",
        "heading": "تعهدات",
    }
    return usual | changes


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_until": TODAY - DAY, "valid_from": TODAY}, "validity-backwards"),
        ({"valid_until": TODAY - DAY, "valid_from": TODAY - 9 * DAY}, "validity-over"),
        ({"valid_until": None}, "no-validity"),
        ({"services": []}, "no-service"),
        ({"title": " "}, "no-title"),
        ({"clauses": []}, "no-clause"),
        ({"clauses": [clause("fee", text="هزینه [مبلغ] است.")]}, "unfilled-placeholder"),
        ({"clauses": [clause("fee", owner="")]}, "no-owner"),
        ({"clauses": [clause("fee", confirmed=False)]}, "unconfirmed"),
        ({"clauses": [clause("other")]}, "no-measure"),
        ({"clauses": [clause("prompt-result")]}, "vague-target"),
        ({"clauses": [clause("disruption-notice")]}, "unmeetable-clause"),
        (
            {"clauses": [clause("prompt-result", target=FIVE)], "promised": [SEVEN]},
            "another-time-than-service",
        ),
        ({"clauses": [clause("binding-until-new-notice")]}, "contradictory-validity"),
    ],
)
def test_each_fault_stands_in_the_way_by_its_name(changes: dict[str, Any], code: str) -> None:
    assert code in [each.code for each in gate.obstacles(drafted(**changes), today=TODAY)]


def test_a_time_that_a_service_counts_by_stands_in_nobody_s_way() -> None:
    """Of two services one promises five days; a first step has a time of its own, and what was written its origin."""
    clauses = [
        *(
            clause("prompt-result", target=FIVE),
            clause("response-time", target=TEN, measure="first-response"),
        ),
        clause("response-time", target=TEN, origin="salaries/answer"),
    ]
    both = drafted(clauses=clauses, promised=[SEVEN, {"value": 5, "unit": "working_days"}])
    assert gate.obstacles(both, today=TODAY) == []
    (found,) = gate.obstacles(drafted(clauses=clauses, promised=[SEVEN]), today=TODAY)
    assert "۷ روز کاری" in found.message
    assert found.may_be_overridden


def test_nothing_stands_in_the_way_of_a_whole_draft_or_an_open_not_measurable() -> None:
    reason = {"unmeasurable": "قطعی ناگهانی را کسی از پیش نمی‌داند.", "measure": ""}
    clauses = [*drafted().clauses, clause("disruption-notice", **reason), clause("other", **reason)]
    assert gate.obstacles(drafted(clauses=clauses), today=TODAY) == []


def test_a_mismatch_stays_until_title_or_purpose_change() -> None:
    purpose = clause("service-purpose", text="اعلام وصول سپرده")
    finding = {"code": "title-purpose-mismatch", "message": "هدف با عنوان نمی‌خواند.", "lines": [1, 2]}
    reading = {"title": "پرداخت حقوق", "clauses": [purpose], "findings": [finding]}
    same = drafted(title="پرداخت حقوق", clauses=[purpose, *drafted().clauses], reading=reading)
    assert [each.code for each in gate.obstacles(same, today=TODAY)] == ["title-purpose-mismatch"]
    mended = drafted(title="سپرده‌ها", clauses=[purpose, *drafted().clauses], reading=reading)
    assert gate.obstacles(mended, today=TODAY) == []


@pytest.mark.parametrize("written", ["1401/12/29", "۱۴۰۱/۱۲/۲۹", "01/12/29", "1401 / 12 / 29", "۱۴۰۱-۱۲-۲۹"])
def test_the_last_day_is_replaced_however_it_is_written(written: str) -> None:
    text = f"تا تاریخ {written} اعتبار دارد."
    assert redated(text, from_jalali(1401, 12, 29), from_jalali(1406, 12, 29)) == (
        "تا تاریخ ۱۴۰۶/۱۲/۲۹ اعتبار دارد."
    )
    assert redated("شمارهٔ ۱۱۴۰۱/۱۲/۲۹۵", from_jalali(1401, 12, 29), TODAY) == "شمارهٔ ۱۱۴۰۱/۱۲/۲۹۵"


def test_the_signed_text_has_the_number_and_the_dates_and_every_clause_its_line() -> None:
    clauses = [
        clause("service-purpose", id="c1", text="صدور گواهی", section="introduction", heading="مقدمه"),
        clause("service-purpose", id="c2", text="تمدید گواهی", section="introduction", heading="مقدمه"),
        clause(
            "prompt-result",
            id="c3",
            text="نتیجه زود اعلام می‌شود.",
            target={"value": 5, "unit": "working_days"},
        ),
    ]
    made = compose("گواهی", clauses, valid_from=TODAY, valid_until=TODAY + 100 * DAY)
    lines = made.text.splitlines()
    assert "هدف این خدمت: صدور گواهی، تمدید گواهی." in lines
    assert "نتیجه زود اعلام می‌شود؛ حداکثر ۵ روز کاری." in lines
    assert made.clauses[-1]["kind"] == "valid-until"
    for each in made.clauses:
        assert each["text"] in lines[each["lines"][0] - 1]


def test_every_kind_of_clause_has_a_measure_but_the_unknown() -> None:
    assert [kind for kind in KINDS if not measures.default_of(kind)] == ["other"]
    assert {kind for each in measures.measures().values() for kind in each.kinds} <= set(KINDS)
