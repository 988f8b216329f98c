"""The board of a promotion: who is where, which criterion is weak; the same as files."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, stream_with_context, url_for

from lms.database.db import db
from lms.learning.school.assignments import read_assignments
from lms.learning.school.export import (
    build_marks,
    build_results,
    read_promotion_bodies,
    write_csv,
    write_places,
    write_spreadsheet,
)
from lms.learning.school.standing import Stand, read_stands
from lms.learning.school.summary import DONE, find_weak, list_columns, list_criteria, say_stand
from lms.people.promotions import PromotionFacts, read_groups
from lms.web.access import needs
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.charts import draw_criteria, draw_progress, tell_address
from lms.web.school.promotions import find_own
from lms.web.site import site

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_board(one: PromotionFacts) -> dict[str, list[Stand]]:
    """By student, where he stands."""
    with db.engine.connect() as connection:
        return read_stands(connection, site().classroom, one)


@pages.get("/school/promotions/<promotion_id>/results")
@needs("teacher")
def results(promotion_id: str) -> str:
    """Charts with tables beside, then one row a student."""
    one = find_own(promotion_id)
    board = read_board(one)
    criteria, columns = list_criteria(board), list_columns(board)
    titles = list({stand.given.id: stand.given.title for stands in board.values() for stand in stands}.items())
    return render(
        "school/results.html",
        promotion=one,
        columns=columns,
        criteria=criteria,
        weak=find_weak(criteria),
        titles=[title for _, title in titles],
        rows=[_show(stands, [id for id, _ in titles]) for stands in board.values() if stands],
        charts={
            "progress": tell_address(draw_progress(columns)),
            "criteria": tell_address(draw_criteria(criteria)),
        },
        exports=[
            {"label": label, "url": url_for(f"school.{name}", promotion_id=one.id)} for label, name in EXPORTS.items()
        ],
        back_url=url_for("school.promotion", promotion_id=one.id),
    )


EXPORTS = {
    "Tableur (.xlsx)": "results_xlsx",
    "Fichier .csv": "results_csv",
    "Traces xAPI": "statements",
    "Fiches de lieux": "places_csv",
}


def _show(stands: list[Stand], ids: list[str]) -> dict[str, object]:
    cells = {stand.given.id: say_stand(stand) for stand in stands}
    return {
        "name": stands[0].who.name,
        "cells": [cells.get(id, "–") for id in ids],
        "done": sum(stand.state in DONE for stand in stands),
        "total": len(stands),
        "late": any(stand.is_late for stand in stands),
    }


def answer_file(body: str | bytes, mimetype: str, name: str) -> Response:
    """To be kept as a file."""
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@pages.get("/school/promotions/<promotion_id>/results.csv")
@needs("teacher")
def results_csv(promotion_id: str) -> Response:
    """One row a student."""
    one = find_own(promotion_id)
    with db.engine.connect() as connection:
        groups = read_groups(connection, one)
    return answer_file(write_csv(build_results(read_board(one), groups)), "text/csv", "resultats.csv")


@pages.get("/school/promotions/<promotion_id>/results.xlsx")
@needs("teacher")
def results_xlsx(promotion_id: str) -> Response:
    """The same, and a sheet of marks by criterion."""
    one = find_own(promotion_id)
    with db.engine.connect() as connection:
        groups = read_groups(connection, one)
    board = read_board(one)
    sheets = {"Résultats": build_results(board, groups), "Critères": build_marks(board)}
    return answer_file(write_spreadsheet(sheets), SPREADSHEET, "resultats.xlsx")


@pages.get("/school/promotions/<promotion_id>/places.csv")
@needs("teacher")
def places_csv(promotion_id: str) -> Response:
    """Observed places, as the national standard writes them."""
    stands = [stand for some in read_board(find_own(promotion_id)).values() for stand in some]
    return answer_file(write_places(stands), "text/csv", "lieux.csv")


@pages.get("/school/promotions/<promotion_id>/statements.ndjson")
@needs("teacher")
def statements(promotion_id: str) -> Response:
    """Statements of these students about this course and these assignments, one a line."""
    one = find_own(promotion_id)
    people = list(read_board(one))

    def lines() -> Iterator[str]:
        with db.engine.connect() as connection:
            assignments = read_assignments(connection, one)
            for body in read_promotion_bodies(connection, one, people, assignments):
                yield body + "\n"

    headers = {"Content-Disposition": 'attachment; filename="traces.ndjson"'}
    return Response(stream_with_context(lines()), mimetype="application/x-ndjson", headers=headers)
