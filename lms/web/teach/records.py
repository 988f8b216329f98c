"""What was recorded of the trainer's own groups, as sentences and as JSON."""

from __future__ import annotations

import json
from typing import Any

from flask import request, url_for

from lms.content.desk import Desk
from lms.database.clock import from_iso
from lms.database.db import db
from lms.lrs.query import read_page, say_statement
from lms.lrs.vocabulary import activity_iri
from lms.people.workshops import read_learners, read_workshops
from lms.web.access import needs, viewer
from lms.web.addresses import read_number
from lms.web.pages import render
from lms.web.site import site
from lms.web.teach import pages
from lms.web.teach.workshops import say_date

PAGE = 25


@pages.get("/teach/statements")
@needs("trainer")
def statements() -> str:
    """Newest first; only of learners of one's own groups."""
    account = viewer()
    before = read_number(request.args.get("before", ""))
    with db.engine.connect() as connection:
        names = {
            who.person: who.label
            for one in read_workshops(connection, account.organisation, account.person)
            for who in read_learners(connection, account.organisation, one.group)
        }
        rows = read_page(connection, account.organisation, list(names), before or None, PAGE + 1)
    shown = [_show(json.loads(row.body), names.get(row.person_id, "")) for row in rows[:PAGE]]
    older = url_for("teach.statements", before=rows[PAGE - 1].stored) if len(rows) > PAGE else None
    newer = url_for("teach.statements") if before else None
    return render("teach/statements.html", statements=shown, newer_url=newer, older_url=older, workshop=None)


def _show(statement: dict[str, Any], name: str) -> dict[str, str]:
    told = say_statement(statement, name)
    told["object"] = _say_goal(str(statement.get("object", {}).get("id", ""))) or told["object"]
    text = json.dumps(statement, ensure_ascii=False, indent=2)
    return told | {"time": say_date(from_iso(statement["timestamp"])), "json": text}


def _say_goal(iri: str) -> str:
    """What the guide says at this goal: its own name («form.code») is for authors."""
    activity, _, goal = iri.partition("/goals/")
    found = site().classroom.find_activity(activity.removeprefix(activity_iri("")))
    desk = found.options.get("scenario") if found and goal else None
    known = desk.checked.goals.get(goal) if isinstance(desk, Desk) else None
    return next((way.say for way in known.ways), "") if known else ""
