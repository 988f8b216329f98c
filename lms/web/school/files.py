"""Photos and PDF files of a work: joined on a page of their own, so that no text is lost; shown to few."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest, NotAllowed, NotFound
from lms.learning.school.files import (
    GONE,
    KINDS,
    LARGEST,
    MOST,
    PDF,
    FileFacts,
    add_file,
    clean,
    find_file,
    read_body,
    read_files,
    remove_file,
)
from lms.learning.school.works import find_closed, read_work
from lms.people.roles import TEACHER
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.copies import find_work
from lms.web.school.home import find_mine, show

ENDINGS = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png"}


def list_files(work: str) -> list[dict[str, str]]:
    """What is joined to a work, as pages show it: numbered, since a name may say who wrote it."""
    with db.engine.connect() as connection:
        found = read_files(connection, viewer().organisation, work)
    return [_show(one, number) for number, one in enumerate(found, 1)]


def _show(one: FileFacts, number: int) -> dict[str, str]:
    size = f"{max(1, one.length // 1024)} Ko" if one.length < 1024 * 1024 else f"{one.length / 1048576:.1f} Mo"
    told = f"Pièce {number} ({KINDS[one.media]}, {size.replace('.', ',')})"
    return {"id": one.id, "label": told, "url": url_for("school.work_file", file_id=one.id)}


@pages.get("/school/me/assignments/<assignment_id>/files")
@needs("student")
def own_files(assignment_id: str, error: str = "") -> str:
    """What is joined, and a form for one more."""
    _, given, who, stand = find_mine(assignment_id)
    if not given.is_written:
        raise NotFound("nothing is written here", sentence="Ce travail se fait dans les exercices.")
    files, closed = list_files(stand.work.id), find_closed(given, stand.work, who, now())
    return render(
        "school/files.html",
        stand=show(stand),
        files=files,
        most=MOST,
        megabytes=LARGEST >> 20,
        writable=not closed and len(files) < MOST,
        closed=closed,
        remove={one["id"]: url_for("school.take_file", assignment_id=given.id, file_id=one["id"]) for one in files},
        error=error,
        back_url=url_for("school.own_assignment", assignment_id=given.id),
    )


@pages.post("/school/me/assignments/<assignment_id>/files")
@needs("student")
def join_file(assignment_id: str) -> str | Response:
    """One more file."""
    _, given, who, stand = find_mine(assignment_id)
    sent = request.files.get("file")
    body = sent.read(LARGEST + 1) if sent else b""
    if not given.is_written or not body:
        return own_files(assignment_id, "Choisissez d'abord un fichier.")
    try:
        file = clean(body)
        with transaction() as connection:
            add_file(connection, given, stand.work, who, file)
    except (BadRequest, NotAllowed) as error:
        return own_files(assignment_id, error.sentence)
    return redirect(url_for("school.own_files", assignment_id=given.id))


@pages.post("/school/me/assignments/<assignment_id>/files/<file_id>/remove")
@needs("student")
def take_file(assignment_id: str, file_id: str) -> str | Response:
    """One less, while the work is not in."""
    _, given, who, stand = find_mine(assignment_id)
    try:
        with transaction() as connection:
            remove_file(connection, given, stand.work, who, file_id)
    except NotAllowed as error:
        return own_files(assignment_id, error.sentence)
    return redirect(url_for("school.own_files", assignment_id=given.id))


@pages.get("/school/files/<file_id>")
@needs("teacher", "student")
def work_file(file_id: str) -> Response:
    """For the student it is of, and for who marks that work. Raises NotFound for anybody else."""
    account = viewer()
    with db.engine.connect() as connection:
        one = find_file(connection, account.organisation, file_id)
        work = read_work(connection, account.organisation, one.work)
    if work.person != account.person:
        if TEACHER not in account.roles:
            raise NotFound(f"file {file_id} is somebody else's", sentence=GONE)
        find_work(one.work)
    with db.engine.connect() as connection:
        body = read_body(connection, account.organisation, file_id)
    shown = "attachment" if one.media == PDF else "inline"  # a PDF may hold scripts; it opens outside our pages
    answer = Response(body, mimetype=one.media)
    answer.headers["Content-Disposition"] = f'{shown}; filename="piece-{one.id[:4]}.{ENDINGS[one.media]}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
