"""Every service of the five agreements, filed at the portal page by page as a guest, and followed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.fields import Field
from mizban.core.declarations.kinds import KINDS
from mizban.core.people.actors import Guest
from mizban.kit.forms import PARTS
from mizban.lib.identifiers import plate, plot
from mizban.web.dues import due_card
from mizban.web.portal.case_page import load
from mizban.web.portal.turns import turn
from tests.conftest import MARYAM, SATURDAY
from tests.services.conftest import NAMES, ROADS, Province, examples, province, sheet, source_of

from .conftest import NOON, PNG, words_of
from .walking import heading, press

__all__ = ["province"]
WHO = {
    "applicant_name": ROADS.name,
    "applicant_identifier": ROADS.identifier,
    "applicant_mobile": "09141234567",
}
PERSON = {
    "applicant_name": "مریم رضایی",
    "applicant_identifier": "1367458218",
    "applicant_mobile": "09141234567",
}


def typed_for(offering: Offering, **changes: Any) -> dict[str, Any]:
    """What somebody types and attaches to answer every question with its own example."""
    typed: dict[str, Any] = {}
    answers = examples(offering.declaration, today=NOON, **changes)
    for field in offering.declaration.form:
        if KINDS[field.kind].is_file:
            typed[field.name] = upload(field.formats)
        elif field.columns:
            typed |= cells(field, answers.get(field.name, []))
        elif field.name in answers and field.kind in PARTS:
            parsed = (
                plate.parse(answers[field.name]) if field.kind == "plate" else plot.parse(answers[field.name])
            )
            typed |= {f"{field.name}__{part}": str(getattr(parsed, part)) for part in PARTS[field.kind]}
        elif field.name in answers:
            typed[field.name] = answers[field.name]
    return typed


def cells(field: Field, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A table as it is typed, cell by cell."""
    return {
        f"{field.name}__{n}__{column}": value for n, row in enumerate(rows) for column, value in row.items()
    }


def upload(formats: tuple[str, ...]) -> SimpleUploadedFile:
    if "png" in formats:
        return SimpleUploadedFile("نامه.png", PNG)
    return SimpleUploadedFile("لیست.xlsx", sheet())


@pytest.mark.parametrize("slug", NAMES)
def test_a_guest_walks_from_the_menu_to_the_case(province: Province, slug: str) -> None:
    offering = Offering.publish(province.office, source_of(slug), at=SATURDAY)
    client, service = Client(), f"/eaz-economy/services/{slug}/"
    assert f'href="{service}"' in client.get("/eaz-economy/").content.decode()
    assert offering.declaration.title in words_of(client.get(service))
    kinds = offering.declaration.applicants
    who = (
        WHO | {"applicant_kind": "agency"}
        if "agency" in kinds and "natural" not in kinds
        else PERSON | {"applicant_kind": "natural"}
    )
    typed, apply = typed_for(offering), f"{service}apply/"
    page = press(client, apply, client.get(apply), **who)
    for _ in range(8):
        assert page.status_code == 200, words_of(page)
        if heading(page) == "بازبینی و ثبت":
            break
        page = press(client, apply, page, **on(page, typed))
    done = press(client, apply, page, "file", true="yes")
    assert done.status_code == 303
    receipt = words_of(client.get(done["Location"]))
    assert "درخواست شما ثبت شد" in receipt
    followed = client.get("/track/case/")
    assert followed.status_code == 200
    assert "نوبت" in words_of(followed)
    assert Case.objects.get().offering_id == offering.pk


def on(page: Any, typed: dict[str, Any]) -> dict[str, Any]:
    """Of what was prepared, what the page asks for: files too, which a page never sends by itself."""
    shown = page.content.decode()
    return {
        name: value
        for name, value in typed.items()
        if f'name="{name}"' in shown and name not in hidden_on(page)
    }


def hidden_on(page: Any) -> set[str]:
    return {part.split('"')[0] for part in page.content.decode().split('<input type="hidden" name="')[1:]}


def follow(opened: Opened) -> str:
    return words_of(Client().post("/track/", {"code": opened.case.code, "password": opened.password}))


def test_while_another_agency_is_asked_the_page_names_it(province: Province) -> None:
    opened = province.file("deposits", applicant=MARYAM)
    province.take(opened.case, "ask_treasury", province.clerk, asked="واریز ۳۵۰ میلیون ریال")
    page = follow(opened)
    for said in (
        "نوبت «خزانهٔ معین» است. خزانهٔ معین استان باید رسیدن این وجه را اعلام کند.",
        "در انتظار اعلام وصول خزانه",
        "ساعت ایستاده است",
        "اگر دستگاه همکار امروز پاسخ دهد",
        "تا پاسخ دستگاه همکار نرسد، ساعت نمی‌گذرد.",
    ):
        assert said in page
    assert "نوبت شماست" not in page
    assert "تا پاسخ شما نرسد" not in page


def test_an_applicant_whose_turn_it_is_sees_what_to_send(province: Province) -> None:
    opened = province.file("government-vehicles", permit="removal")
    province.take(opened.case, "return_letter", province.clerk, item="امضای بالاترین مقام")
    page = follow(opened)
    for said in ("نوبت شماست: نامهٔ درست را بفرستید", "امضای بالاترین مقام", "فرستادن نامهٔ درست"):
        assert said in page


def test_following_at_another_agency_costs_one_query_more(
    province: Province, django_assert_max_num_queries: Any
) -> None:
    opened = province.file("deposits", applicant=MARYAM)
    province.take(opened.case, "ask_treasury", province.clerk, asked="واریز ۳۵۰ میلیون ریال")
    follow(opened)
    case = load(Guest(opened.case.pk))
    assert case is not None
    due = due_card(case, now=NOON, for_applicant=True)
    with django_assert_max_num_queries(1):
        assert "خزانهٔ معین" in turn(case, due, now=NOON)
