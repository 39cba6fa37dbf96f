"""The page of a service: times, papers and the agreement, of all of it or of the one that was chosen."""

from typing import Any

import pytest
from django.test import Client

from mizban.core.agencies.models import Unit
from mizban.core.cases.models import Case, Offering
from mizban.core.people.models import Role
from mizban.office.agreements.models import Agreement, AgreementVersion, entered
from mizban.office.agreements.words import KINDS, PLAIN
from tests.conftest import SATURDAY, make_member

from .conftest import page_of, png, words_of
from .test_menu import VEHICLES, publish
from .walking import bars, heading, press

APPLY = f"{VEHICLES}apply/"


@pytest.fixture
def vehicles(offering: Offering) -> Offering:
    """The permits of vehicles at Maryam's office, under an agreement of a few clauses."""
    Unit.objects.create(agency=offering.agency, slug="assets", name="ادارهٔ اموال")
    return publish(offering.agency, "government_vehicles")


@pytest.fixture
def version(vehicles: Offering) -> AgreementVersion:
    made = Agreement.objects.create(
        agency=vehicles.agency, number=2, title="خودروهای دولتی", services=["government-vehicles"]
    )
    clauses = [
        ("c1", "service-purpose", "agency", "صدور سند فروش"),
        ("c2", "prompt-result", "agency", "به محض ثبت درخواست سعی می گردد"),
        ("c3", "keep-password", "applicant", "مسئولیت نگهداری رمز"),
        ("c4", "password-reset", "applicant", "در صورت فراموشی رمز"),
        ("c5", "password-reset", "agency", "مسئول امر موظف است"),
        ("c6", "valid-until", "agency", "تا تاریخ"),
        ("c7", "in-force-until-replaced", "both", "تا زمان اصلاح"),
        ("c8", "prompt-result", "agency", "در کوتاه ترین زمان"),
    ]
    reading = {
        "validity": {"holdover": True},
        "findings": [],
        "clauses": [
            {
                "id": ref,
                "kind": kind,
                "obligor": obligor,
                "text": text,
                "lines": [1, 1],
                "target": None,
                "confidence": 1.0,
            }
            for ref, kind, obligor, text in clauses
        ],
    }
    return entered(made, text="متن", text_hash="hash", reading=reading, valid_until=None, at=SATURDAY)


def test_every_sub_service_has_its_own_time(maryam: Client, vehicles: Offering) -> None:
    page = words_of(maryam.get(VEHICLES))
    for said in (
        "کدام مجوز را می‌خواهید؟",
        "تعویض یا اخذ پلاک ۵ روز کاری",
        "سند فروش ۳ روز کاری",
        "تغییر مالکیت ۱۰ روز کاری",
    ):
        assert said in page
    assert "موعد پاسخ تعویض یا اخذ پلاک" in page
    assert f'href="{VEHICLES}?permit=sale_deed"' in page_of(maryam.get(VEHICLES))


def test_a_chosen_sub_service_has_its_date_its_papers_and_its_form(
    maryam: Client, vehicles: Offering
) -> None:
    page = maryam.get(f"{VEHICLES}?permit=sale_deed")
    told = words_of(page).split("گام‌های پیش رو")[0]
    for said in (
        "موعد پاسخ سند فروش",
        "سه‌شنبه ۳ آذر ۱۴۰۵",
        "مدارک سند فروش",
        "آگهی و شرایط مزایده",
        "رسید راهور از تحویل پلاک",
    ):
        assert said in told
    for unsaid in ("نمودار سازمانی", "تأیید تأمین اعتبار", "تنها برای سند فروش"):
        assert unsaid not in told
    assert f'href="{APPLY}?permit=sale_deed"' in page_of(page)
    assert 'aria-current="true">سند فروش' in page_of(page)
    assert "تا ۳ روز کاری پس از ثبت پاسخ می‌دهیم." in words_of(page)
    assert "برای دیگر درخواست‌ها" not in words_of(page)


def test_papers_that_depend_on_a_later_answer_say_so(maryam: Client, vehicles: Offering) -> None:
    told = words_of(maryam.get(f"{VEHICLES}?permit=commission"))
    assert "نمودار سازمانی مصوب (تنها برای خرید)" in told
    assert "اصل نظریهٔ کارشناس رسمی (تنها برای فروش)" in told
    assert "مجوز پیشین کمیسیون" not in told.split("گام‌های پیش رو")[0]


def test_without_a_choice_the_papers_of_each_can_be_unfolded(maryam: Client, vehicles: Offering) -> None:
    page = page_of(maryam.get(VEHICLES))
    for label in ("تعویض یا اخذ پلاک", "سند فروش"):
        assert f"<summary>مدارک {label}</summary>" in page


