"""The stylesheet: enough contrast, no sides of the page, nothing from elsewhere."""

import re
from importlib.resources import files

import pytest

STATIC = files("casework.web") / "static"
MAIN, CHARTS = (
    (STATIC / name).read_text(encoding="utf-8") for name in ("reunir.css", "charts.css")
)
CSS = MAIN + CHARTS
LIGHT, DARK = re.findall(r":root \{(.*?)\}", MAIN, flags=re.DOTALL)[:2]

# Text on the ground it stands on. WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1.
TEXTS = [
    (text, ground)
    for ground in ("paper", "sheet", "sunk")
    for text in ("text", "ink", "quiet", "link")
] + [
    ("accent", "paper"),
    ("accent", "sheet"),
    ("problem", "sheet"),
    ("supports", "sheet"),
    ("against", "sheet"),
    ("supports", "paper"),
    ("against", "paper"),
    ("supports", "supports-wash"),
    ("against", "against-wash"),
    ("warning", "warning-wash"),
    ("done", "done-wash"),
    ("invented", "invented-wash"),
    ("text", "problem-wash"),
    ("text", "warning-wash"),
    ("text", "done-wash"),
    ("on-ink", "ink"),
    ("on-ink", "link"),
    ("on-ink", "supports"),
    ("on-ink", "against"),
    ("map-name", "land"),
]
# Parts of controls and drawings. WCAG 2.2, success criterion 1.4.11: at least 3 to 1.
PARTS = [
    ("line-strong", "sheet"),
    ("supports", "sheet"),
    ("sheet", "against"),
    ("ink", "sheet"),
    ("supports", "sunk"),
    ("against", "sunk"),
    ("link", "land"),
]


def colours(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_says():
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_every_text_can_be_read_on_its_ground(block, text, ground):
    palette = colours(block)

    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_every_part_of_a_drawing_stands_out(block, part, ground):
    palette = colours(block)

    assert contrast(palette[part], palette[ground]) >= 3


SIDED = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right|width|height)\s*:"
    r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)


def test_the_guard_against_sides_sees_one():
    assert SIDED.search("a { margin-left: 1rem }")
    assert SIDED.search("a { text-align: right }")
    assert SIDED.search("a { float: left }")
    assert not SIDED.search("a { float: inline-start }")
    assert not SIDED.search("a { margin-inline-start: 1rem; stroke-width: 2 }")


def test_no_rule_names_a_side_of_the_page():
    without_queries = re.sub(r"@media[^{]*", "", CSS)

    assert SIDED.findall(without_queries) == []


def test_nothing_is_fetched_from_elsewhere():
    assert not re.search(r"url\(|@import|https?:", CSS)


def test_movement_is_only_for_those_who_do_not_mind_it():
    calm = re.sub(
        r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", CSS, flags=re.DOTALL
    )

    assert "transition" not in calm
    assert "animation" not in calm
