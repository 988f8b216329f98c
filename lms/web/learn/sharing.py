"""The learner is asked whether somebody may see his rehearsal screen, and stops it when he likes."""

from __future__ import annotations

from flask import jsonify, session
from werkzeug.wrappers import Response as Reply

from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest
from lms.learning.sharing import answer_share
from lms.web.access import needs, viewer
from lms.web.learn import pages
from lms.web.learn.events import read_body
from lms.web.learn.shares import SHARING, tell_shares

ANSWERS = ("yes", "no", "stop")


@pages.get("/learn/sharing.json")
@needs("learner")
def sharing_json() -> Reply:
    """Who asks and who looks; asked by pages without a desk, where the desk has it with its nudges."""
    with db.engine.connect() as connection:
        told = tell_shares(connection, viewer())
    return answer_with(told)


def answer_with(told: list[dict[str, str]]) -> Reply:
    """The list; the session forgets what is over."""
    if session.get(SHARING) and not told:
        session.pop(SHARING)
    return jsonify(sharing=told)


@pages.post("/learn/sharing/<share>")
@needs("learner")
def answer_sharing(share: str) -> Reply:
    """Yes, no or stop. At once: whoever looks is shown nothing from the next question on."""
    account, given = viewer(), str(read_body().get("answer", ""))
    if given not in ANSWERS:
        raise BadRequest(f"answer {given!r}; allowed: {', '.join(ANSWERS)}")
    with transaction() as connection:
        answer_share(connection, account.organisation, account.person, share, given)
        told = tell_shares(connection, account)
    if given == "yes":
        session[SHARING] = True
    return answer_with(told)
