"""A student's written work: a draft that is kept, then handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.content.places import PlaceField, load_place_fields
from lms.database.door import transaction
from lms.errors import BadRequest, LMSError, NotAllowed
from lms.learning.school.assignments import AssignmentFacts
from lms.learning.school.forms import FIELDS, check_body, complete_record
from lms.learning.school.markings import share_markings
from lms.learning.school.standing import Stand
from lms.learning.school.works import hand_in, save_draft
from lms.web.access import needs
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.files import list_files
from lms.web.school.home import draw_module, find_mine, show

FIRST_FIELDS = ("nom", "pivot", "adresse", "code_postal", "commune", "date_maj", "services", "modalites_acces")
"""Of the record: what must be there, and what a visit tells first; the others are folded away."""
GIVEN = ("id", "source", "latitude", "longitude")
"""Of the record: what a student does not type, or need not."""


@pages.get("/school/me/assignments/<assignment_id>")
@needs("student")
def own_assignment(assignment_id: str) -> str:
    """What is to be done, and where one stands."""
    one, given, _, stand = find_mine(assignment_id)
    if given.is_written:
        return draw_work(given, stand, stand.work.body)
    return draw_module(one, given, stand)


def draw_work(given: AssignmentFacts, stand: Stand, body: Mapping[str, Any], fault: LMSError | None = None) -> str:
    """The form while it is open; what was written, and what came back, once it is handed in."""
    closed = stand.gate.sentence if stand.gate else ""
    return render(
        "school/work.html",
        stand=show(stand),
        kind=given.kind,
        brief=given.brief,
        blind=given.blind,
        fields=FIELDS[given.kind],
        body=body,
        record=list_record(body) if given.kind == "place" else None,
        handed=stand.work.handed is not None,
        given_back=stand.work.result if stand.work.given else None,
        closed=closed,
        writable=not closed or stand.state == "missed",
        error=fault.sentence if fault else "",
        kept=request.args.get("kept", ""),
        files=list_files(stand.work.id),
        back_url=url_for("school.own"),
    )


def list_record(body: Mapping[str, Any]) -> dict[str, list[tuple[PlaceField, str]]]:
    """The fields of the record with what was typed: first those of every place, then the others."""
    typed = body.get("record", {})
    shown = [one for one in load_place_fields() if one.name not in GIVEN]
    first = sorted((one for one in shown if one.name in FIRST_FIELDS), key=lambda one: FIRST_FIELDS.index(one.name))
    rest = [one for one in shown if one.name not in FIRST_FIELDS]
    return {name: [(one, typed.get(one.name, "")) for one in some] for name, some in (("first", first), ("rest", rest))}


@pages.post("/school/me/assignments/<assignment_id>")
@needs("student")
def write(assignment_id: str) -> str | Response:
    """Keep the draft first; then, if that is wanted, hand it in. What is refused is kept and shown."""
    one, given, who, stand = find_mine(assignment_id)
    if not given.is_written:
        raise BadRequest("nothing is written here", sentence="Ce travail se fait dans les exercices.")
    body = read_body(given, stand)
    if stand.work.handed is not None:  # posted twice, or from an old page
        return redirect(url_for("school.own_assignment", assignment_id=given.id))
    try:
        with transaction() as connection:
            save_draft(connection, given, stand.work, who, body)
        if request.form.get("do") == "hand":
            check_body(given.kind, body)
            with transaction() as connection:
                hand_in(connection, given, stand.work, who, body)
                share_markings(connection, one)
    except (BadRequest, NotAllowed) as error:
        return draw_work(given, find_mine(assignment_id)[3], body, error)
    if request.form.get("do") == "files":
        return redirect(url_for("school.own_files", assignment_id=given.id))
    done = "rendu" if request.form.get("do") == "hand" else "brouillon"
    return redirect(url_for("school.own_assignment", assignment_id=given.id, kept=done))


def read_body(given: AssignmentFacts, stand: Stand) -> dict[str, Any]:
    """What was written, field by field; of a place also the record."""
    body: dict[str, Any] = {one.name: request.form.get(one.name, "").strip() for one in FIELDS[given.kind]}
    if given.kind == "place":
        typed = {one.name: _read_field(one) for one in load_place_fields()}
        body["record"] = complete_record(typed, stand.work.id)
    return body


def _read_field(one: PlaceField) -> str:
    """Ticked values are parted as the standard parts them."""
    if one.column.values:
        return "|".join(value for value in one.column.values if value in request.form.getlist(one.name))
    return request.form.get(one.name, "").strip()