@pytest.mark.parametrize("wanted", ["permit=bribe", "permit=", "other=plate", "permit=plate&permit=bribe"])
def test_what_is_no_choice_chooses_nothing(maryam: Client, vehicles: Offering, wanted: str) -> None:
    page = maryam.get(f"{VEHICLES}?{wanted}")
    assert page.status_code == 200
    assert f'href="{APPLY}"' in page_of(page)


def test_the_agreement_is_told_in_plain_words_by_who_owes(maryam: Client, version: AgreementVersion) -> None:
    make_member(version.agreement.agency, "karim", "کریم مرادی", Role.DIRECTOR)
    page = words_of(maryam.get(VEHICLES))
    ours, yours, itself = page.split("آنچه ما می‌کنیم")[1].split("آنچه شما می‌کنید")[0], "", ""
    yours, itself = page.split("آنچه شما می‌کنید")[1].split("دربارهٔ خود توافق‌نامه")
    assert "صدور سند فروش" in ours
    assert "پاسخ را در کوتاه‌ترین زمان می‌دهیم. ( بند ۲ ، بند ۸ )" in ours
    assert "مسئول سایت راه ساختن رمز تازه را می‌دهد. ( بند ۵ )" in ours
    assert "با مسئول سایت تماس می‌گیرید. ( بند ۴ )" in yours
    assert "تاریخ پایان دارد. ( بند ۶ )" in itself
    assert "تا اصلاح یا جایگزینی پابرجاست. ( بند ۷ )" in itself
    assert "پاسخ‌گو: ادارهٔ اموال؛ کریم مرادی، مدیرکل" in page
    assert 'href="/markazi-roads/agreements/2/#c8"' in page_of(maryam.get(VEHICLES))


def test_every_kind_of_clause_has_plain_words_or_speaks_for_itself() -> None:
    assert set(KINDS) - set(PLAIN) == {"service-purpose", "other"}
    assert not any("می‌باشد" in sentence or "گردید" in sentence for sentence in PLAIN.values())


def test_the_identity_names_the_other_agencies_and_the_cost(maryam: Client, vehicles: Offering) -> None:
    page = words_of(maryam.get(VEHICLES))
    for said in (
        "۱۰۰۱۱۱۵۷۱۰۰",
        "دولت به دولت",
        "دستگاه اجرایی با شناسهٔ ملی دستگاه",
        "دستگاه‌های دیگر پلیس راهور استان",
        "هزینه رایگان",
    ):
        assert said in page


def test_the_page_costs_few_queries(
    maryam: Client, version: AgreementVersion, django_assert_max_num_queries: Any
) -> None:
    maryam.get(VEHICLES)
    with django_assert_max_num_queries(11):
        maryam.get(f"{VEHICLES}?permit=plate")


def test_a_guest_speaks_for_an_agency_with_its_letter(maryam: Client, vehicles: Offering) -> None:
    first = maryam.get(f"{APPLY}?permit=commission")
    assert heading(first) == "دستگاه"
    assert [bar.split(". ")[1] for bar in bars(first)] == [
        "دستگاه",
        "مجوز و نامه",
        "خودرو",
        "جزئیات و مدارک",
        "بازبینی",
    ]
    assert "متقاضی کیست؟" not in words_of(first)
    who = {
        "applicant_name": "اداره کل منابع طبیعی",
        "applicant_identifier": "14003123450",
        "applicant_mobile": "09141234567",
    }
    assert "شناسهٔ ملی" in words_of(press(maryam, APPLY, first, **who | {"applicant_identifier": "1"}))
    letter = press(maryam, APPLY, first, **who)
    typed = {
        "deal": "transfer",
        "letter_number": "۱۲",
        "letter_date": "1405/08/20",
        "signer": "بهرام نجفی، مدیرکل",
    }
    missing = press(maryam, APPLY, letter, **typed)
    assert (missing.status_code, 'href="#official_letter"' in page_of(missing)) == (422, True)
    car = press(maryam, APPLY, letter, **typed, official_letter=png())
    facts = {
        "make": "پژو",
        "model_year": "1390",
        "body": "saloon",
        "fuel": "petrol",
        "chassis": "NAAM01CA5DE123456",
    }
    assert "plate_request" not in page_of(car)
    assert "minutes_number" not in page_of(car)
    papers = press(maryam, APPLY, car, **facts)
    receiver = {"receiver_name": "اداره کل راه", "receiver_id": "14003123450", "vehicle_papers": png()}
    reviewed = press(maryam, APPLY, papers, **receiver)
    if heading(reviewed) != "بازبینی و ثبت":
        # The service's own rule: nobody transfers to themselves.
        reviewed = press(maryam, APPLY, reviewed, receiver_id="10380284790")
    assert heading(reviewed) == "بازبینی و ثبت"
    done = press(maryam, APPLY, reviewed, "file", true="yes")
    assert done.status_code == 303
    case = Case.objects.get()
    assert (case.state, case.title, case.parties.get().kind) == (
        "filed",
        "خرید، فروش یا انتقال (کمیسیون مادهٔ ۲)",
        "agency",
    )
