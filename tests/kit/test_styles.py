"""The stylesheets: readable in light and dark, fit for both directions, and small."""

import gzip
import re

import pytest

from .conftest import FOLDER

STATIC = FOLDER / "static" / "kit"
TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
STATES = ("kept", "soon", "late", "hold")
TEXT_PAIRS = [
    *((text, ground) for text in ("ink", "soft", "accent") for ground in ("paper", "sheet", "tint")),
    *(
        (
            ("soft", "soon-tint"),
            ("soft", "kept-tint"),
            ("accent-deep", "paper"),
            ("accent-deep", "accent-tint"),
        )
    ),
    *(
        (
            ("accent", "accent-tint"),
            ("accent", "soon-tint"),
            ("on-accent", "accent"),
            ("on-accent", "accent-deep"),
        )
    ),
    ("on-band", "band"),
    *((state, ground) for state in STATES for ground in (f"{state}-tint", "paper", "sheet")),
    *(("ink", f"{state}-tint") for state in STATES),
]
MARK_PAIRS = [
    *(("edge", "paper"), ("edge", "sheet"), ("ink", "paper"), ("focus", "band")),
    *((f"{state}-mark", ground) for state in ("accent", *STATES) for ground in ("sheet", "paper")),
]
PHYSICAL = re.compile(
    r"[{;]\s*(?:left|right|(?:margin|padding|border)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|top|bottom)\s*:"
    r"|[{;]\s*(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def tokens(theme: str) -> dict[str, str]:
    light, dark = (STATIC / "tokens.css").read_text("utf-8").split("@media screen")
    named = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", light))
    return named | dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", dark)) if theme == "dark" else named


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_of_contrast_knows_black_on_white() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (MARK_PAIRS, 3)])
def test_every_pair_of_colours_can_be_told_apart(
    theme: str, pairs: list[tuple[str, str]], least: float
) -> None:
    named = tokens(theme)
    poor = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in pairs}
    assert not {pair: ratio for pair, ratio in poor.items() if ratio < least}


@pytest.mark.parametrize("name", ["tokens.css", "mizban.css"])
def test_only_logical_sides(name: str) -> None:
    css = (STATIC / name).read_text("utf-8")
    # Conditions of media queries speak of the screen, not of a side of the text.
    css = re.sub(r"@media[^{]*", "", css)
    assert not PHYSICAL.findall(css)


def test_components_take_their_colours_from_tokens(css: str) -> None:
    # Plates, QR grounds and paper are pictures of things; a white veil draws the frieze.
    pictures = {"#fff", "#14263a", "#a3183a", "#ffffff38", "#0000", "#000", "#777"}
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", css)) <= pictures


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_style_script_side_or_latin_digit_shown(template: object) -> None:
    source = (FOLDER / "templates" / str(template)).read_text("utf-8")
    assert not re.search(r"\bstyle=|<style|\bon\w+=\"|<script(?! src=)", source)
    assert len(source.splitlines()) <= 120
    assert "|safe" not in source


def test_the_first_page_is_light() -> None:
    font = (STATIC / "vazirmatn-subset.woff2").stat().st_size
    texts = [(STATIC / name).read_bytes() for name in ("tokens.css", "mizban.css", "mizban.js", "star.svg")]
    assert font + sum(map(len, texts)) < 62_000
    assert sum(len(gzip.compress(text)) for text in texts) < 10_000
    assert (STATIC / "mizban.js").stat().st_size < 2048


def test_the_font_brings_its_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (STATIC / "vazirmatn-OFL.txt").read_text("utf-8")
