"""Charts: the newest at the right, gaps where nothing was measured, a sentence for who cannot see them."""

from itertools import pairwise
from typing import Any

import pytest
from jinja2 import Environment

from mizban.kit.charts import BOTTOM, START, TOP, WIDTH, Chart, columns, rows, shares

from .markup import Element, read


@pytest.fixture
def draw(jinja: Environment) -> Any:
    """A chart as its elements."""

    def _draw(made: Chart) -> list[Element]:
        source = '{% from "kit/_charts.html" import chart %}{{ chart(made, "c") }}'
        return read(jinja.from_string(source).render(made=made))

    return _draw


class TestShares:
    def test_time_runs_from_left_to_right_and_the_newest_is_labelled(self) -> None:
        made = shares("سهم", [("۱ مهر", 0.9), ("۸ مهر", 0.93), ("۱۵ مهر", 0.96)])
        xs = [float(part.split()[0]) for part in made.lines[0][1:].split("L")]
        assert xs == sorted(xs)
        assert [mark.text for mark in made.ticks] == ["۱ مهر", "۸ مهر", "۱۵ مهر"]
        assert (made.values[0].text, made.values[0].x) == ("۹۶٪", made.dots[-1].x)

    def test_what_was_not_measured_is_a_gap_and_no_nought(self) -> None:
        made = shares("سهم", [("الف", 0.9), ("ب", 0.8), ("پ", None), ("ت", 1.0)])
        assert len(made.lines) == 1
        assert made.lines[0].count("L") == 1
        assert len(made.dots) == 2  # the lonely one, and the newest, which is the same

    @pytest.mark.parametrize("points", [[], [("الف", None)], [("الف", None), ("ب", None)]])
    def test_nothing_measured_draws_no_line(self, points: list[tuple[str, float | None]]) -> None:
        made = shares("هیچ", points, aim=1.0)
        assert (made.lines, made.dots, made.values) == ((), (), ())
        assert made.aim

    def test_a_bad_week_stays_inside_the_frame(self) -> None:
        made = shares("سهم", [("الف", 0.0), ("ب", 1.0)])
        heights = [float(part.split()[1]) for part in made.lines[0][1:].split("L")]
        assert heights == [BOTTOM, TOP]
        assert made.grid[0].text == "۰٪"

    def test_many_weeks_get_few_labels(self) -> None:
        made = shares("سهم", [(str(number), 0.9) for number in range(26)])
        assert len(made.ticks) <= 4
        assert made.ticks[-1].text == "25"


class TestColumns:
    def test_each_series_has_its_bars_from_the_ground(self) -> None:
        made = columns("شمار", ["الف", "ب"], (("open", [3, 10]), ("kept", [0, 5])))
        assert [bar.state for bar in made.bars] == ["open", "open", "kept", "kept"]
        assert all(bar.y + bar.height == BOTTOM for bar in made.bars)
        assert all(bar.x >= START and bar.x + bar.width <= WIDTH for bar in made.bars)
        assert made.bars[1].height == BOTTOM - TOP  # ten is the top of the axis
        assert made.bars[2].height == 0

    def test_bars_never_overlap_however_many(self) -> None:
        made = columns("شمار", [str(n) for n in range(26)], (("open", [1] * 26), ("kept", [1] * 26)))
        ordered = sorted(made.bars, key=lambda bar: bar.x)
        assert all(a.x + a.width <= b.x for a, b in pairwise(ordered))

    @pytest.mark.parametrize(("most", "top"), [(0, "۲"), (7, "۱۰"), (11, "۲۰"), (53, "۶۰"), (999, "۱٬۰۰۰")])
    def test_the_axis_ends_at_a_number_people_read(self, most: int, top: str) -> None:
        assert columns("شمار", ["الف"], (("open", [most]),)).grid[-1].text == top


def test_rows_grow_from_their_names(draw: Any) -> None:
    made = rows("۲۰ پرونده", [("در بررسی", 14, "open"), ("نزد متقاضی", 6, "hold"), ("هیچ", 0, "late")])
    starts = {bar.x + bar.width for bar in made.bars}
    assert len(starts) == 1
    assert made.bars[0].width > made.bars[1].width > made.bars[2].width == 0
    assert [mark.text for mark in made.values] == ["۱۴", "۶", "۰"]
    assert rows("هیچ", []).bars == ()


def test_a_chart_says_its_finding(draw: Any) -> None:
    elements = draw(
        shares("سهم <b>پاسخ</b> به ۹۶٪ رسید", [("الف", 0.9), ("ب", 0.96)], aim=0.9, aim_label="هدف ۹۰٪")
    )
    svg = elements[0]
    assert (svg.tag, svg["role"], svg["aria-labelledby"]) == ("svg", "img", "c")
    title = next(each for each in elements if each.tag == "title")
    assert (title["id"], title.text) == ("c", "سهم <b>پاسخ</b> به ۹۶٪ رسید")
    words = [each.text for each in elements if each.tag == "text"]
    assert "هدف ۹۰٪" in words
    assert "۹۶٪" in words
    assert not [each for each in elements if "style" in each.attributes]
