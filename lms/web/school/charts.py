"""Charts of a promotion as SVG, drawn here; beside each a table says the same."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import drawsvg

from lms.contract.rubric import EACH
from lms.learning.school.summary import Column, Criterion

INK, SOFT, PAPER = "#1F2A37", "#B7C2CE", "#FFFDF9"
DONE, BEGUN, AHEAD, WEAK = "#0B565B", "#F2C14E", "#E4E0D8", "#6B3A5E"
WIDTH, ROW, BAR, LABEL = 360, 62, 22, 18
"""Narrow, so that words can still be read on a phone."""
LETTERS = 33
FONT = "Helvetica, Arial, sans-serif"


def tell_address(drawn: str) -> str:
    """The drawing in its own address: the page has read the board already, and need not be asked twice more."""
    return "data:image/svg+xml," + quote(drawn)


def draw_progress(columns: Sequence[Column]) -> str:
    """A bar an assignment: done, begun, not begun."""
    sheet = _new_sheet(len(columns))
    for at, one in enumerate(columns):
        y, total = at * ROW + 8, max(1, one.done + one.begun + one.todo)
        _write(sheet, _shorten(one.title), 0, y + LABEL)
        _write(sheet, f"{one.done}/{total}", WIDTH, y + LABEL, "end")
        x = 0.0
        for count, colour in ((one.done, DONE), (one.begun, BEGUN), (one.todo, AHEAD)):
            wide = WIDTH * count / total
            if wide:
                sheet.append(drawsvg.Rectangle(x, y + LABEL + 6, wide, BAR, fill=colour, stroke=INK, stroke_width=1))
            x += wide
    return str(sheet.as_svg())


def draw_criteria(criteria: Sequence[Criterion]) -> str:
    """A bar a criterion, from 0 to 3; a stroke where the threshold is."""
    sheet, limit = _new_sheet(len(criteria)), WIDTH * EACH / 3
    for at, one in enumerate(criteria):
        y = at * ROW + 8
        _write(sheet, _shorten(one.title), 0, y + LABEL)
        _write(sheet, f"{one.mean:.1f}".replace(".", ","), WIDTH, y + LABEL, "end")
        sheet.append(drawsvg.Rectangle(0, y + LABEL + 6, WIDTH, BAR, fill=AHEAD))
        colour = DONE if one.mean >= EACH else WEAK
        sheet.append(drawsvg.Rectangle(0, y + LABEL + 6, WIDTH * one.mean / 3, BAR, fill=colour))
        top, bottom = y + LABEL + 2, y + LABEL + BAR + 10
        sheet.append(drawsvg.Line(limit, top, limit, bottom, stroke=INK, stroke_width=3))
    return str(sheet.as_svg())


def _new_sheet(rows: int) -> drawsvg.Drawing:
    height = max(1, rows) * ROW + 8
    sheet = drawsvg.Drawing(WIDTH, height)
    sheet.append(drawsvg.Rectangle(0, 0, WIDTH, height, fill=PAPER))
    return sheet


def _write(sheet: drawsvg.Drawing, text: str, x: float, y: float, anchor: str = "start") -> None:
    sheet.append(drawsvg.Text(text, LABEL, x, y, fill=INK, font_family=FONT, text_anchor=anchor))


def _shorten(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
