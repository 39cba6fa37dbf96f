"""A service with everything a declaration can ask, walked page by page: nothing lost, nothing asked for nothing."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, CaseFile, Offering
from mizban.core.cases.writing import opened
from mizban.core.declarations.rules import rule
from mizban.lib.identifiers.malformed import Malformed
from tests.conftest import MARYAM_TYPES, SATURDAY

from .conftest import page_of, png, words_of
from .walking import as_sent, bars, heading, press

PLATES = """
service: plates
title: تعویض پلاک
applicants: [legal, natural]
title_from: kind
checks: [no-red-sale]
pages:
  - title: خودرو
    form:
      - {name: kind, kind: choice, label: چه می‌خواهید؟, plain: true, options: {swap: تعویض, sale: فروش}}
      - {name: plate, kind: plate, label: پلاک کنونی}
      - {name: plot, kind: plot, label: پلاک ثبتی, required: false}
      - {name: owner, kind: yes_no, label: مالک هستم}
      - {name: colours, kind: choices, label: رنگ‌ها, options: {red: سرخ, white: سفید}}
  - title: فروش
    form:
      - {name: price, kind: rials, label: ارزش, show_if: {kind: sale}}
      - {name: buyer, kind: choice, label: خریدار, options: {person: شخص, company: شرکت}, show_if: {kind: sale}}
      - {name: company, kind: text, label: نام شرکت, show_if: {buyer: company}}
  - title: مدارک
    form:
      - {name: deed, kind: file, label: تصویر سند}
      - {name: lease, kind: file, label: اجاره‌نامه, show_if: {owner: false}}
      - {name: note, kind: text, label: توضیح, required: false, required_if: {kind: sale}}
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
CAR = {
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
SALE = CAR | {"kind": "sale", "colours": ["white"]}


@rule("no-red-sale")
def no_red_sale(answers: Mapping[str, Any]) -> dict[str, Malformed]:
    """A rule over several pages."""
    if answers["kind"] == "sale" and "red" in answers["colours"]:
        return {"colours": Malformed("red", "خودروی سرخ را اینجا نمی‌فروشند.")}
    return {}


@pytest.fixture
def office(agency: Agency) -> Client:
    Offering.publish(agency, PLATES, at=SATURDAY)
    return Client()


def to_papers(client: Client, **car: Any) -> Any:
    """The page of papers of a swap."""
    page = press(client, APPLY, client.get(APPLY), **MARYAM_TYPES)
    return press(client, APPLY, page, **{**CAR, **car})


def to_review(client: Client, **papers: Any) -> Any:
    return press(client, APPLY, to_papers(client), **{"deed": png("سند.png"), **papers})


def filed(client: Client, reviewed: Any, **changes: Any) -> Any:
    return press(client, APPLY, reviewed, "file", true="yes", **changes)


def test_the_form_is_walked_page_by_page(office: Client) -> None:
    first = office.get(APPLY)
    assert (heading(first), len(bars(first))) == ("متقاضی", 5)
    assert [bar.split(". ")[1] for bar in bars(first)] == ["متقاضی", "خودرو", "فروش", "مدارک", "بازبینی"]
    assert "پلاک کنونی" not in words_of(first)
    assert "ادامه: خودرو" in words_of(first)
    car = press(office, APPLY, first, **MARYAM_TYPES)
    assert (car.status_code, heading(car)) == (200, "خودرو")
    assert bars(car)[0] == "۱. متقاضی (انجام شد)"
    assert "مریم رضایی" not in words_of(car)


def test_a_page_with_nothing_to_ask_is_passed_by(office: Client) -> None:
    papers = to_papers(office)
    assert heading(papers) == "مدارک"
    assert [bar.split(". ")[1] for bar in bars(papers)][2] == "مدارک"
    assert heading(press(office, APPLY, papers, "back")) == "خودرو"
    sale = press(office, APPLY, press(office, APPLY, papers, "back"), **SALE)
    assert heading(sale) == "فروش"


def test_what_earlier_answers_settle_is_not_asked_and_not_explained(office: Client) -> None:
    assert "اجاره‌نامه" not in words_of(to_papers(office))
    page = to_papers(office, owner="no")
    assert "اجاره‌نامه" in words_of(page)
    assert "تنها اگر" not in words_of(page)
    assert "توضیح (اختیاری)" in words_of(page)


def test_what_depends_on_the_same_page_says_when(office: Client) -> None:
    sale = to_papers(office, **SALE)
    assert "تنها برای شرکت" in words_of(sale)
    assert "تنها برای فروش" not in words_of(sale)
    papers = press(office, APPLY, sale, price="1000000", buyer="person")
    assert "توضیح (اختیاری)" not in words_of(papers)
    assert "توضیح" in words_of(papers)


def test_errors_stay_on_their_page_with_what_was_typed(office: Client) -> None:
    car = press(office, APPLY, office.get(APPLY), **MARYAM_TYPES)
    wrong = press(office, APPLY, car, **{**CAR, "plate__three": "۳۴", "owner": ""})
    assert (wrong.status_code, heading(wrong)) == (422, "خودرو")
    assert "<title>خطا: خودرو" in page_of(wrong)
    for name in ("plate", "owner"):
        assert f'href="#{name}"' in page_of(wrong)
    assert as_sent(wrong)["plate__three"] == ["۳۴"]
    assert as_sent(wrong)["applicant_name"] == ["مریم رضایی"]


def test_going_back_loses_nothing(office: Client) -> None:
    papers = press(office, APPLY, to_papers(office), "back", deed=png("سند.png"), note="یادم باشد")
    assert heading(papers) == "خودرو"
    assert as_sent(papers)["plate__letter"] == ["ب"]
    assert as_sent(papers)["colours"] == ["red", "white"]
    assert heading(press(office, APPLY, papers, "back")) == "متقاضی"
    again = press(office, APPLY, papers)
    assert "سند.png" in words_of(again)
    assert as_sent(again)["note"] == ["یادم باشد"]


def test_an_answer_that_is_no_longer_asked_is_kept_and_not_filed(office: Client) -> None:
    sale = press(office, APPLY, to_papers(office, **SALE), price="1000000", buyer="person")
    car = press(office, APPLY, press(office, APPLY, sale, "back"), "back")
    swap = press(office, APPLY, car, kind="swap")
    assert heading(swap) == "مدارک"
    assert as_sent(swap)["price"] == ["1000000"]
    reviewed = press(office, APPLY, swap, deed=png())
    assert "ارزش" not in words_of(reviewed)
    filed(office, reviewed)
    assert "price" not in opened(Case.objects.get().events.get(), Case.objects.get().key)["answers"]


def test_every_kind_of_answer_comes_through_the_review(office: Client) -> None:
    reviewed = to_review(office)
    for said in ("پلاک ۱۲ ب ۳۴۵ ایران ۱۵", "اصلی", "بله", "سرخ، سفید", "سند.png", "تعویض", "مریم رضایی"):
        assert said in words_of(reviewed) or said in page_of(reviewed)
    assert filed(office, reviewed).status_code == 303
    case = Case.objects.get()
    assert opened(case.events.get(), case.key)["answers"] == {
        "plate": "12ب345-15",
        "plot": "0 فرعی از 72 اصلی",
        "owner": True,
        "colours": ["red", "white"],
    }


def test_the_summary_leads_to_each_page_and_back_at_once(office: Client) -> None:
    reviewed = to_review(office)
    page = page_of(reviewed)
    assert [f'value="page-{number}"' in page for number in range(4)] == [True, True, False, True]
    car = press(office, APPLY, reviewed, "page-1")
    assert heading(car) == "خودرو"
    assert "بازگشت به بازبینی" in words_of(car)
    again = press(office, APPLY, car, "review", colours=["white"])
    assert "سرخ" not in words_of(again)
    assert "سفید" in words_of(again)


def test_a_change_that_asks_for_more_leads_to_what_is_missing(office: Client) -> None:
    car = press(office, APPLY, to_review(office), "page-1")
    sale = press(office, APPLY, car, "review", **SALE)
    assert (sale.status_code, heading(sale)) == (422, "فروش")
    assert 'href="#price"' in page_of(sale)
    papers = press(office, APPLY, sale, "review", price="1000000", buyer="person")
    assert (papers.status_code, heading(papers)) == (422, "مدارک")
    assert 'href="#note"' in page_of(papers)
    assert "بازبینی و ثبت" in words_of(press(office, APPLY, papers, "review", note="سالم است"))


def test_a_rule_over_the_whole_form_leads_to_its_page(office: Client) -> None:
    sale = to_papers(office, **{**SALE, "colours": ["red"]})
    papers = press(office, APPLY, sale, price="1000000", buyer="person")
    refused = press(office, APPLY, papers, deed=png(), note="سالم است")
    assert (refused.status_code, heading(refused)) == (422, "خودرو")
    assert "خودروی سرخ را اینجا نمی‌فروشند" in words_of(refused)
    assert "به گام «خودرو» برگشته‌اید" in words_of(refused)
    # Every page has been seen: from the mended one the way leads straight to the review.
    assert "ادامه: بازبینی" in words_of(refused)
    assert "بازبینی" in heading(press(office, APPLY, refused, "review", colours=["white"]))


@pytest.mark.parametrize(
    ("tampered", "page", "name"),
    [
        ({"applicant_identifier": "1"}, "متقاضی", "applicant_identifier"),
        ({"kind": "bribe"}, "خودرو", "kind"),
        ({"owner": "no"}, "مدارک", "lease"),
        ({"deed__kept": "999999"}, "مدارک", "deed"),
    ],
)
@pytest.mark.parametrize("intent", ["file", "review"])
def test_a_tampered_page_comes_back_with_its_error(
    office: Client, intent: str, tampered: dict[str, str], page: str, name: str
) -> None:
    response = press(office, APPLY, to_review(office), intent, true="yes", **tampered)
    assert (response.status_code, heading(response)) == (422, page)
    assert f'href="#{name}"' in page_of(response)
    assert not Case.objects.exists()


def test_a_page_cannot_be_jumped_over(office: Client) -> None:
    page = press(office, APPLY, office.get(APPLY), **{**MARYAM_TYPES, "at-page": "3"})
    assert (page.status_code, heading(page)) == (422, "خودرو")


@pytest.mark.parametrize("number", ["9", "-1", "x", "", "۲", "9" * 5000, "2"])
def test_a_page_that_is_not_there_is_one_that_is(office: Client, number: str) -> None:
    papers = to_papers(office)
    for response in (
        press(office, APPLY, papers, f"page-{number}"),
        press(office, APPLY, papers, "back", **{"at-page": number}),
        press(office, APPLY, papers, **{"at-page": number}),
    ):
        assert response.status_code in (200, 422)
        assert heading(response) in ("متقاضی", "خودرو", "مدارک")


def test_an_upload_that_was_not_taken_is_said_before_the_page_is_left(office: Client) -> None:
    bad = SimpleUploadedFile("سند.exe", b"MZ\x90\x00 not a paper")
    response = press(office, APPLY, to_papers(office), "back", deed=bad)
    assert (response.status_code, heading(response)) == (422, "مدارک")
    assert "پذیرفته نیست" in words_of(response)
    assert heading(press(office, APPLY, response, "back")) == "خودرو"


def test_a_file_can_be_taken_off_on_its_page(office: Client) -> None:
    papers = press(office, APPLY, press(office, APPLY, to_papers(office), "back", deed=png()))
    file = CaseFile.objects.get()
    after = press(office, APPLY, papers, remove=str(file.pk))
    assert (after.status_code, heading(after)) == (200, "مدارک")
    assert not CaseFile.objects.exists()


def test_a_paper_that_must_be_there_is_asked_for(office: Client) -> None:
    response = press(office, APPLY, to_papers(office))
    assert response.status_code == 422
    assert 'href="#deed"' in page_of(response)
    assert 'href="#lease"' not in page_of(response)


def test_a_double_click_is_one_case_although_its_paper_is_taken(office: Client) -> None:
    reviewed = to_review(office)
    assert [filed(office, reviewed).status_code for _ in range(2)] == [303, 303]
    assert Case.objects.get().files.count() == 1


def test_a_paper_nobody_asked_for_is_not_attached(office: Client) -> None:
    reviewed = to_review(office, lease=png("اجاره.png"))
    assert "اجاره.png" not in words_of(reviewed)
    filed(office, reviewed)
    assert [file.field for file in Case.objects.get().files.all()] == ["deed"]


def test_the_due_date_is_that_of_what_was_chosen(office: Client) -> None:
    # Three and twelve working days after Saturday 30 Aban.
    assert "پاسخ تا سه‌شنبه ۳ آذر" in words_of(to_papers(office))
    sale = to_papers(office, **SALE)
    assert "پاسخ تا دوشنبه ۱۶ آذر" in words_of(sale)
    papers = press(office, APPLY, sale, price="1000000", buyer="person")
    assert "دوشنبه ۱۶ آذر" in words_of(press(office, APPLY, papers, deed=png(), note="سالم است"))


def test_the_address_chooses_and_the_choice_waits_for_its_page(office: Client) -> None:
    first = office.get(f"{APPLY}?kind=sale")
    assert "تعویض پلاک، فروش" in words_of(first)
    assert "پاسخ تا دوشنبه ۱۶ آذر" in words_of(first)
    assert as_sent(press(office, APPLY, first, **MARYAM_TYPES))["kind"] == ["sale"]


def test_walking_costs_few_queries(office: Client, django_assert_max_num_queries: Any) -> None:
    papers = to_papers(office)
    with django_assert_max_num_queries(7):
        press(office, APPLY, papers, "back")
