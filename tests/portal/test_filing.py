"""From an empty form to a receipt, with everything that can go wrong on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.cases.models import Case, CaseFile
from mizban.core.cases.papers.files import LARGEST, content_of, name_of
from mizban.core.cases.writing import opened as opened_event
from mizban.office.agreements.models import AgreementVersion, entered
from tests.conftest import SATURDAY, make_agency

from .conftest import APPLY, PNG, RECEIPT, TYPED, file, filed, hidden, page_of, png, review, words_of


def test_maryam_files_in_three_pages_and_gets_a_receipt(maryam: Client, agreement: AgreementVersion) -> None:
    blank = maryam.get(APPLY)
    assert "با کدام واحد کار دارید؟" in words_of(blank)
    assert "پاسخ تا دوشنبه ۹ آذر ۱۴۰۵" in words_of(blank)
    reviewed = review(maryam, papers=png())
    assert reviewed.status_code == 200
    for shown in ("مریم رضایی", "کد ملی", "۱۳۶۷۴۵۸۲۱۸", "ادارهٔ مسکن", "درخواست", "نامهٔ من.png"):
        assert shown in words_of(reviewed)
    assert "نسخهٔ ۱، را پذیرفتم" in words_of(reviewed)
    response = file(maryam, reviewed)
    assert (response.status_code, response["Location"]) == (303, RECEIPT)
    case = Case.objects.get()
    assert case.agreement_version == agreement.pk
    assert case.unit is not None
    assert (case.unit.slug, case.plain["kind"]) == ("housing", "request")
    assert name_of(case.files.get()) == "نامهٔ من.png"
    assert content_of(case.files.get()) == PNG


def test_a_form_with_errors_comes_back_whole_and_says_all_of_them(maryam: Client) -> None:
    response = review(
        maryam, applicant_identifier="1367458219", text="کوتاه", department="", applicant_name="<b>مریم"
    )
    assert response.status_code == 422
    assert "<title>خطا:" in page_of(response)
    assert 'id="error-summary"' in page_of(response)
    for name in ("applicant_identifier", "text", "department"):
        assert f'id="{name}-error"' in page_of(response)
        assert f'href="#{name}"' in page_of(response)
    for kept in ('value="1367458219"', "کوتاه</textarea>", 'value="&lt;b&gt;مریم"'):
        assert kept in page_of(response)


def test_a_file_is_kept_over_errors_and_over_the_review(maryam: Client) -> None:
    wrong = review(maryam, text="کوتاه", papers=png())
    assert (wrong.status_code, CaseFile.objects.count()) == (422, 1)
    kept = hidden(wrong)
    assert kept["papers__kept"] == [str(CaseFile.objects.get().pk)]
    reviewed = maryam.post(APPLY, {**TYPED, **kept, "intent": "review", "papers": png("دومی.png")})
    assert "نامهٔ من.png" in words_of(reviewed)
    assert "دومی.png" in words_of(reviewed)
    edited = maryam.post(APPLY, {**hidden(reviewed), "intent": "edit"})
    assert edited.status_code == 200
    assert "پروانهٔ ساخت من" in page_of(edited)
    assert hidden(edited)["papers__kept"] == hidden(reviewed)["papers__kept"]
    assert file(maryam, reviewed).status_code == 303
    assert Case.objects.get().files.count() == 2


def test_a_file_can_be_taken_off_and_the_rest_stays(maryam: Client) -> None:
    wrong = review(maryam, text="کوتاه", papers=png())
    file_id = hidden(wrong)["papers__kept"][0]
    response = maryam.post(APPLY, {**TYPED, "text": "نیمه‌کاره", **hidden(wrong), "remove": file_id})
    assert response.status_code == 200
    assert "نیمه‌کاره" in page_of(response)
    assert "papers__kept" not in hidden(response)
    assert not CaseFile.objects.exists()


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (SimpleUploadedFile("big.png", PNG + bytes(LARGEST), "image/png"), "بیش از ۵ مگابایت"),
        (SimpleUploadedFile("program.pdf", b"MZ\x90\x00 not a paper", "application/pdf"), "پذیرفته نیست"),
        (SimpleUploadedFile("empty.png", b"", "image/png"), "خالی است"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_loses_nothing(maryam: Client, upload: Any, says: str) -> None:
    response = review(maryam, papers=[png(), upload])
    assert response.status_code == 422
    assert says in words_of(response)
    assert len(hidden(response)["papers__kept"]) == 1
    assert "پروانهٔ ساخت من" in page_of(response)


def test_of_several_wrong_files_each_is_named(maryam: Client) -> None:
    big = SimpleUploadedFile("big.png", PNG + bytes(LARGEST), "image/png")
    program = SimpleUploadedFile("program.exe", b"MZ\x90\x00 not a paper", "application/pdf")
    said = words_of(review(maryam, papers=[big, program, png()])).translate({0x2068: None, 0x2069: None})
    assert "«big.png»: فایل بیش از ۵ مگابایت است." in said
    assert "«program.exe»: این قالب پذیرفته نیست." in said


def test_a_file_of_another_form_cannot_be_named(maryam: Client) -> None:
    review(Client(), papers=png("راز.png"))
    stolen = CaseFile.objects.get().pk
    reviewed = review(maryam, papers__kept=str(stolen))
    assert "راز.png" not in page_of(reviewed)
    assert file(maryam, reviewed).status_code == 303
    assert maryam.post(APPLY, {**TYPED, "remove": str(stolen)}).status_code == 200
    assert CaseFile.objects.get().case is None


def test_both_sentences_must_be_ticked(maryam: Client, agreement: AgreementVersion) -> None:
    reviewed = review(maryam, papers=png())
    for ticked in ({}, {"true": "yes"}, {f"agreed_{agreement.pk}": "yes"}):
        response = maryam.post(APPLY, {**hidden(reviewed), **ticked, "intent": "file"})
        assert response.status_code == 422
        assert "برای ادامه لازم است این جمله را بپذیرید" in words_of(response)
        assert "نامهٔ من.png" in words_of(response)
    assert not Case.objects.exists()


def test_accepting_an_older_version_is_not_accepting_the_one_that_binds(
    maryam: Client, agreement: AgreementVersion
) -> None:
    reviewed = review(maryam)
    ticks = {"true": "yes", f"agreed_{agreement.pk}": "yes"}
    reading = {"validity": {"holdover": True}, "clauses": [], "findings": []}
    entered(agreement.agreement, text="دوم", text_hash="2", reading=reading, valid_until=None, at=SATURDAY)
    response = maryam.post(APPLY, {**hidden(reviewed), **ticks, "intent": "file"})
    assert response.status_code == 422
    assert "نسخهٔ ۲، را پذیرفتم" in words_of(response)


def test_a_double_click_is_one_case_and_one_receipt(maryam: Client) -> None:
    reviewed = review(maryam, papers=png())
    first, second = file(maryam, reviewed), file(maryam, reviewed)
    assert (first.status_code, second.status_code) == (303, 303)
    case = Case.objects.get()
    assert case.files.count() == 1
    assert case.code in page_of(maryam.get(RECEIPT)).replace("</span><span>", "").translate(
        str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
    )


def test_the_same_form_with_other_words_is_refused_with_a_way_on(maryam: Client) -> None:
    reviewed = review(maryam)
    file(maryam, reviewed)
    response = file(maryam, reviewed, text="این بار چیز دیگری نوشته شده است، نه همان.")
    assert response.status_code == 409
    assert f'href="{APPLY}"' in page_of(response)
    assert 'href="/track/"' in page_of(response)
    assert Case.objects.count() == 1


def test_the_same_form_hours_later_shows_no_receipt_again(maryam: Client, clock: Any) -> None:
    reviewed = review(maryam)
    file(maryam, reviewed)
    clock.shift(timedelta(hours=2))
    assert file(maryam, reviewed).status_code == 409


def test_tampered_hidden_values_come_back_as_a_form(maryam: Client) -> None:
    reviewed = review(maryam)
    for tampered in (
        {"department": "other"},
        {"applicant_identifier": "1"},
        {"text": ""},
        {"kind": ["request", "bribe"]},
    ):
        response = file(maryam, reviewed, **tampered)
        assert response.status_code == 422
        assert 'id="error-summary"' in page_of(response)
    assert not Case.objects.exists()


@pytest.mark.parametrize("token", ["", "short", "x" * 5000, "۱۲۳", "a b" * 7 + "c", "\x00" * 22])
def test_a_garbled_token_is_a_fresh_form_that_keeps_what_was_typed(maryam: Client, token: str) -> None:
    response = review(maryam, token=token)
    assert response.status_code == 200
    fresh = hidden(response)["token"][0]
    assert fresh != token
    assert "پروانهٔ ساخت من" in words_of(response)
    assert file(maryam, response).status_code == 303


def test_questions_of_a_complaint_say_so_and_are_dropped_elsewhere(maryam: Client) -> None:
    assert "تنها برای شکایت" in words_of(maryam.get(APPLY))
    case = filed(maryam, about="ادارهٔ مسکن", happened_on="۱۴۰۵/۰۸/۲۰")
    assert set(opened_event(case.events.get(), case.key)["answers"]) == {"text"}
    complaint = filed(maryam, kind="complaint", about="ادارهٔ مسکن", happened_on="۱۴۰۵/۰۸/۲۰")
    assert set(opened_event(complaint.events.get(), complaint.key)["answers"]) == {
        "text",
        "about",
        "happened_on",
    }


def test_the_address_presets_plain_choices_and_nothing_else(maryam: Client) -> None:
    page = page_of(maryam.get(f"{APPLY}?kind=complaint&department=housing&text=spam&applicant_name=spam"))
    assert 'value="complaint" checked' in page
    assert 'value="housing" selected' in page
    assert "spam" not in page
    assert "checked" not in page_of(maryam.get(f"{APPLY}?kind=bribe"))


def test_a_complaint_has_an_address_of_its_own(maryam: Client) -> None:
    response = maryam.get("/markazi-roads/complaints/new/")
    assert (response.status_code, response["Location"]) == (302, f"{APPLY}?kind=complaint")


def test_an_office_without_a_service_desk_takes_no_complaint(maryam: Client) -> None:
    make_agency("quiet", "ادارهٔ بی خدمت")
    assert maryam.get("/quiet/complaints/new/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "identifier", "called"),
    [("legal", "10380284790", "شناسهٔ ملی"), ("foreign", "100000000000", "کد فراگیر اتباع")],
)
def test_a_company_and_a_foreigner_can_file(maryam: Client, kind: str, identifier: str, called: str) -> None:
    reviewed = review(maryam, applicant_kind=kind, applicant_identifier=identifier)
    assert called in words_of(reviewed)
    assert file(maryam, reviewed).status_code == 303


def test_no_answer_of_the_way_is_kept_by_a_browser(maryam: Client) -> None:
    reviewed = review(maryam)
    for response in (maryam.get(APPLY), reviewed, file(maryam, reviewed), maryam.get(RECEIPT)):
        assert response["Cache-Control"] == "no-store"
