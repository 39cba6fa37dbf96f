"""The parts of pages: what they say, to eyes and to screen readers."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from mizban.kit.page import DueCard, Paging, State, SummaryRow, TimelineItem

from .conftest import Render
from .markup import read

WEDNESDAY = date(2026, 11, 18)
HOSTILE = "<script>alert(1)</script>"


def test_a_code_is_read_in_fours_and_copied_without_blanks(render: Render) -> None:
    elements = read(render("{{ parts.code('472891356028') }}"))
    assert (elements[0].tag, elements[0]["dir"], elements[0].text) == ("bdi", "ltr", "۴۷۲۸۹۱۳۵۶۰۲۸")
    assert [each.text for each in elements[1:]] == ["۴۷۲۸", "۹۱۳۵", "۶۰۲۸"]
    assert read(render("{{ parts.code('1', big=true) }}"))[0]["class"] == "code big"


def test_a_chip_has_state_and_word(render: Render) -> None:
    assert render("{{ parts.chip('late', word) }}", word=HOSTILE) == (
        '<span class="chip" data-s="late">&lt;script&gt;alert(1)&lt;/script&gt;</span>'
    )


def test_the_leaf_is_a_day_for_people_and_for_machines(render: Render) -> None:
    elements = read(render("{{ parts.leaf(day, 'soon') }}", day=WEDNESDAY))
    assert (elements[0]["datetime"], elements[0]["data-s"]) == ("2026-11-18", "soon")
    assert elements[0].text == "چهارشنبه ۲۷ آبان ۱۴۰۵"
    assert "امروز ۲۷" in read(render("{{ parts.leaf(day, today=day) }}", day=WEDNESDAY))[0].text


class TestDueCard:
    def test_says_how_much_time_has_passed(self, render: Render) -> None:
        html = render(
            "{{ parts.due_card(due) }}", due=DueCard("open", WEDNESDAY, "موعد پاسخ", ("۴ روز مانده",), 0.2)
        )
        assert 'aria-label="۲۰٪ مهلت گذشته است"' in html
        assert 'x="80" width="20"' in html  # time runs from the right
        assert "چرا" not in html

    @pytest.mark.parametrize(("fraction", "width"), [(0, 0), (0.5, 50), (1, 100), (7.3, 100), (-1, 0)])
    def test_the_meter_never_leaves_its_frame(self, render: Render, fraction: float, width: int) -> None:
        assert f'width="{width}"' in render("{{ parts.meter(f, 'late', 'همه') }}", f=fraction)

    def test_late_is_told_in_words(self, render: Render) -> None:
        html = render(
            "{{ parts.due_card(due) }}", due=DueCard("late", WEDNESDAY, "از موعد گذشت", fraction=1.4)
        )
        assert 'aria-label="همهٔ مهلت گذشته است"' in html

    def test_explains_itself_without_a_script(self, render: Render) -> None:
        due = DueCard("hold", WEDNESDAY, "موعد پاسخ", why=("مهلت پنج روز است.", HOSTILE), why_url="/why/")
        elements = read(render("{{ parts.due_card(due) }}", due=due))
        assert [each.text for each in elements if each.tag == "summary"] == ["چرا این تاریخ؟"]
        assert [each.text for each in elements if each.tag == "li"] == ["مهلت پنج روز است.", HOSTILE]
        assert not [each for each in elements if each.tag == "script"]
        only_link = render(
            "{{ parts.due_card(due) }}", due=DueCard("open", WEDNESDAY, "موعد", why_url="/why/")
        )
        assert '<a class="more" href="/why/">چرا این تاریخ؟</a>' in only_link

    def test_unmeasured_has_no_meter(self, render: Render) -> None:
        assert "svg" not in render(
            "{{ parts.due_card(due) }}", due=DueCard("kept", WEDNESDAY, "پاسخ داده شد")
        )


def test_the_timeline_tells_who_wrote_and_sent_what(render: Render) -> None:
    item = TimelineItem(
        datetime(2026, 11, 16, 8, 10, tzinfo=UTC),
        "turn",
        "برگردانده شد.",
        quote=f"{HOSTILE}\nدو",
        files=(("/f/1", HOSTILE, 2048),),
    )
    elements = read(render("{{ parts.timeline([item], today) }}", item=item, today=WEDNESDAY))
    assert next(each.text for each in elements if each.tag == "time") == "دوشنبه ۲۵ آبان، ۱۱:۴۰"
    assert next(each["data-s"] for each in elements if each.tag == "li") == "turn"
    assert next(each.text for each in elements if each.tag == "a") == HOSTILE
    assert not [each for each in elements if each.tag == "script"]


@pytest.mark.parametrize("state", ["open", "turn", "soon", "late", "hold", "kept", "none"])
def test_every_state_is_known_to_the_stylesheet(state: State, css: str) -> None:
    assert state == "none" or f"[data-s={state}]" in css


def test_notices(render: Render) -> None:
    titled = read(
        render("{% call parts.notice('soon', 'نگهداری', id='n1', level=3) %}<p>متن</p>{% endcall %}")
    )
    assert (titled[0].tag, titled[0]["aria-labelledby"], titled[1]["id"]) == ("section", "n1", "n1")
    plain = read(render("{% call parts.notice('good', role='status', print=false) %}<p>شد</p>{% endcall %}"))
    assert (plain[0].tag, plain[0]["class"], plain[0]["role"]) == ("div", "notice good no-print", "status")


def test_facts_escape_texts_and_keep_what_macros_drew(render: Render) -> None:
    html = render("{{ parts.facts(rows) }}", rows=(("نام", HOSTILE), ("کد", Markup("<bdi>۱</bdi>"))))
    assert "&lt;script&gt;" in html
    assert "<dd><bdi>۱</bdi></dd>" in html


def test_the_present_step_is_marked(render: Render) -> None:
    elements = read(render("{{ parts.steps(('دستگاه', 'خودرو', 'بازبینی'), 2) }}"))
    items = [each for each in elements if each.tag == "li"]
    assert [each.text for each in items] == ["۱. دستگاه (انجام شد)", "۲. خودرو", "۳. بازبینی"]
    assert [each.attributes.get("aria-current") for each in items] == [None, "step", None]


def test_a_plate_keeps_its_order_and_says_itself(render: Render) -> None:
    elements = read(render("{{ parts.plate('12', 'الف', '345', '15') }}"))
    assert [each.text for each in elements[1:]] == ["۱۲", "الف", "۳۴۵", "۱۵"]
    assert (elements[0]["aria-label"], elements[0]["class"]) == ("پلاک ۱۲ الف ۳۴۵ ایران ۱۵", "plate gov")
    assert read(render("{{ parts.plate('12', 'ب', '345', '15') }}"))[0]["class"] == "plate"


def test_the_qr_code_is_a_path_with_a_quiet_zone(render: Render) -> None:
    elements = read(render("{{ parts.qr('https://example.ir/verify/1', 'بررسی') }}"))
    svg, ground, dark = elements
    assert (svg["role"], svg["aria-label"], svg["viewbox"]) == ("img", "بررسی", "-4 -4 37 37")
    assert (ground["fill"], dark["fill"]) == ("#fff", "#14263a")
    assert dark["d"].startswith("M0 0h7v1h-7z")  # the finder in the corner


def test_an_empty_place_offers_the_next_useful_act(render: Render) -> None:
    assert 'href="/free/"' in render("{{ parts.empty('کاری نیست', 'فردا را ببینید.', '/free/', 'فردا') }}")
    assert "<a" not in render("{{ parts.empty('کاری نیست', 'فردا را ببینید.') }}")


def test_the_review_page_leads_back_to_each_answer(render: Render) -> None:
    elements = read(
        render(
            "{{ parts.summary_rows(rows) }}",
            rows=(SummaryRow("نام", HOSTILE, "/edit/"), SummaryRow("هزینه", "رایگان")),
        )
    )
    assert [each.text for each in elements if each.tag == "a"] == ["ویرایش نام"]


def test_the_pager_links_only_to_pages_that_exist(render: Render) -> None:
    html = render("{{ parts.pager(p) }}", p=Paging(1, 25, 1312, next_url="?page=2"))
    assert "۱ تا ۲۵ از ۱٬۳۱۲" in html
    assert 'rel="next"' in html
    assert 'rel="prev"' not in html
