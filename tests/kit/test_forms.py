"""Every kind of question, empty and mistaken: labelled, tied to help and error, trusting nothing typed."""

from dataclasses import replace

import pytest

from mizban.core.cases.papers.files import LARGEST, MEDIA_TYPES
from mizban.core.declarations.fields import FORMATS, Field, Option
from mizban.core.declarations.kinds import KINDS
from mizban.kit.answers import as_typed
from mizban.kit.filters import filesize
from mizban.kit.forms import Attached, Bound, Value, kept_ids, raw_value, with_errors
from mizban.kit.gallery import MANY, declared
from mizban.kit.widgets import EXTENSIONS, WIDGETS

from .conftest import Render
from .markup import Element, by_id, read

HOSTILE = "\"><script>alert(1)</script>'"
CONTROLS = ("input", "select", "textarea")


def controls(elements: list[Element]) -> list[Element]:
    return [each for each in elements if each.tag in CONTROLS and each.attributes.get("type") != "hidden"]


def test_every_kind_of_the_core_can_be_asked() -> None:
    assert set(KINDS) <= set(WIDGETS)


@pytest.mark.parametrize("error", [None, "این درست نیست."])
@pytest.mark.parametrize("kind", WIDGETS)
def test_every_control_is_labelled_and_tied_to_what_is_said(
    render: Render, kind: str, error: str | None
) -> None:
    elements = read(render("{{ field(bound) }}", bound=Bound(declared(kind), error=error)))
    ids = by_id(elements)
    labels = {label["for"] for label in elements if label.tag == "label" and "for" in label}
    assert controls(elements)
    for control in controls(elements):
        assert control["id"] in labels or any(outer.tag == "label" for outer in control.inside)
        assert control["name"].startswith(kind)
    for element in elements:
        assert "style" not in element
        for reference in element.attributes.get("aria-describedby", "").split():
            assert ids[reference].text
    described = " ".join(each.attributes.get("aria-describedby", "") for each in elements)
    assert (f"{kind}-error" in described) == bool(error)


def test_what_one_person_wrote_is_not_on_the_page_of_the_next(render: Render) -> None:
    asked = declared("text")
    before = render("{{ field(bound) }}", bound=Bound(asked))
    assert "مریم" in render("{{ field(bound) }}", bound=Bound(asked, "مریم"))
    assert "نادرست" in render("{{ field(bound) }}", bound=Bound(asked, error="نادرست است."))
    assert render("{{ field(bound) }}", bound=Bound(asked, "")) == before


def test_two_offices_ask_one_question_with_their_own_choices(render: Render) -> None:
    asked = [
        Field("unit", "unit", "کدام واحد؟", options=(Option("one", name),)) for name in ("مسکن", "خودرو")
    ]
    shown = [render("{{ field(bound) }}", bound=Bound(each)) for each in asked]
    assert [("مسکن" in each, "خودرو" in each) for each in shown] == [(True, False), (False, True)]


@pytest.mark.parametrize("kind", WIDGETS)
def test_the_error_summary_leads_to_a_control(render: Render, kind: str) -> None:
    bound = Bound(declared(kind), error="این درست نیست.")
    elements = read(render("{{ error_summary([bound]) }}{{ field(bound) }}", bound=bound))
    link = next(each for each in elements if each.tag == "a")
    assert by_id(elements)[link["href"].removeprefix("#")].tag in CONTROLS


@pytest.mark.parametrize("kind", WIDGETS)
def test_what_was_typed_is_kept_and_escaped(render: Render, kind: str) -> None:
    value = {"two": HOSTILE, "main": HOSTILE} if kind in ("plate", "plot") else HOSTILE
    field = replace(declared(kind), label=HOSTILE, help=HOSTILE, options=(Option(HOSTILE, HOSTILE),))
    bound = Bound(field, value, error=HOSTILE, attached=(Attached(HOSTILE, HOSTILE, 1),), note=HOSTILE)
    elements = read(render("{{ error_summary([bound]) }}{{ field(bound) }}", bound=bound))
    assert not [each for each in elements if each.tag == "script"]
    if WIDGETS[kind].macro == "line" and WIDGETS[kind].type != "password":
        assert controls(elements)[0]["value"] == HOSTILE


@pytest.mark.parametrize("kind", [kind for kind in WIDGETS if WIDGETS[kind].type == "password"])
def test_a_secret_is_never_sent_back(render: Render, kind: str) -> None:
    assert "k7wm" not in render(
        "{{ field(bound) }}", bound=Bound(declared(kind), "k7wm", error="نادرست است.")
    )


