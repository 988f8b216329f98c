"""A student for whom somebody must agree begins nothing before that was said."""

from __future__ import annotations

from flask import request

from lms.database.db import db
from lms.errors import NotAllowed
from lms.people.roles import STUDENT
from lms.people.students import read_enlisted
from lms.web.access import find_viewer
from lms.web.learn import pages

BEGINS = frozenset({"learn.begin", "learn.choose_mode", "learn.pair_up", "learn.join"})


@pages.before_request
def wait_for_agreement() -> None:
    """Asked of students alone. Raises NotAllowed while a date is missing."""
    account = find_viewer() if request.endpoint in BEGINS else None
    if account is None or STUDENT not in account.roles:
        return
    with db.engine.connect() as connection:
        enlisted = read_enlisted(connection, account.organisation, account.person)
    if any(not who.may_work for _, who in enlisted):
        sentence = "L'accord de votre représentant·e est attendu. Votre formateur·rice note la date."
        raise NotAllowed("the representative has not agreed", sentence=sentence)
