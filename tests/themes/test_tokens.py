"""The identity's promises: contrast, logical properties, weight, and what pages are made of."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

THEMES = Path(__file__).parents[2] / "themes"
DEFAULT = THEMES / "default"
PAGES = sorted(THEMES.glob("*/templates/**/*.html"))
SHEETS = sorted(THEMES.glob("*/static/*.css"))

TEXT = [
    ("ink", "paper"), ("ink", "sheet"), ("ink", "touch-soft"), ("ink", "honey-soft"), ("ink", "plum-soft"),
    ("ink", "green-soft"), ("ink-soft", "paper"), ("ink-soft", "sheet"), ("touch", "paper"), ("touch", "sheet"),
    ("touch", "touch-soft"), ("touch-deep", "touch-soft"), ("on-touch", "touch"), ("on-touch", "touch-deep"),
    ("on-honey", "honey"), ("on-honey", "honey-deep"), ("plum", "paper"), ("plum", "sheet"), ("plum", "plum-soft"),
    ("green", "paper"), ("green", "sheet"), ("green", "green-soft"), ("screen-ink", "screen"),
    ("screen-ink", "screen-soft"), ("screen-touch", "screen"), ("screen-touch", "screen-soft"),
    ("screen-on-touch", "screen-touch"),
]  # fmt: skip
TINTS = ("screen-sea", "screen-forest", "screen-violet", "screen-umber", "screen-slate")
TEXT += [(tint, back) for tint in TINTS for back in ("screen", "screen-soft", "screen-on-touch")]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("touch", "paper"), ("screen-line", "screen"), ("focus", "paper")]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border|inset)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)"
)
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|javascript:|<script(?![^>]*(?:src=|application/json))|https?://")
PICTOGRAM = re.compile(r"picto\(\"([\w-]+)\"\)")


def read_tokens(theme: str) -> dict[str, str]:
    """Colours of a theme over those of the default one."""
    files = [DEFAULT, THEMES / theme]
    return dict(
        pair
        for one in files
        for pair in re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6})", read_sheet(one / "static/tokens.css"))
    )


def read_sheet(file: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["default", "high-contrast"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_stands_out_seven_to_one(theme: str, front: str, back: str) -> None:
    tokens = read_tokens(theme)
    assert contrast(tokens[front], tokens[back]) >= 7


@pytest.mark.parametrize("theme", ["default", "high-contrast"])
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_of_what_one_may_touch_stand_out_three_to_one(theme: str, front: str, back: str) -> None:
    tokens = read_tokens(theme)
    assert contrast(tokens[front], tokens[back]) >= 3


def test_high_contrast_only_overrides_tokens_that_exist() -> None:
    names = {
        theme: set(re.findall(r"--([\w-]+):", read_sheet(THEMES / theme / "static/tokens.css")))
        for theme in ("default", "high-contrast")
    }
    assert names["high-contrast"] <= names["default"]


def test_sheets_use_only_tokens_that_exist() -> None:
    known = set(re.findall(r"--([\w-]+):", read_sheet(DEFAULT / "static/tokens.css")))
    used = {name for file in SHEETS for name in re.findall(r"var\(--([\w-]+)\)", read_sheet(file))}
    assert used <= known


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: f"{file.parts[-3]}-{file.name}")
def test_sheets_say_start_and_end_never_left_and_right(file: Path) -> None:
    # The pretend pointer is placed in physical coordinates by the script that moves it.
    rules = [line for line in read_sheet(file).splitlines() if ".desk-pointer" not in line]
    assert not [line for line in rules if PHYSICAL.search(line)]


def test_the_sheets_of_a_page_weigh_at_most_twelve_kilobytes() -> None:
    sheets = [DEFAULT / "static" / name for name in ("tokens.css", "site.css", "desk.css", "staff.css")]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in sheets) <= 12 * 1024


def test_sheets_load_nothing_from_elsewhere() -> None:
    assert not [file.name for file in SHEETS if re.search(r"@import|url\(", read_sheet(file))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: "/".join(page.parts[-2:]))
def test_a_template_has_no_inline_code_and_no_foreign_address(page: Path) -> None:
    assert not INLINE.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: "/".join(page.parts[-2:]))
def test_a_template_begins_by_telling_its_variables(page: Path) -> None:
    assert page.read_text(encoding="utf-8").startswith("{#")


def test_every_pictogram_that_a_template_names_is_drawn() -> None:
    drawn = {file.stem for file in (DEFAULT / "static/pictograms").glob("*.svg")}
    named = {name for page in PAGES for name in PICTOGRAM.findall(page.read_text(encoding="utf-8"))}
    assert named
    assert named <= drawn


def test_each_theme_offers_the_way_to_the_other() -> None:
    assert 'value="high-contrast"' in (DEFAULT / "templates/look.html").read_text(encoding="utf-8")
    assert 'value="default"' in (THEMES / "high-contrast/templates/look.html").read_text(encoding="utf-8")