def test_label_help_error_and_control_stand_in_that_order(render: Render) -> None:
    html = render("{{ field(bound) }}", bound=Bound(declared("national_id"), error="جور نیست."))
    places = [html.index(part) for part in ("<label", 'class="help"', 'class="error"', "<input")]
    assert places == sorted(places)
    assert read(html)[-1]["aria-describedby"] == "national_id-help national_id-error"


def test_only_what_is_optional_is_marked(render: Render) -> None:
    field = declared("text")
    assert "اختیاری" not in render("{{ field(bound) }}", bound=Bound(field))
    assert "(اختیاری)" in render("{{ field(bound) }}", bound=Bound(replace(field, required=False)))
    assert "(اختیاری)" in render("{{ field(bound) }}", bound=Bound(field, required=False))


def test_few_choices_are_radios_and_many_a_select(render: Render) -> None:
    few = read(render("{{ field(bound) }}", bound=Bound(declared("choice"), "gov")))
    assert [each["value"] for each in few if "checked" in each] == ["gov"]
    assert few[0]["role"] == "radiogroup"
    many = read(
        render("{{ field(bound) }}", bound=Bound(replace(declared("choice"), options=MANY), "unit-2"))
    )
    assert [each["value"] for each in many if "selected" in each] == ["unit-2"]


@pytest.mark.parametrize(("value", "chosen"), [("yes", "yes"), (True, "yes"), ("no", "no"), (False, "no")])
def test_yes_and_no(render: Render, value: Value, chosen: str) -> None:
    elements = read(render("{{ field(bound) }}", bound=Bound(declared("yes_no"), value)))
    assert [each["value"] for each in elements if "checked" in each] == [chosen]


def test_several_ticks(render: Render) -> None:
    elements = read(render("{{ field(bound) }}", bound=Bound(declared("choices"), ["gov", "protocol"])))
    assert [each["value"] for each in elements if "checked" in each] == ["gov", "protocol"]


def test_an_amount_is_repeated_in_words_once_it_can_be_read(render: Render) -> None:
    assert "یک میلیارد ریال" in render("{{ field(bound) }}", bound=Bound(declared("rials"), "۱٬۰۰۰٬۰۰۰٬۰۰۰"))
    assert "note" not in render("{{ field(bound) }}", bound=Bound(declared("rials"), "زیاد"))


def test_two_forms_on_a_page_do_not_share_names(render: Render) -> None:
    elements = read(
        render(
            "{{ field(a) }}{{ field(b) }}",
            a=Bound(declared("plate")),
            b=Bound(declared("plate"), prefix="b_"),
        )
    )
    assert len(by_id(elements)) == 12
    assert {each["name"].split("__")[0] for each in controls(elements)} == {"plate", "b_plate"}


class TestFiles:
    def test_an_attached_file_takes_the_place_of_the_control(self, render: Render) -> None:
        bound = Bound(declared("file"), attached=(Attached("7", "نامه.pdf", 2048),))
        elements = read(render("{{ field(bound) }}", bound=bound))
        assert [(each["name"], each["value"]) for each in elements if "value" in each] == [
            ("file__kept", "7"),
            ("remove", "7"),
        ]
        assert not controls(elements)
        assert by_id(elements)["file"].text.startswith("پیوست شد")

    def test_more_files_may_join_until_there_is_no_room(self, render: Render) -> None:
        field = replace(declared("files"), max_files=2)
        one, two = Attached("1", "a.pdf", 1), Attached("2", "b.pdf", 1)
        assert "multiple" in render("{{ field(bound) }}", bound=Bound(field))
        assert "multiple" not in render("{{ field(bound) }}", bound=Bound(field, attached=(one,)))
        assert 'type="file"' not in render("{{ field(bound) }}", bound=Bound(field, attached=(one, two)))

    def test_the_kit_promises_what_the_core_takes(self) -> None:
        taken = {extension for extensions in MEDIA_TYPES.values() for extension in extensions}
        assert {each for listed in EXTENSIONS.values() for each in listed.split(",")} <= taken
        assert set(EXTENSIONS) == set(FORMATS)
        assert filesize(LARGEST) in WIDGETS["file"].help
        assert filesize(LARGEST) in WIDGETS["files"].help

    def test_enter_presses_a_button_that_goes_on_and_takes_nothing_off(self, render: Render) -> None:
        bound = Bound(declared("file"), attached=(Attached("7", "نامه.pdf", 2048),))
        elements = read(render("{% call form('', files=true) %}{{ field(bound) }}{% endcall %}", bound=bound))
        first = next(each for each in elements if each.tag == "button")
        assert "name" not in first
        assert (elements[0]["enctype"], "novalidate" in elements[0]) == ("multipart/form-data", True)


