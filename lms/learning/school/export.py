"""Results of a promotion as rows, for a file with separators and for a spreadsheet; records of places; statements."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, or_

from lms.content.places import load_place_fields
from lms.contract.rubric import CRITERIA
from lms.database.models import Statement
from lms.learning.school.assignments import AssignmentFacts
from lms.learning.school.results import build_activity
from lms.learning.school.standing import Stand
from lms.learning.school.summary import read_mark, say_stand
from lms.lrs.transfer import read_bodies
from lms.people.promotions import PromotionFacts

Cell = str | float
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is a formula to a spreadsheet."""


def build_results(board: Mapping[str, Sequence[Stand]], groups: Mapping[str, str]) -> list[list[Cell]]:
    """A head, then a row a student: name, identifier, group, then each assignment."""
    assignments = list({stand.given.id: stand.given for stands in board.values() for stand in stands}.values())
    rows: list[list[Cell]] = [["Nom", "Identifiant", "Groupe", *(given.title for given in assignments)]]
    for stands in board.values():
        if stands:
            who, cells = stands[0].who, {stand.given.id: say_stand(stand) for stand in stands}
            name = [who.name, who.login, groups.get(who.group, "")]
            rows.append([*name, *(cells.get(given.id, "") for given in assignments)])
    return rows


def build_marks(board: Mapping[str, Sequence[Stand]]) -> list[list[Cell]]:
    """A head, then a row a result: name, work, marks by criterion as numbers, their sum, what it came to."""
    rows: list[list[Cell]] = [
        ["Nom", "Travail", "Essai", *(one.title for one in CRITERIA.values()), "Total", "Résultat"]
    ]
    for stands in board.values():
        for stand in stands:
            if stand.work.given is None:
                continue
            result = stand.work.result
            marks = [read_mark(result["marks"][name]) for name in CRITERIA]
            come = "acquis" if result["passed"] else "à reprendre"
            rows.append([stand.who.name, stand.given.title, stand.work.number, *marks, sum(marks), come])
    return rows


def guard(cell: Cell) -> Cell:
    """Text that a spreadsheet must not run stays text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def write_csv(rows: Sequence[Sequence[Cell]], delimiter: str = ";") -> str:
    """With the mark that spreadsheets know UTF-8 by."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([guard(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def write_spreadsheet(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An .xlsx with a sheet a name; heads are bold and stay in view."""
    import xlsxwriter  # imported where it is used: it adds to every start

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row, bold if at == 0 else None)
            sheet.freeze_panes(1, 1)
            sheet.autofit()
    return out.getvalue()


def write_places(stands: Sequence[Stand]) -> str:
    """The observed places that were handed in, as the standard's file: comma, its own heads, no mark in front."""
    names = [one.name for one in load_place_fields()]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(
        stand.work.body.get("record", {})
        for stand in stands
        if stand.given.kind == "place" and stand.work.handed is not None
    )
    return out.getvalue()


def read_promotion_bodies(
    connection: Connection, one: PromotionFacts, people: Sequence[str], assignments: Sequence[AssignmentFacts]
) -> Iterator[str]:
    """Statements of these students about the course and these assignments; of nothing else that they do here."""
    about = [build_activity(given).id for given in assignments]
    inside = or_(Statement.activity.startswith(f"{one.course}/", autoescape=True), Statement.activity.in_(about))
    return read_bodies(connection, one.organisation, more=(Statement.person_id.in_(people), inside))
