"""A service with everything a declaration can ask: pages, parts of a plate, a paper that must be there."""

from typing import Any

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Offering
from mizban.core.cases.writing import opened
from tests.conftest import MARYAM_TYPES, SATURDAY

from .conftest import hidden, page_of, png, words_of

PLATES = """
service: plates
title: تعویض پلاک
applicants: [legal, natural]
pages:
  - title: خودرو
    form:
      - {name: kind, kind: choice, label: چه می‌خواهید؟, plain: true, options: {swap: تعویض, sale: فروش}}
      - {name: plate, kind: plate, label: پلاک کنونی}
      - {name: plot, kind: plot, label: پلاک ثبتی, required: false}
      - {name: owner, kind: yes_no, label: مالک هستم}
      - {name: colours, kind: choices, label: رنگ‌ها, options: {red: سرخ, white: سفید}}
      - {name: price, kind: rials, label: ارزش, show_if: {kind: sale}}
  - title: مدارک
    form:
      - {name: deed, kind: file, label: تصویر سند}
      - {name: lease, kind: file, label: اجاره‌نامه, show_if: {owner: false}}
states:
  filed: {label: ثبت شد}
  done: {label: انجام شد, closed: true}
steps:
  finish: {label: انجام, by: [expert], from: [filed], to: done, says: "{actor} انجام داد."}
targets:
  sale: {within: 12, unit: working_days, until: [finish], when: {kind: sale}}
  answer: {within: 3, unit: working_days, until: [finish]}
"""
APPLY = "/markazi-roads/services/plates/apply/"
TYPED = MARYAM_TYPES | {
    "kind": "swap",
    "plate__two": "۱۲",
    "plate__letter": "ب",
    "plate__three": "۳۴۵",
    "plate__region": "۱۵",
    "plot__main": "72",
    "plot__sub": "0",
    "owner": "yes",
    "colours": ["red", "white"],
}


@pytest.fixture
def office(agency: Agency) -> Client:
    Offering.publish(agency, PLATES, at=SATURDAY)
    return Client()


def test_the_form_has_its_pages_as_headings(office: Client) -> None:
    page = words_of(office.get(APPLY))
    assert page.index("متقاضی") < page.index("خودرو") < page.index("مدارک")
    assert "تنها برای فروش" in page
    assert "تنها اگر پاسخ «مالک هستم» خیر است" in page


def test_every_kind_of_answer_comes_through_the_review(office: Client) -> None:
    reviewed = office.post(
        APPLY, {**TYPED, **hidden(office.get(APPLY)), "intent": "review", "deed": png("سند.png")}
    )
    for said in ("پلاک ۱۲ ب ۳۴۵ ایران ۱۵", "اصلی", "بله", "سرخ، سفید", "سند.png", "تعویض"):
        assert said in words_of(reviewed) or said in page_of(reviewed)
    edited = office.post(APPLY, {**hidden(reviewed), "intent": "edit"})
    assert 'name="plate__two" inputmode="numeric"' in page_of(edited)
    assert page_of(edited).count("checked") == 5
    filed = office.post(APPLY, {**hidden(reviewed), "true": "yes", "intent": "file"})
    assert filed.status_code == 303
    case = Case.objects.get()
    answers = opened(case.events.get(), case.key)["answers"]
    assert answers == {
        "plate": "12ب345-15",
        "plot": "0 فرعی از 72 اصلی",
        "owner": True,
        "colours": ["red", "white"],
    }


def test_a_paper_that_must_be_there_is_asked_for(office: Client) -> None:
    response = office.post(APPLY, {**TYPED, **hidden(office.get(APPLY)), "intent": "review"})
    assert response.status_code == 422
    assert 'href="#deed"' in page_of(response)
    assert 'href="#lease"' not in page_of(response)


def test_a_double_click_is_one_case_although_its_paper_is_taken(office: Client) -> None:
    reviewed = office.post(APPLY, {**TYPED, **hidden(office.get(APPLY)), "intent": "review", "deed": png()})
    answers = [office.post(APPLY, {**hidden(reviewed), "true": "yes", "intent": "file"}) for _ in range(2)]
    assert [response.status_code for response in answers] == [303, 303]
    assert Case.objects.get().files.count() == 1


def test_a_paper_nobody_asked_for_is_not_attached(office: Client) -> None:
    papers: dict[str, Any] = {"deed": png(), "lease": png("اجاره.png")}
    reviewed = office.post(APPLY, {**TYPED, **hidden(office.get(APPLY)), "intent": "review", **papers})
    assert "اجاره.png" not in words_of(reviewed)
    office.post(APPLY, {**hidden(reviewed), "true": "yes", "intent": "file"})
    assert [file.field for file in Case.objects.get().files.all()] == ["deed"]


def test_a_promise_that_depends_on_the_request_is_told_for_each(office: Client) -> None:
    assert "از ۳ روز کاری" in words_of(office.get("/markazi-roads/"))
    page = words_of(office.get("/markazi-roads/services/plates/"))
    assert "تنها برای فروش: تا ۱۲ روز کاری پس از ثبت پاسخ می‌دهیم." in page
    assert "برای دیگر درخواست‌ها: تا ۳ روز کاری پس از ثبت پاسخ می‌دهیم." in page
    sale = {**TYPED, "kind": "sale", "price": "1000000", "deed": png(), "intent": "review"}
    # Twelve working days after Saturday 30 Aban.
    assert "دوشنبه ۱۶ آذر" in words_of(office.post(APPLY, {**sale, **hidden(office.get(APPLY))}))
