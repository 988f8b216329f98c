"""An attestation as a PDF of one page: who, what, when, by whom; a number, and a code that anybody may check."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lms.learning.school.attestations import AttestationFacts
from lms.people.cards import INK, RULE, TEAL, draw_qr, font_files

if TYPE_CHECKING:
    from fpdf import FPDF

LEFT, WIDTH = 25.0, 160.0
"""Millimetres."""


@dataclass(frozen=True)
class Paper:
    """What stands on it beside what was signed: the house, the day in words, where the code is checked."""

    organisation: str
    day: str
    address: str


def build_certificate(one: AttestationFacts, paper: Paper) -> bytes:
    """The PDF."""
    sheet = _new_sheet(f"Attestation {one.number}")
    _line(sheet, paper.organisation, 12)
    sheet.ln(26)
    _line(sheet, "Attestation", 34, bold=True, colour=TEAL)
    sheet.ln(8)
    _line(sheet, one.name, 22, bold=True)
    sheet.ln(3)
    _line(sheet, one.promotion_title, 12)
    sheet.ln(8)
    _line(sheet, "a suivi et réussi le module", 12)
    _line(sheet, f"« {one.title} »", 18, bold=True)
    sheet.ln(4)
    for each in one.lines:
        _line(sheet, each, 11)
    sheet.ln(16)
    _line(sheet, f"Signée le {paper.day}", 12)
    _line(sheet, f"par {one.teacher}, au nom de l'établissement.", 12)
    _draw_foot(sheet, one, paper)
    return bytes(sheet.output())


def _new_sheet(title: str) -> FPDF:
    from fpdf import FPDF

    sheet = FPDF(format="A4")
    sheet.set_auto_page_break(False)
    sheet.set_title(title)
    sheet.set_lang("fr")
    regular, bold = font_files()
    sheet.add_font("Fira", "", regular)
    sheet.add_font("Fira", "B", bold)
    sheet.set_text_shaping(True)
    sheet.add_page()
    sheet.set_draw_color(*TEAL)
    sheet.set_line_width(0.8)
    sheet.rect(12, 12, 186, 273, round_corners=True, corner_radius=6)
    sheet.set_xy(LEFT, 28)
    return sheet


def _line(sheet: FPDF, text: str, size: float, *, bold: bool = False, colour: tuple[int, int, int] = INK) -> None:
    """One paragraph, broken where it is long."""
    sheet.set_text_color(*colour)
    sheet.set_font("Fira", "B" if bold else "", size)
    sheet.set_x(LEFT)
    sheet.multi_cell(WIDTH, size * 0.52, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _draw_foot(sheet: FPDF, one: AttestationFacts, paper: Paper) -> None:
    """The number, the code, and where it is checked; a QR leads there."""
    sheet.set_draw_color(*RULE)
    sheet.set_line_width(0.3)
    sheet.line(LEFT, 222, LEFT + WIDTH, 222)
    sheet.image(io.BytesIO(draw_qr(f"{paper.address}?code={one.code}")), x=LEFT + WIDTH - 38, y=228, w=38, h=38)
    sheet.set_y(228)
    for text, bold in (
        (f"Référence : {one.number}", True),
        (f"Code de vérification : {one.code}", True),
        (f"À vérifier sur {paper.address.removeprefix('https://').removeprefix('http://')}", False),
        ("La page dit si l'attestation est valable, et le module. Rien d'autre.", False),
        ("Ce document n'est pas un diplôme.", False),
    ):
        sheet.set_font("Fira", "B" if bold else "", 10)
        sheet.set_text_color(*INK)
        sheet.set_x(LEFT)
        sheet.multi_cell(WIDTH - 44, 6, text, align="L", new_x="LMARGIN", new_y="NEXT")
