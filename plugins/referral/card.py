"""The card that goes home: place, day, hour, bus, the name of who welcomes. One A5 page, to be folded in a pocket."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from .hours import tell_clock, tell_week
from .places import Place
from .wording import datetime, tell_day

INK, TEAL, RULE = (31, 42, 55), (11, 86, 91), (183, 194, 206)
WIDTH, HEIGHT, LEFT = 148.0, 210.0, 12.0
"""Millimetres: a sheet of A5."""
Find = Callable[[str], bytes]


@cache
def font_files() -> tuple[Path, Path]:
    """FiraGO (SIL Open Font License): Latin, Cyrillic, Arabic in one family; written where fpdf can read it."""
    import pymupdf_fonts

    folder = Path(tempfile.mkdtemp(prefix="declic-fonts-"))
    for name in ("figo", "figbo"):
        (folder / f"{name}.ttf").write_bytes(pymupdf_fonts.fontbuffers[name]())
    return folder / "figo.ttf", folder / "figbo.ttf"


def build_card(name: str, appointment: str, found: Place, phone: str, find: Find) -> bytes:
    """The PDF. `find` gives a pictogram's SVG; nothing of the person but the first name stands on it."""
    from fpdf import FPDF

    sheet = FPDF(format=(WIDTH, HEIGHT))
    regular, bold = font_files()
    sheet.add_font("Fira", "", regular)
    sheet.add_font("Fira", "B", bold)
    sheet.set_text_shaping(True)
    sheet.set_auto_page_break(False)
    sheet.add_page()
    sheet.set_draw_color(*RULE)
    sheet.rect(6, 6, WIDTH - 12, HEIGHT - 12, round_corners=True, corner_radius=5)
    sheet.set_draw_color(*INK)  # pictograms take their strokes from it
    sheet.set_xy(LEFT, 12)
    _write(sheet, name, 20, bold=True)
    y = 26.0
    for picture, title, text in list_lines(appointment, found, phone):
        y = _draw_line(sheet, y, find(picture), title, text)
    qr = draw_qr(found, phone)
    sheet.image(io.BytesIO(qr), x=WIDTH - 46, y=164, w=34)
    sheet.set_xy(LEFT, 176)
    _write(sheet, "Avec un téléphone, ce carré donne\nle nom, l'adresse et le numéro du lieu.", 10, width=86)
    return bytes(sheet.output())


def list_lines(appointment: str, found: Place, phone: str) -> list[tuple[str, str, str]]:
    """(pictogram, title, text) of each line that has something to say."""
    where = f"{found.get('adresse')}\n{found.get('code_postal')} {found.get('commune')}"
    lines = [("maison", "Où", f"{found.name}\n{where}")]
    if appointment:
        at = datetime.fromisoformat(appointment)
        lines += [("calendrier", "Quel jour", tell_day(appointment)), ("horloge", "À quelle heure", tell_clock(at))]
    elif found.get("horaires"):
        lines.append(("horloge", "Ouvert", "\n".join(tell_week(found.get("horaires"))[:3])))
    if found.get("local_bus"):
        lines.append(("continuer", "Pour venir", found.get("local_bus")))
    if found.get("local_contact"):
        lines.append(("personne", "Demandez", found.get("local_contact")))
    if phone:
        lines.append(("telephone", "En cas d'empêchement", phone))
    return lines


def _draw_line(sheet: Any, y: float, picture: bytes, title: str, text: str) -> float:
    if picture:
        sheet.image(io.BytesIO(picture), x=LEFT, y=y, w=13, h=13)
    sheet.set_xy(LEFT + 18, y)
    _write(sheet, title, 10, colour=TEAL, bold=True)
    sheet.set_xy(LEFT + 18, y + 5)
    _write(sheet, text, 14, bold=title != "Où", width=WIDTH - LEFT * 2 - 18)
    return float(max(sheet.get_y() + 3, y + 19))


def _write(sheet: Any, text: str, size: float, *, bold: bool = False, width: float = 0, colour: Any = INK) -> None:
    sheet.set_text_color(*colour)
    sheet.set_font("Fira", "B" if bold else "", size)
    sheet.multi_cell(width or WIDTH - LEFT * 2, size * 0.45, text, align="L", new_x="LEFT", new_y="NEXT")


def draw_qr(found: Place, phone: str) -> bytes:
    """The place's contact card as a QR code in SVG; nothing of the person."""
    from segno import helpers

    out = io.BytesIO()
    code = helpers.make_vcard(
        name=f"{found.name};", displayname=found.name, phone=phone.replace(" ", "") or None,
        street=found.get("adresse"), city=found.get("commune"), zipcode=found.get("code_postal"),
    )  # fmt: skip
    code.save(out, kind="svg", omitsize=True, border=2, dark="#1F2A37", light="#FFFFFF", xmldecl=False)
    return out.getvalue()