class TestSummary:
    @pytest.mark.parametrize(
        ("count", "heading"),
        [(1, "یک جا نیاز به اصلاح دارد"), (3, "سه جا نیاز به اصلاح دارد"), (12, "۱۲ جا نیاز به اصلاح دارد")],
    )
    def test_says_how_much_is_wrong(self, render: Render, count: int, heading: str) -> None:
        bounds = [Bound(declared("text"), error="کوتاه است.", prefix=f"n{n}_") for n in range(count)]
        elements = read(render("{{ error_summary(bounds) }}", bounds=[*bounds, Bound(declared("date"))]))
        assert (elements[0]["role"], elements[0]["tabindex"], elements[1].text) == ("alert", "-1", heading)
        assert len([each for each in elements if each.tag == "a"]) == count

    def test_is_not_there_when_nothing_is_wrong(self, render: Render) -> None:
        assert render("{{ error_summary(bounds) }}", bounds=[Bound(declared("text"))]) == ""

    def test_names_the_field_once(self) -> None:
        field = declared("text")
        assert Bound(field, error="کوتاه است.").complaint == "نام و نام خانوادگی: کوتاه است."
        assert (
            Bound(field, error="«نام و نام خانوادگی» را بنویسید.").complaint
            == "«نام و نام خانوادگی» را بنویسید."
        )
        assert Bound(declared("choice"), error="یکی را برگزینید.").complaint.count(":") == 0

    def test_has_room_for_what_belongs_to_no_field(self, render: Render) -> None:
        assert "کد رهگیری یا رمز درست نیست." in render(
            "{{ error_summary([], ['کد رهگیری یا رمز درست نیست.']) }}"
        )


class TestSent:
    def test_parts_lists_and_texts_are_gathered_by_kind(self) -> None:
        data = {
            "plate__two": "۱۲",
            "plate__letter": "ب",
            "plate__three": "۳۴۵",
            "plate__region": "۱۵",
            "text": "الف",
        }
        assert raw_value(declared("plate"), data, {}) == {
            "two": "۱۲",
            "letter": "ب",
            "three": "۳۴۵",
            "region": "۱۵",
        }
        assert raw_value(declared("choices"), {}, {"choices": ["a", "b"]}) == ["a", "b"]
        assert raw_value(declared("text"), data, {}) == "الف"
        assert raw_value(declared("text"), {"b_text": "ب"}, {}, prefix="b_") == "ب"

    def test_what_is_taken_off_is_not_kept(self) -> None:
        assert kept_ids("deed", {"deed__kept": ["1", "2"], "remove": ["2"]}) == ("1",)

    def test_only_what_is_wrong_counts_as_wrong(self) -> None:
        right, wrong = Bound(declared("text")), Bound(declared("text"), error="کوتاه است.")
        assert with_errors([right, wrong]) == (wrong,)


@pytest.mark.parametrize(
    ("kind", "stored", "typed"),
    [
        ("date", "2026-11-25", "۱۴۰۵/۰۹/۰۴"),
        ("plate", "12الف345-15", {"two": "12", "letter": "الف", "three": "345", "region": "15"}),
        ("plot", "1617 فرعی از 72 اصلی", {"main": "72", "sub": "1617"}),
        ("choices", ["gov"], ["gov"]),
        ("yes_no", False, "no"),
        ("rials", 480, "480"),
    ],
)
def test_a_stored_answer_can_be_typed_over(kind: str, stored: object, typed: object) -> None:
    assert as_typed(declared(kind), stored) == typed
    assert KINDS[kind].clean(declared(kind), typed) == stored or kind == "plate"


def test_answers_are_shown_by_kind(render: Render) -> None:
    def shown(kind: str, value: object) -> str:
        return render(
            "{{ answer(asked, value) }}",
            asked=Field("f", kind, "پرسش", options=declared(kind).options),
            value=value,
        )

    assert shown("national_id", "0529182734") == '<bdi dir="ltr">۰۵۲۹۱۸۲۷۳۴</bdi>'
    assert shown("rials", 480_000) == "۴۸۰٬۰۰۰ ریال"
    assert shown("date", "2026-11-25") == "چهارشنبه ۴ آذر ۱۴۰۵"
    assert shown("choice", "gov") == "دولتی"
    assert shown("long_text", "<b>\nدو") == "<p>&lt;b&gt;<br>دو</p>"
    assert shown("plate", "12الف345-15").count("<bdi>") == 4
    assert shown("iban", "IR270170000000100324200001").count("<span>") == 7
    assert "password" not in shown("password", "password")
