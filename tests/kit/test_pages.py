"""The frames of pages: what they say about the office, and what they leave out when there is none."""

from dataclasses import replace
from typing import Any

import pytest
from jinja2 import Environment, UndefinedError

from mizban.kit.gallery import DESK, NOW, OFFICE
from mizban.kit.page import Links, Office

from .markup import Element, by_id, read


def page(jinja: Environment, template: str, **context: Any) -> list[Element]:
    return read(jinja.get_template(template).render(csrf_input="", **({"page_title": "خدمات"} | context)))


def title(elements: list[Element]) -> str:
    return next(each.text for each in elements if each.tag == "title")


def menu(elements: list[Element]) -> list[str]:
    return [each.text for each in elements if each.tag == "a" and each.inside[-1].tag == "nav"]


def test_a_page_is_persian_and_right_to_left(jinja: Environment) -> None:
    elements = page(jinja, "kit/base.html")
    assert (elements[0]["lang"], elements[0]["dir"]) == ("fa", "rtl")
    assert title(elements) == "خدمات – میزبان"
    assert by_id(elements)["main"].tag == "main"
    assert next(each for each in elements if each.tag == "a")["href"] == "#main"


def test_a_page_with_errors_says_so_in_its_title(jinja: Environment) -> None:
    assert title(page(jinja, "kit/base.html", errors=("x",))) == "خطا: خدمات – میزبان"


def test_an_offices_page_shows_who_answers_for_it(jinja: Environment) -> None:
    elements = page(jinja, "kit/base.html", office=OFFICE, now=NOW, here="services")
    assert menu(elements) == ["خدمات", "پیگیری", "توافق‌نامه‌ها", "شکایت و نظر", "راهنما"]
    assert [each.text for each in elements if "aria-current" in each] == ["خدمات"]
    footer = next(each.text for each in elements if each.tag == "footer")
    for said in ("سمیه قنبری", "۰۴۱-۳۳۳۳۴۴۴۴", "۷:۳۰ تا ۱۵", "۵۱۶۶۶۱۶۴۷۱", "چهارشنبه ۲۷ آبان ۱۴۰۵، ۱۰:۰۰"):
        assert said in footer
    assert any(each["href"] == "tel:04133334444" for each in elements if each.tag == "a")


def test_a_page_of_no_office_leads_nowhere_that_is_not_there(jinja: Environment) -> None:
    elements = page(jinja, "kit/base.html")
    assert menu(elements) == ["خدمات", "پیگیری", "راهنما"]
    assert "مسئول سایت" not in elements[0].text


def test_empty_facts_and_links_leave_no_gap(jinja: Environment) -> None:
    bare = page(
        jinja, "kit/base.html", office=Office("x", "دفتر"), links=Links(help="", privacy="", verify="")
    )
    assert menu(bare) == ["خدمات", "پیگیری"]
    assert not [each for each in bare if each.tag == "a" and not each["href"]]


def test_an_office_may_bring_its_colour(jinja: Environment) -> None:
    sheets = [
        each["href"]
        for each in page(jinja, "kit/base.html", office=replace(OFFICE, brand_url="/x/brand.css"))
        if each.attributes.get("rel") == "stylesheet"
    ]
    assert sheets[1] == "/x/brand.css"


def test_the_desk_shows_who_sits_there_and_signs_out_by_post(jinja: Environment) -> None:
    elements = page(jinja, "kit/desk.html", desk=replace(DESK, sign_out_url="/desk/sign-out/"), here="queue")
    assert elements[0]["class"] == "desk"
    form = next(each for each in elements if each.tag == "form")
    assert (form["method"], form["action"]) == ("post", "/desk/sign-out/")
    assert "بابک امینی، کارشناس اموال" in form.text
    assert [each.text for each in elements if "aria-current" in each] == ["صف من"]


def test_the_desks_sign_in_page_needs_nobody(jinja: Environment) -> None:
    elements = page(jinja, "kit/desk.html")
    assert not [each for each in elements if each.tag == "form"]


@pytest.mark.parametrize("office", [None, OFFICE])
def test_a_refusal_says_what_happened_and_what_helps(jinja: Environment, office: Office | None) -> None:
    elements = page(
        jinja,
        "kit/error.html",
        page_title="چنین صفحه‌ای نیست",
        sentence="نشانی جابه‌جا شده است.",
        status=404,
        office=office,
    )
    said = next(each.text for each in elements if each.tag == "main")
    for part in ("چنین صفحه‌ای نیست", "نشانی جابه‌جا شده است.", "پیگیری درخواست", "۴۰۴"):
        assert part in said


def test_names_of_offices_are_escaped(jinja: Environment) -> None:
    hostile = Office(
        "x", "<script>", officer_name="<script>", address="<script>", hours="<script>", home_url='"><script>'
    )
    elements = page(jinja, "kit/base.html", office=hostile, banner="<script>", crumbs=(("<script>", "/"),))
    assert [each["src"] for each in elements if each.tag == "script"] == ["/static/kit/mizban.js"]


def test_a_misspelt_name_is_refused_and_not_left_blank(jinja: Environment) -> None:
    with pytest.raises(UndefinedError):
        jinja.from_string("{{ deu_on }}").render()
