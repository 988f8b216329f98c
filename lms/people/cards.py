"""Access cards as a PDF: workshop, code, QR, first name, three pictures. Eight on a sheet of A4, to be cut out."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lms.people.workshops import PICTURE_WORDS, LearnerFacts, WorkshopFacts

if TYPE_CHECKING:
    from fpdf import FPDF

# fpdf, segno and the fonts are imported where they are used: together they would add a third to every start.

FindStatic = Callable[[str], Path | None]

WIDTH, HEIGHT = 95.0, 68.0
LEFT, TOP = 10.0, 12.0
"""Millimetres; two columns of four."""
COLUMNS, ROWS = 2, 4
INK, TEAL, RULE = (31, 42, 55), (11, 86, 91), (183, 194, 206)


def build_cards(workshop: WorkshopFacts, learners: Sequence[LearnerFacts], address: str, find: FindStatic) -> bytes:
    """The PDF. `address` is where the learner's browser finds Déclic, such as `http://atelier.local:8000`."""
    sheet = _new_sheet()
    qr = draw_qr(f"{address}/c/{workshop.code}")
    for at, learner in enumerate(learners):
        place = at % (COLUMNS * ROWS)
        if place == 0:
            sheet.add_page()
        x, y = LEFT + place % COLUMNS * WIDTH, TOP + place // COLUMNS * HEIGHT
        _draw_card(sheet, x, y, workshop, learner, address, qr, find)
    if not learners:
        sheet.add_page()
        sheet.cell(0, 10, "Cet atelier n'a encore personne.")
    return bytes(sheet.output())


def draw_qr(text: str) -> bytes:
    """The QR as SVG; it holds the address and the workshop's code, nothing of the person."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", omitsize=True, border=2, dark="#1F2A37", light="#FFFFFF", xmldecl=False
    )
    return out.getvalue()


def _new_sheet() -> FPDF:
    from fpdf import FPDF

    sheet = FPDF(format="A4")
    sheet.set_auto_page_break(False)
    regular, bold = font_files()
    sheet.add_font("Fira", "", regular)
    sheet.add_font("Fira", "B", bold)
    sheet.set_text_shaping(True)
    sheet.set_text_color(*INK)
    sheet.set_font("Fira", "", 11)
    return sheet


@cache
def font_files() -> tuple[Path, Path]:
    """FiraGO (SIL Open Font License): Latin, Cyrillic, Greek, Arabic, in one family. Written where fpdf can read it."""
    import pymupdf_fonts

    folder = Path(tempfile.mkdtemp(prefix="declic-fonts-"))
    files = []
    for name in ("figo", "figbo"):
        file = folder / f"{name}.ttf"
        file.write_bytes(pymupdf_fonts.fontbuffers[name]())
        files.append(file)
    return files[0], files[1]


def _draw_card(
    sheet: FPDF,
    x: float,
    y: float,
    workshop: WorkshopFacts,
    learner: LearnerFacts,
    address: str,
    qr: bytes,
    find: FindStatic,
) -> None:
    sheet.set_draw_color(*RULE)
    sheet.set_line_width(0.3)
    sheet.rect(x + 2, y + 2, WIDTH - 4, HEIGHT - 4, round_corners=True, corner_radius=4)
    _write(sheet, x + 6, y + 5, 56, learner.label, 18, bold=True)
    _write(sheet, x + 6, y + 14, 56, workshop.title, 9)
    _write(sheet, x + 6, y + 20, 56, _space(workshop.code), 20, bold=True, colour=TEAL)
    _write(sheet, x + 6, y + 30, 84, address.removeprefix("http://").removeprefix("https://"), 9)
    sheet.image(io.BytesIO(qr), x=x + 64, y=y + 4, w=25, h=25)
    for at, name in enumerate(learner.pictures):
        _draw_picture(sheet, x + 8 + at * 28, y + 36, at + 1, name, find)


def _space(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


def _draw_picture(sheet: FPDF, x: float, y: float, number: int, name: str, find: FindStatic) -> None:
    file = find(f"codes/{name}.svg")
    if file is not None:
        sheet.image(io.BytesIO(file.read_bytes()), x=x + 4, y=y, w=19, h=19)
    _write(sheet, x, y + 20, 27, f"{number}. {PICTURE_WORDS.get(name, name)}", 11, bold=True, align="C")


def _write(
    sheet: FPDF,
    x: float,
    y: float,
    width: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: tuple[int, int, int] = INK,
    align: str = "L",
) -> None:
    """One line, made smaller until it fits: a name is never cut."""
    sheet.set_text_color(*colour)
    sheet.set_font("Fira", "B" if bold else "", size)
    while sheet.get_string_width(text) > width and size > 5:
        size -= 0.5
        sheet.set_font_size(size)
    sheet.set_xy(x, y)
    sheet.cell(width, size * 0.42, text, align=align)
