"""Long forms: tables typed or read from sheets, another case named, a form put aside, a name withheld, a mandate."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from mizban.config.working import round_of_work
from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, CaseFile, Offering, Unfinished
from mizban.core.cases.papers import sealed_tables
from mizban.core.cases.writing import opened as opened_event
from mizban.core.declarations.fields import Field
from mizban.core.people.actors import Staff
from mizban.kit.table_sheets import XLSX, filled_sheet
from mizban.lib.identifiers.national_id import check_digit
from tests.conftest import MARYAM, SATURDAY

from .conftest import NOON, TYPED, file, hidden, page_of, png, press, review, track, words_of
from .walking import as_sent

SOURCE = """\
service: claims-list
title: فهرست مطالبات
applicants: [natural]
representation: [lawyer]
form:
  - {name: before, kind: case, label: درخواست پیشین, required: false}
  - name: claims
    kind: rows
    label: مطالبات
    unique: [who]
    columns:
      - {name: who, kind: national_id, label: کد ملی}
      - {name: amount, kind: rials, label: مبلغ, least: 1}
  - {name: total, kind: computed, label: جمع, value: {sum: [claims.amount]}, result: rials}
states:
  filed: {label: ثبت شد}
  done: {label: پاسخ داده شد, closed: true}
steps:
  reply: {label: پاسخ, by: expert, from: [filed], to: done, says: "{actor} پاسخ داد."}
targets:
  answer: {within: 3, unit: working_days, until: [reply]}
