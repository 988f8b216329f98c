"""What was recorded, as sentences and as JSON: a trainer sees his own groups, an administrator the whole house."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection

from lms.content.desk import Desk
from lms.database.clock import from_iso
from lms.database.db import db
from lms.learning.evidence import AUTHORITY
from lms.lrs.journal import Journal, read_page
from lms.lrs.query import say_statement
from lms.lrs.vocabulary import LABELS, activity_iri, verb_iri
from lms.partners.credentials import read_credentials
from lms.people.accounts import Account
from lms.people.roles import ADMINISTRATOR
from lms.people.workshops import read_house_learners, read_learners, read_workshops
from lms.web.access import needs, viewer
from lms.web.addresses import read_number
from lms.web.pages import render
from lms.web.site import site
from lms.web.teach import pages
from lms.web.teach.workshops import say_date

PAGE = 25
LONGEST_ATTEMPT = 500
SAID = ("initialized", "achieved", "trapped", "helped", "answered", "experienced", "completed", "passed", "terminated")


@dataclass(frozen=True)
class Seen:
    """Whose statements somebody may look at: person → name; who vouches → name; `whole`: the house, partners too."""

    people: Mapping[str, str]
    voices: Mapping[str, str]
    whole: bool


@pages.get("/teach/statements")
@needs("trainer", "administrator")
def statements() -> str:
    """Newest first, by filter; or one attempt from its beginning."""
    account, given = viewer(), request.args
    with db.engine.connect() as connection:
        seen = find_seen(connection, account)
        journal, asked = read_journal(seen), {name: value for name, value in given.items() if value}
        limit = LONGEST_ATTEMPT if journal.attempt else PAGE
        rows = read_page(connection, account.organisation, journal, limit + 1)
    older = None
    if len(rows) > limit:
        older = _build_address(asked | {"before": str(rows[limit - 1].stored)})
    newer = _build_address({name: one for name, one in asked.items() if name != "before"})
    return render(
        "teach/statements.html",
        statements=[_show(row, seen) for row in rows[:limit]],
        newer_url=newer if "before" in asked else None,
        older_url=None if journal.attempt else older,
        attempt=_show_attempt(rows, seen) if journal.attempt and rows else None,
        people=seen.people,
        voices=seen.voices if seen.whole else {},
        verbs={name: LABELS[name]["fr"] for name in SAID},
        courses={name: one.title for name, one in sorted(site().classroom.catalogue.courses.items())},
        asked=asked,
        clear_url=url_for("teach.statements"),
    )


def _build_address(asked: Mapping[str, str]) -> str:
    return f"{url_for('teach.statements')}?{urlencode(asked)}"


def find_seen(connection: Connection, account: Account) -> Seen:
    """An administrator sees the house; a trainer the learners of his own groups."""
    voices = {AUTHORITY: "Déclic"}
    if ADMINISTRATOR in account.roles:
        voices |= {one.key: one.name for one in read_credentials(connection, account.organisation)}
        return Seen(read_house_learners(connection, account.organisation), voices, True)
    people = {
        who.person: who.label
        for one in read_workshops(connection, account.organisation, account.person)
        for who in read_learners(connection, account.organisation, one.group)
    }
    return Seen(people, voices, False)


def read_journal(seen: Seen) -> Journal:
    """What the address asks for. Whoever is not seen is not found; a day that is none counts as not asked."""
    given = request.args
    found = Journal(
        people=None if seen.whole else list(seen.people),
        activity=given.get("what", ""),
        attempt=given.get("attempt", ""),
        verb=verb_iri(given["did"]) if given.get("did", "") in SAID else "",
        authority=given.get("voice", "") if seen.whole else "",
        after=_read_day(given.get("day", "")),
        before=read_number(given.get("before", "")) or None,
        ascending="attempt" in given,
    )
    if found.after is not None and found.before is None:
        found = replace(found, before=found.after + 24 * 3600 * 1_000_000)
    if who := given.get("who", ""):
        return replace(found, people=[who] if seen.whole or who in seen.people else [])
    return found


def _read_day(text: str) -> int | None:
    try:
        day = datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
    except ValueError:
        return None
    return int(day.timestamp()) * 1_000_000 - 1 if day else None


def _show(row: Any, seen: Seen) -> dict[str, Any]:
    statement = json.loads(row.body)
    told = say_statement(statement, seen.people.get(row.person_id or "", ""))
    told["object"] = _say_goal(str(statement.get("object", {}).get("id", ""))) or told["object"]
    follow = url_for("teach.statements", attempt=row.registration) if row.registration else ""
    return told | {
        "time": _say_moment(str(statement["timestamp"])),
        "json": json.dumps(statement, ensure_ascii=False, indent=2),
        "follow_url": follow,
        "voice": "" if row.authority == AUTHORITY else seen.voices.get(row.authority, row.authority),
    }


def _say_moment(text: str) -> str:
    """As a date; as it was sent where a partner's clock is out of the calendar."""
    try:
        return say_date(from_iso(text))
    except (ValueError, OverflowError):
        return text


def _show_attempt(rows: Any, seen: Seen) -> dict[str, str]:
    """Whose attempt it is, of what."""
    first = rows[0]
    found = site().classroom.catalogue.find_activity(first.activity)
    who = seen.people.get(first.person_id or "", "")
    return {"who": who or _("Quelqu'un"), "what": found.title if found else str(first.activity)}


def _say_goal(iri: str) -> str:
    """What the guide says at this goal: its own name («form.code») is for authors."""
    activity, _slash, goal = iri.partition("/goals/")
    found = site().classroom.catalogue.find_activity(activity.removeprefix(activity_iri("")))
    desk = found.options.get("scenario") if found and goal else None
    known = desk.checked.goals.get(goal) if isinstance(desk, Desk) else None
    return next((way.say for way in known.ways), "") if known else ""
