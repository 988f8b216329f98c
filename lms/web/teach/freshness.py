"""«Différent du vrai site ?» and «À relire»: what must be compared with the real service again."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import natural_id, new_id
from lms.database.models import Person
from lms.errors import BadRequest
from lms.learning.days import PARIS
from lms.learning.freshness import DUE, ToReview, list_reviews, mark_seen, report_different
from lms.web.access import needs, viewer
from lms.web.addresses import find_inside
from lms.web.pages import home_url, render
from lms.web.site import site
from lms.web.teach import pages
from lms.web.teach.workshops import say_date

OWNERS = ("author", "administrator")
READERS = ("trainer", *OWNERS)
HEADS = ("exercice", "titre", "scénario", "pourquoi", "jour", "phrase", "signalé par", "source", "vérifié le",
         "à relire le", "révision", "vu par", "vu le")  # fmt: skip


def find_today() -> date:
    """The day in the room."""
    return datetime.now(PARIS).date()


@pages.get("/teach/different/<path:activity>")
@needs(*READERS)
def different(activity: str, error: str = "", typed: str = "") -> str:
    """One optional sentence on what differs; afterwards, thanks."""
    found = site().classroom.find_activity(activity)
    back = request.values.get("back", "")
    return render(
        "teach/different.html",
        activity=found,
        verified_on=say_day(found.verified_on),
        action=url_for("teach.tell_different", activity=activity),
        back=find_inside(back, home_url()),
        told="told" in request.args,
        error=error,
        typed=typed,
    )


@pages.post("/teach/different/<path:activity>")
@needs(*READERS)
def tell_different(activity: str) -> str | Response:
    """Kept with the exercise as it is today; posted twice it counts once."""
    account, found = viewer(), site().classroom.find_activity(activity)
    sentence = request.form.get("sentence", "")
    made = natural_id(account.person, activity, request.form.get("form") or new_id())
    try:
        with transaction() as connection:
            report_different(connection, account.organisation, found, account.person, sentence, find_today(), made)
    except BadRequest as error:
        return different(activity, error.sentence, sentence)
    back = find_inside(request.form.get("back", ""), home_url())
    return redirect(url_for("teach.different", activity=activity, told=1, back=back))


@pages.get("/teach/reviews")
@needs(*READERS)
def reviews() -> str:
    """What waits, oldest first; below, what was looked at."""
    rows = find_rows()
    return render(
        "teach/reviews.html",
        waiting=[one for one in rows if not one["seen"]],
        seen=[one for one in reversed(rows) if one["seen"]],
        may_mark=bool(viewer().roles & set(OWNERS)),
        seen_action=url_for("teach.review_seen"),
        csv_url=url_for("teach.reviews_csv"),
    )


@pages.post("/teach/reviews/seen")
@needs(*OWNERS)
def review_seen() -> Response:
    """Somebody compared it with the real service."""
    account = viewer()
    catalogue = site().classroom.catalogue
    with transaction() as connection:
        wanted = request.form.get("review", "")
        mark_seen(connection, account.organisation, catalogue, find_today(), wanted, account.person)
    return redirect(url_for("teach.reviews"))


@pages.get("/teach/reviews.csv")
@needs(*READERS)
def reviews_csv() -> Response:
    """The whole list for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADS)
    writer.writerows([guard(str(cell)) for cell in one["cells"]] for one in find_rows())
    headers = {"Content-Disposition": 'attachment; filename="a-relire.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


def guard(cell: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def say_day(day: str) -> str:
    """«21/05/2027», as people here write it."""
    return "/".join(reversed(day.split("-")))


def find_rows() -> list[dict[str, Any]]:
    """Each thing to look at, with what is known of its exercise."""
    organisation, catalogue = viewer().organisation, site().classroom.catalogue
    with db.engine.connect() as connection:
        found = list_reviews(connection, organisation, catalogue, find_today())
        people = {one for row in found for one in (row.author_id, row.seen_by) if one}
        wanted = select(Person.id, Person.first_name).where(
            Person.organisation_id == organisation, Person.id.in_(people)
        )
        names = {row.id: row.first_name for row in connection.execute(wanted)}
    return [_show(one, names) for one in found]


def _show(one: ToReview, names: dict[str, str]) -> dict[str, Any]:
    activity = site().classroom.catalogue.find_activity(one.activity)
    scenario = activity.options.get("scenario") if activity else None
    row = {
        "id": one.id,
        "activity": one.activity,
        "title": activity.title if activity else _("Cet exercice n'existe plus."),
        "scenario": scenario.id if scenario else "",
        "why": _("La date de relecture arrive") if one.kind == DUE else _("Différent du vrai site"),
        "day": one.day,
        "sentence": one.sentence,
        "author": names.get(one.author_id or "", ""),
        "source": activity.source if activity else "",
        "verified_on": activity.verified_on if activity else "",
        "review_due": activity.review_due if activity else "",
        "revision": one.revision[:12],
        "seen_by": names.get(one.seen_by or "", ""),
        "seen": say_date(one.seen) if one.seen else "",
    }
    cells = [row[name] for name in row if name != "id"]
    row |= {name: say_day(row[name]) for name in ("day", "verified_on", "review_due")}
    late = one.kind == DUE and one.day < find_today().isoformat()
    if late:
        row["why"] = cells[3] = _("La date de relecture est passée")
    changed = bool(activity and activity.revision != one.revision)
    return {**row, "cells": cells, "changed": changed, "open_url": url_for("learn.begin", activity=one.activity)}