"""
APPLY = "/markazi-roads/services/claims-list/apply/"
WHO = {
    "applicant_name": "مریم رضایی",
    "applicant_identifier": "1367458218",
    "applicant_mobile": "09141234567",
    "applicant_by": "self",
}
ROW = {"claims__0__who": "0065123492", "claims__0__amount": "۱۲۰۰"}


@pytest.fixture
def returned(opened: Opened, as_babak: Staff) -> Opened:
    """Babak looked at it and asks for a paper."""
    opened.case.take("start", by=as_babak, at=NOON - timedelta(hours=1))
    opened.case.take("return", by=as_babak, at=NOON, answers={"item": "تصویر پشت سند"})
    return opened


def national_id(number: int) -> str:
    digits = f"{number:09d}"
    return digits + check_digit(digits)


@pytest.fixture
def table(agency: Agency) -> Field:
    found = Offering.publish(agency, SOURCE, at=SATURDAY).declaration.field("claims")
    assert found is not None
    return found


def many(table: Field, number: int, **changes: Any) -> SimpleUploadedFile:
    rows = [{"who": national_id(136_100_000 + n), "amount": 10} for n in range(number)]
    rows[number // 2] |= changes
    return SimpleUploadedFile("لیست.xlsx", filled_sheet(table, rows))


def send(client: Client, shown: Any, intent: str = "", /, **typed: Any) -> Any:
    return client.post(APPLY, {**as_sent(shown), **({"intent": intent} if intent else {}), **typed})


def test_rows_are_added_taken_off_and_mended_without_a_script(table: Field) -> None:
    maryam = Client()
    two = send(maryam, maryam.get(APPLY), **{**WHO, **ROW, "table-do": "add:claims"})
    assert (two.status_code, hidden(two)["claims__rows"]) == (200, ["2"])
    wrong = send(maryam, two, "review", claims__1__who="0065123492", claims__1__amount="۵")
    assert wrong.status_code == 422
    assert "سطر ۲، کد ملی: در سطر ۱ هم آمده است" in words_of(wrong)
    assert 'value="0065123492"' in page_of(wrong)
    one = send(maryam, wrong, **{"table-do": "drop1:claims"})
    assert (hidden(one)["claims__rows"], "۱٬۲۰۰ ریال" in page_of(one)) == (["1"], True)
    reviewed = send(maryam, one, "review")
    assert "۱ سطر؛ جمع مبلغ ۱٬۲۰۰ ریال" in words_of(reviewed)
    assert send(maryam, reviewed, "file", true="yes").status_code == 303
    case = Case.objects.get()
    kept = opened_event(case.history()[0], case.key)["answers"]
    assert (kept["total"], kept["claims"]["rows"]) == (1200, 1)
    assert sealed_tables.rows_of(case.files.get()) == [{"who": "0065123492", "amount": 1200}]


def test_a_sheet_too_long_for_the_page_waits_sealed_and_is_handed_out_again(table: Field) -> None:
    maryam = Client()
    sent = send(
        maryam, maryam.get(APPLY), **{**WHO, "claims__sheet": many(table, 1200), "table-do": "read:claims"}
    )
    assert "۱٬۲۰۰ سطر" in words_of(sent) or "۱۲۰۰ سطر" in words_of(sent)
    assert len(sent.content) < 30_000
    handed = send(maryam, sent, **{"table-do": "sheet:claims"})
    assert handed["Content-Type"] == XLSX
    assert load_workbook(BytesIO(handed.content)).active.max_row == 1201
    reviewed = send(maryam, sent, "review")
    done = send(maryam, reviewed, "file", true="yes")
    assert done.status_code == 303
    case = Case.objects.get()
    assert len(sealed_tables.rows_of(case.files.get())) == 1200
    assert len(sealed_tables.rows_of(case.files.get(), most=10)) == 10
    maryam.get(done["Location"])
    whole = maryam.get(f"/track/case/files/{case.files.get().pk}/")
    assert load_workbook(BytesIO(whole.content)).active.max_row == 1201


def test_a_long_sheet_with_a_wrong_cell_says_which_and_stays_out(table: Field) -> None:
    maryam = Client()
    wrong = send(
        maryam,
        maryam.get(APPLY),
        **{**WHO, "claims__sheet": many(table, 900, who="123"), "table-do": "read:claims"},
    )
    assert wrong.status_code == 422
    assert "سطر ۴۵۱، کد ملی" in words_of(wrong)
    assert not CaseFile.objects.exists()
    blank = send(maryam, wrong, **{"table-do": "blank:claims"})
    assert [cell.value for cell in load_workbook(BytesIO(blank.content)).active[1]] == ["کد ملی", "مبلغ"]


def test_a_named_case_needs_its_password_and_a_wrong_code_sounds_the_same(
    table: Field, opened: Opened
) -> None:
    client = Client()
    typed = {**WHO, **ROW, "applicant_identifier": "0065123492", "claims__rows": "1"}
    said = []
    for code, password in ((opened.case.code, "000000000000"), ("100000000008", opened.password)):
        tried = send(
            client, client.get(APPLY), "review", **typed, before__code=code, before__password=password
        )
        assert tried.status_code == 422
        said.append([line for line in words_of(tried).split("  ") if "پیدا نشد" in line])
    # Somebody who read her code and number off a photocopy is nobody.
    claimed = typed | {"applicant_identifier": MARYAM.identifier}
    tried = send(client, client.get(APPLY), "review", **claimed, before__code=opened.case.code)
    assert tried.status_code == 422
    right = send(
        client,
        client.get(APPLY),
        "review",
        **typed,
        before__code=opened.case.code,
        before__password=opened.password,
    )
    assert right.status_code == 200
    assert opened.password not in page_of(right)
    assert send(client, right, "file", true="yes").status_code == 303
    filed = Case.objects.exclude(pk=opened.case.pk).get()
    assert opened_event(filed.history()[0], filed.key)["answers"]["before"] == opened.case.code


def test_guessing_at_named_cases_is_slowed_down(table: Field, opened: Opened) -> None:
    client = Client()
    typed = {
        **WHO,
        **ROW,
        "applicant_identifier": "0065123492",
        "claims__rows": "1",
        "before__code": opened.case.code,
    }
    shown = client.get(APPLY)
    codes = [
        send(client, shown, "review", **typed, before__password=f"{n:012d}").status_code for n in range(12)
    ]
    assert codes[-1] == 429


def test_a_form_put_aside_is_gone_on_with_and_forgotten_once_filed(table: Field) -> None:
    maryam, elsewhere = Client(), Client()
    kept = send(maryam, maryam.get(APPLY), "later", **{**WHO, **ROW, "claims__rows": "1"})
    assert (kept.status_code, kept["Location"]) == (303, "/markazi-roads/services/claims-list/later/")
    shown = words_of(maryam.get(kept["Location"]))
    secret = maryam.get(kept["Location"])
    assert "تنها یک بار" in words_of(secret)
    code = Unfinished.objects.get().code
    assert " ".join(code[n : n + 4] for n in (0, 4, 8)).translate(FA) in " ".join(shown.split())
    password = "".join(shown.split("رمز")[2].split()[:3]).translate(ASCII)
    for typed in ({"code": code, "password": "1" * 12}, {"code": "100000000008", "password": password}):
        wrong = elsewhere.post("/resume/", typed)
        assert (wrong.status_code, "درست نیست" in words_of(wrong)) == (422, True)
    resumed = elsewhere.post("/resume/", {"code": code, "password": password})
    assert 'value="مریم رضایی"' in page_of(resumed)
    reviewed = send(elsewhere, resumed, "review")
    assert send(elsewhere, reviewed, "file", true="yes").status_code == 303
    assert (Case.objects.count(), Unfinished.objects.count()) == (1, 0)


FA = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def test_a_form_put_aside_keeps_its_files_two_weeks_and_not_longer(table: Field) -> None:
    maryam = Client()
    by_lawyer = {**WHO, "applicant_by": "lawyer", "applicant_mandate_file": png()}
    send(maryam, maryam.get(APPLY), "later", **by_lawyer)
    with time_machine.travel(SATURDAY + timedelta(days=13), tick=False):
        round_of_work(at=SATURDAY + timedelta(days=13))
        assert CaseFile.objects.count() == Unfinished.objects.count() == 1
    with time_machine.travel(SATURDAY + timedelta(days=15), tick=False):
        for _ in range(2):
            round_of_work(at=SATURDAY + timedelta(days=15))
        assert CaseFile.objects.count() == Unfinished.objects.count() == 0


def test_a_lawyer_brings_a_mandate_that_holds_today(table: Field) -> None:
    maryam = Client()
    mandate = {
        **WHO,
        **ROW,
        "claims__rows": "1",
        "applicant_by": "lawyer",
        "applicant_mandate_name": "نسرین وکیلی",
        "applicant_mandate_id": "0065123492",
        "applicant_mandate_number": "۱۲۳",
        "applicant_mandate_from": "۱۴۰۵/۰۱/۰۱",
        "applicant_mandate_until": "۱۴۰۵/۰۸/۰۱",
    }
    over = send(maryam, maryam.get(APPLY), "review", **mandate, applicant_mandate_file=png())
    assert (over.status_code, "پایان یافته است" in words_of(over)) == (422, True)
    reviewed = send(maryam, over, "review", applicant_mandate_until="۱۴۰۵/۱۲/۰۱")
    assert send(maryam, reviewed, "file", true="yes").status_code == 303
    case = Case.objects.get()
    applicant = case.parties.get().reveal(case.key)
    assert applicant.mandate is not None
    assert (applicant.name, applicant.mandate.name) == ("مریم رضایی", "نسرین وکیلی")
    assert case.files.filter(field="applicant_mandate_file").count() == 1
    assert "نسرین" not in str(bytes(case.parties.get().sealed or b""))


def test_a_complaint_may_come_without_a_name_and_a_request_may_not(maryam: Client) -> None:
    nameless = {
        "applicant_kind": "anonymous",
        "applicant_name": "",
        "applicant_identifier": "",
        "applicant_mobile": "",
    }
    refused = review(maryam, **nameless, kind="request")
    assert (refused.status_code, "بی‌نام نمی‌پذیریم" in words_of(refused)) == (422, True)
    done = file(maryam, review(maryam, **nameless, kind="complaint"))
    assert done.status_code == 303
    party = Case.objects.get().parties.get()
    assert (party.kind, party.identifier_index) == ("anonymous", None)
    assert "بی‌نام" in words_of(maryam.get(done["Location"]))
    assert TYPED["applicant_name"] not in words_of(maryam.get("/track/case/"))


def test_a_second_answer_that_says_something_else_is_not_lost(maryam: Client, returned: Opened) -> None:
    page = track(maryam, returned)
    assert press(maryam, page, "supply", note="پیوست شد").status_code == 303
    second = press(maryam, page, "supply", note="نه، این یکی درست است")
    assert second.status_code == 409
    assert "نه، این یکی درست است" in words_of(second)
